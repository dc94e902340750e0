package dev.neurite.explorer.config;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.text.DataTitle;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.CurvePreview;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.explorer.ui.NetworkSketch;
import dev.neurite.explorer.ui.NumberField;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.WrappedText;
import dev.neurite.mnist.dropin.NamedData;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.model.Activation;
import java.awt.Component;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.BorderFactory;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JSlider;
import javax.swing.JToggleButton;
import javax.swing.ListCellRenderer;
import javax.swing.Scrollable;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** The form: network above, training below, a line of help at the bottom. */
public final class ConfigPanel extends JPanel implements ConfigView, Scrollable {
  private static final long serialVersionUID = 1L;
  private static final int RATE_SLIDER_STEPS = 300;
  private static final int SCROLL_PIXELS = 16;

  /** Data that is offered by its word. */
  private static final List<String> DATA =
      List.of(NamedData.MNIST, NamedData.FASHION, NamedData.KMNIST, NamedData.SYNTHETIC);

  /** The item that stands for a folder that is still to be chosen. */
  private static final String FOLDER = "";

  /** The fields of a hidden layer. */
  private record LayerRow(JPanel card, NumberField units, NumberField dropout, JLabel problem) {}

  private transient @Nullable ConfigPresenter presenter;
  private boolean filling;

  private final transient Map<NetworkPreset, JToggleButton> presets =
      new EnumMap<>(NetworkPreset.class);
  private final JPanel layers =
      new JPanel(new MigLayout("insets 0, fillx, wrap 1", "[grow, fill]", "[]4[]"));
  private final transient List<LayerRow> layerRows = new ArrayList<>();
  private final JButton addLayer = new JButton();
  private final JLabel widths = Captions.faint("");
  private final JLabel parameters = new JLabel();
  private final NetworkSketch sketch = new NetworkSketch();
  private final JComboBox<OptimizerChoice> optimizer = new JComboBox<>(OptimizerChoice.values());
  private final NumberField learningRate =
      new NumberField(4, ConfigPanel::rateAbove, ConfigPanel::rateBelow);
  private final JSlider learningRateSlider = new JSlider(0, RATE_SLIDER_STEPS);
  private final JButton usualRate = new JButton();
  private final JComboBox<ScheduleChoice> schedule = new JComboBox<>(ScheduleChoice.values());
  private final JComboBox<String> data = new JComboBox<>();
  private final DataPanel dataPanel;
  private final JComboBox<AugmentationChoice> augmentation =
      new JComboBox<>(AugmentationChoice.values());
  private final CurvePreview preview = new CurvePreview();
  private final transient Map<Field.Kind, NumberField> numbers = new EnumMap<>(Field.Kind.class);
  private final transient Map<Field.Kind, List<JComponent>> scheduleRows =
      new EnumMap<>(Field.Kind.class);
  private final NumberField epochs = NumberField.ofWholeNumbers(4, 1, 1000);
  private final NumberField batchSize = NumberField.ofPowersOfTwo(5, 8192);
  private final NumberField seed = NumberField.ofWholeNumbers(6, Long.MIN_VALUE, Long.MAX_VALUE);
  private final transient Map<Field.Kind, JLabel> problems = new EnumMap<>(Field.Kind.class);
  private final WrappedText help = new WrappedText(4);

  /** An empty form. */
  public ConfigPanel() {
    this(new DataPanel());
  }

  /**
   * An empty form.
   *
   * @param dataPanel says whether the images are there
   */
  public ConfigPanel(DataPanel dataPanel) {
    super(
        new MigLayout("insets 12 14 10 12, fillx, hidemode 3, wrap 2", "[][grow, fill]", "[]6[]"));
    this.dataPanel = dataPanel;
    for (Field.Kind kind : Field.Kind.values()) {
      problems.put(kind, hiddenProblem());
    }
    buildNetwork();
    buildTraining();
    add(Captions.faint(Texts.get("config.help.title")), "span, gaptop 8");
    add(help, "span, growx, wmin 60");
    help.setText(Texts.get("config.help.start"));
    listen();
  }

  /** Names who hears what the user does. */
  public void setPresenter(ConfigPresenter newPresenter) {
    presenter = newPresenter;
  }

  private void buildNetwork() {
    add(Captions.title(Texts.get("config.title")), "span");
    data.setRenderer(
        titles(
            (String name) ->
                name.equals(FOLDER) ? Texts.get("config.data.folder") : DataTitle.of(name)));
    addRow("config.data", data, data, "config.help.data");
    add(dataPanel, "span, growx, wmin 60");
    add(Captions.section(Texts.get("config.section.network")), "span, gaptop 6");
    JPanel presetRow =
        new JPanel(
            new MigLayout("insets 0, fillx", "[grow, fill, sg]4[grow, fill, sg]4[grow, fill, sg]"));
    for (NetworkPreset preset : NetworkPreset.values()) {
      JToggleButton button = new JToggleButton(preset.title());
      button.setToolTipText(Texts.get("config.help.preset." + preset));
      button.addActionListener(event -> tell(p -> p.presetChosen(preset)));
      explain(button, "config.help.preset." + preset);
      presets.put(preset, button);
      presetRow.add(button);
    }
    add(presetRow, "span, growx");
    add(layers, "span, growx");
    add(problem(Field.Kind.LAYERS), "span, wmin 0");
    addLayer.setText(Texts.get("config.addLayer"));
    addLayer.setIcon(new SignIcon(SignIcon.Sign.PLUS, 10));
    addLayer.setMnemonic('A');
    addLayer.addActionListener(event -> tell(ConfigPresenter::layerAdded));
    explain(addLayer, "config.help.addLayer");
    add(addLayer, "span, split 2");
    add(widths, "gapleft push, wmin 0");
    parameters.putClientProperty(FlatClientProperties.STYLE, "font: bold");
    add(parameters, "span");
    sketch.getAccessibleContext().setAccessibleName(Texts.get("config.sketch"));
    add(sketch, "span, growx, height 74!");
  }

  private void buildTraining() {
    add(Captions.section(Texts.get("config.section.training")), "span, gaptop 6");
    optimizer.setRenderer(titles(OptimizerChoice::title));
    schedule.setRenderer(titles(ScheduleChoice::title));
    addRow("config.optimizer", optimizer, optimizer, "config.help.optimizer");
    addRow(
        "config.learningRate", learningRate.textField(), learningRate, "config.help.learningRate");
    add(learningRateSlider, "skip 1, growx, wmin 100");
    explain(learningRateSlider, "config.help.learningRate");
    learningRateSlider.getAccessibleContext().setAccessibleName(Texts.get("config.learningRate"));
    add(problem(Field.Kind.LEARNING_RATE), "span, wmin 0");
    usualRate.putClientProperty(FlatClientProperties.BUTTON_TYPE, "borderless");
    usualRate.putClientProperty(
        FlatClientProperties.STYLE,
        "font: -1; margin: 0,2,0,2; [light]foreground: #5b636c; [dark]foreground: #a4abb3");
    usualRate.addActionListener(event -> tell(ConfigPresenter::usualRateWanted));
    explain(usualRate, "config.help.usualRate");
    add(usualRate, "skip 1, alignx left, growx 0");
    addRow("config.schedule", schedule, schedule, "config.help.schedule");
    add(preview, "span, growx, height 62!");
    explain(preview, "config.help.schedule");
    addNumber(
        Field.Kind.CYCLES,
        NumberField.ofWholeNumbers(4, 1, 20),
        "config.cycles",
        "config.help.cycles");
    addNumber(
        Field.Kind.MULTIPLIER,
        NumberField.ofWholeNumbers(4, 1, 4),
        "config.multiplier",
        "config.help.multiplier");
    addNumber(
        Field.Kind.WARM_UP,
        NumberField.ofShares(5, 0.05, 0.9),
        "config.warmUp",
        "config.help.warmUp");
    addNumber(
        Field.Kind.MINIMUM,
        NumberField.ofShares(5, 0.01, 1),
        "config.minimum",
        "config.help.minimum");
    augmentation.setRenderer(titles(AugmentationChoice::title));
    addRow("config.augmentation", augmentation, augmentation, "config.help.augmentation");
    addRow("config.epochs", epochs.textField(), epochs, "config.help.epochs");
    add(problem(Field.Kind.EPOCHS), "span, wmin 0");
    addRow("config.batchSize", batchSize.textField(), batchSize, "config.help.batchSize");
    add(problem(Field.Kind.BATCH_SIZE), "span, wmin 0");
    addRow("config.seed", seed.textField(), seed, "config.help.seed");
    add(problem(Field.Kind.SEED), "span, wmin 0");
    add(Captions.section(Texts.get("config.section.more")), "span, gaptop 6");
    addNumber(
        Field.Kind.WEIGHT_DECAY,
        NumberField.ofShares(6, 0.0001, 1),
        "config.weightDecay",
        "config.help.weightDecay");
    addNumber(
        Field.Kind.MAX_NORM,
        NumberField.ofShares(6, 0.5, 1000),
        "config.maxNorm",
        "config.help.maxNorm");
    addNumber(
        Field.Kind.LABEL_SMOOTHING,
        NumberField.ofShares(6, 0.05, 0.5),
        "config.labelSmoothing",
        "config.help.labelSmoothing");
  }

  private void addNumber(Field.Kind kind, NumberField field, String key, String helpKey) {
    numbers.put(kind, field);
    field.onType(text -> tell(p -> p.typed(kind, text)));
    JLabel label = label(key, field.textField());
    JPanel row = withHelp(field, helpKey);
    add(label);
    add(row, "growx");
    add(problem(kind), "span, wmin 0");
    explain(field.textField(), helpKey);
    scheduleRows.put(kind, List.of(label, row));
  }

  private void listen() {
    optimizer.addActionListener(
        event -> tell(p -> p.optimizerChosen(optimizer.getItemAt(optimizer.getSelectedIndex()))));
    schedule.addActionListener(
        event -> tell(p -> p.scheduleChosen(schedule.getItemAt(schedule.getSelectedIndex()))));
    augmentation.addActionListener(
        event ->
            tell(
                p ->
                    p.augmentationChosen(augmentation.getItemAt(augmentation.getSelectedIndex()))));
    data.addActionListener(event -> dataChosen());
    dataPanel.onChoose(this::chooseFolder);
    learningRate.onType(text -> tell(p -> p.learningRateTyped(text)));
    learningRateSlider.addChangeListener(
        event ->
            tell(
                p ->
                    p.learningRateSlid(
                        (double) learningRateSlider.getValue() / RATE_SLIDER_STEPS)));
    epochs.onType(text -> tell(p -> p.typed(Field.Kind.EPOCHS, text)));
    batchSize.onType(text -> tell(p -> p.typed(Field.Kind.BATCH_SIZE, text)));
    seed.onType(text -> tell(p -> p.typed(Field.Kind.SEED, text)));
  }

  private void dataChosen() {
    String name = data.getItemAt(data.getSelectedIndex());
    if (!FOLDER.equals(name)) {
      tell(p -> p.dataChosen(name));
    } else if (!filling) {
      chooseFolder();
    }
  }

  private void chooseFolder() {
    JFileChooser chooser = new JFileChooser();
    chooser.setDialogTitle(Texts.get("config.data.folder.title"));
    chooser.setFileSelectionMode(JFileChooser.DIRECTORIES_ONLY);
    if (chooser.showOpenDialog(this) == JFileChooser.APPROVE_OPTION) {
      tell(p -> p.dataChosen(chooser.getSelectedFile().getPath()));
    } else {
      tell(ConfigPresenter::shown); // the choice before stands
    }
  }

  private void tell(Consumer<ConfigPresenter> news) {
    ConfigPresenter listener = presenter;
    if (!filling && listener != null) {
      news.accept(listener);
    }
  }

  /** Changes components without telling the presenter. */
  private void fill(Runnable changes) {
    boolean outer = filling;
    filling = true;
    changes.run();
    filling = outer;
  }

  private void addRow(String labelKey, JComponent knob, JComponent row, String helpKey) {
    add(label(labelKey, knob));
    add(withHelp(row, helpKey), "growx");
    explain(knob, helpKey);
  }

  /** A row with a button at its end that explains it; F1 in the field does the same. */
  private JPanel withHelp(JComponent row, String helpKey) {
    JButton button = new JButton("?");
    button.putClientProperty(FlatClientProperties.BUTTON_TYPE, "help");
    button.setText("");
    button.setFocusable(false);
    button.getAccessibleContext().setAccessibleName(Texts.get("config.help.button"));
    button.setToolTipText(Texts.get(helpKey));
    button.addActionListener(event -> popUp(button, helpKey));
    JPanel panel = new JPanel(new MigLayout("insets 0, fillx", "[grow, fill]2[22!]"));
    panel.add(row, "wmin 50");
    panel.add(button, "width 22!, height 22!");
    return panel;
  }

  private void popUp(JComponent at, String helpKey) {
    help.setText(Texts.get(helpKey));
    WrappedText text = new WrappedText(4);
    text.setText(Texts.get(helpKey));
    text.setColumns(30);
    JPopupMenu menu = new JPopupMenu();
    menu.setBorder(BorderFactory.createEmptyBorder(8, 10, 8, 10));
    text.setSize(270, 80);
    JPanel holder = new JPanel(new MigLayout("insets 0", "[270!, fill]"));
    holder.setOpaque(false);
    holder.add(text);
    menu.add(holder);
    menu.show(at, 0, at.getHeight());
  }

  private static JLabel label(String key, JComponent knob) {
    JLabel label = new JLabel(Texts.get(key));
    label.setLabelFor(knob);
    knob.getAccessibleContext().setAccessibleName(Texts.get(key));
    return label;
  }

  /** Shows the help sentence as a tool tip, and at the bottom on focus and on hover. */
  private void explain(JComponent knob, String helpKey) {
    String sentence = Texts.get(helpKey);
    knob.setToolTipText(sentence);
    Keys.EXPLAIN.bind(knob, () -> popUp(knob, helpKey));
    knob.addFocusListener(
        new FocusAdapter() {
          @Override
          public void focusGained(FocusEvent event) {
            help.setText(sentence);
            if (event.getCause().name().startsWith("TRAVERSAL")) { // the mouse is where it shows
              scrollRectToVisible(
                  SwingUtilities.convertRectangle(
                      knob.getParent(), knob.getBounds(), ConfigPanel.this));
            }
          }
        });
    knob.addMouseListener(
        new MouseAdapter() {
          @Override
          public void mouseEntered(MouseEvent event) {
            help.setText(sentence);
          }
        });
  }

  private static JLabel hiddenProblem() {
    JLabel label = Captions.problem();
    label.setVisible(false);
    return label;
  }

  private JLabel problem(Field.Kind kind) {
    return problems.computeIfAbsent(kind, k -> hiddenProblem());
  }

  private static <T> ListCellRenderer<Object> titles(Function<T, String> title) {
    return new DefaultListCellRenderer() {
      private static final long serialVersionUID = 1L;

      @Override
      @SuppressWarnings("unchecked") // the combo box holds nothing else
      public Component getListCellRendererComponent(
          JList<?> list, @Nullable Object value, int index, boolean selected, boolean focused) {
        String text = value == null ? "" : title.apply((T) value);
        return super.getListCellRendererComponent(list, text, index, selected, focused);
      }
    };
  }

  private static String rateAbove(String text) {
    return moved(text, 0.05);
  }

  private static String rateBelow(String text) {
    return moved(text, -0.05);
  }

  private static String moved(String text, double by) {
    double share = LearningRateScale.shareOf(text);
    return Double.isNaN(share)
        ? text
        : LearningRateScale.textAt(Math.max(0, Math.min(1, share + by)));
  }

  @Override
  public Dimension getPreferredScrollableViewportSize() {
    return getPreferredSize();
  }

  @Override
  public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
    return SCROLL_PIXELS;
  }

  @Override
  public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
    return visible.height - SCROLL_PIXELS;
  }

  @Override
  public boolean getScrollableTracksViewportWidth() {
    return true;
  }

  @Override
  public boolean getScrollableTracksViewportHeight() {
    return false;
  }

  @Override
  public void showDraft(Draft draft) {
    fill(
        () -> {
          showLayers(draft.layers());
          numbers.forEach((kind, field) -> field.setText(draft.text(kind)));
          optimizer.setSelectedItem(draft.optimizer());
          learningRate.setText(draft.text(Field.Kind.LEARNING_RATE));
          schedule.setSelectedItem(draft.schedule());
          showData(draft.data());
          augmentation.setSelectedItem(draft.augmentation());
          epochs.setText(draft.text(Field.Kind.EPOCHS));
          batchSize.setText(draft.text(Field.Kind.BATCH_SIZE));
          seed.setText(draft.text(Field.Kind.SEED));
        });
  }

  private void showData(String name) {
    data.removeAllItems();
    DATA.forEach(data::addItem);
    if (!DATA.contains(name)) {
      data.addItem(name);
    }
    data.addItem(FOLDER);
    data.setSelectedItem(name);
  }

  private void showLayers(List<LayerDraft> drafts) {
    layers.removeAll();
    layerRows.clear();
    for (int i = 0; i < drafts.size(); i++) {
      addLayerRow(i, drafts.get(i));
    }
    addLayer.setEnabled(drafts.size() < Draft.MAX_LAYERS);
    layers.revalidate();
    layers.repaint();
  }

  private void addLayerRow(int index, LayerDraft draft) {
    String name = Texts.format("config.layer", index + 1);
    NumberField units = NumberField.ofPowersOfTwo(4, 4096);
    units.setText(draft.units());
    units.onType(text -> tell(p -> p.unitsTyped(index, text)));
    units
        .textField()
        .getAccessibleContext()
        .setAccessibleName(Texts.format("config.layer.units", index + 1));
    explain(units.textField(), "config.help.units");
    JComboBox<Activation.Function> activation =
        new JComboBox<>(
            Arrays.stream(Activation.Function.values())
                .filter(f -> f != Activation.Function.SOFTMAX)
                .toArray(Activation.Function[]::new));
    activation.setRenderer(titles(Activation.Function::label));
    activation.setSelectedItem(draft.activation());
    activation.addActionListener(
        event ->
            tell(
                p ->
                    p.activationChosen(
                        index, activation.getItemAt(activation.getSelectedIndex()))));
    activation
        .getAccessibleContext()
        .setAccessibleName(Texts.format("config.layer.activation", index + 1));
    explain(activation, "config.help.activation");
    JButton remove = new JButton(new SignIcon(SignIcon.Sign.CROSS, 9));
    remove.putClientProperty(FlatClientProperties.BUTTON_TYPE, "toolBarButton");
    remove.getAccessibleContext().setAccessibleName(Texts.format("config.removeLayer", index + 1));
    remove.addActionListener(event -> tell(p -> p.layerRemoved(index)));
    explain(remove, "config.help.removeLayer");
    JLabel problem = hiddenProblem();
    NumberField dropout = NumberField.ofShares(3, 0.05, Draft.MAX_DROPOUT_RATE);
    dropout.setText(draft.dropout());
    dropout.onType(text -> tell(p -> p.dropoutTyped(index, text)));
    dropout
        .textField()
        .getAccessibleContext()
        .setAccessibleName(Texts.format("config.layer.dropout", index + 1));
    explain(dropout.textField(), "config.help.dropout");
    JPanel card =
        new JPanel(
            new MigLayout(
                "insets 4 6 4 4, fillx, hidemode 3, wrap 4",
                "[]4[grow, fill]4[grow, fill]2[]",
                "[]0[]2[]"));
    card.putClientProperty(
        FlatClientProperties.STYLE,
        "arc: 10; [light]background: #ffffff; [dark]background: #272b30");
    JButton grip = new JButton(name, new SignIcon(SignIcon.Sign.GRIP, 11));
    grip.putClientProperty(FlatClientProperties.BUTTON_TYPE, "toolBarButton");
    grip.setHorizontalAlignment(SwingConstants.LEADING);
    grip.setCursor(Cursor.getPredefinedCursor(Cursor.MOVE_CURSOR));
    explain(grip, "config.help.move");
    dragged(grip, index);
    card.add(grip, "spany 2, wmin 76");
    card.add(Captions.caption(Texts.get("config.layer.unitsCaption")));
    card.add(Captions.caption(Texts.get("config.dropout")));
    card.add(remove, "top");
    card.add(units, "wmin 56");
    card.add(dropout, "wmin 54, wrap");
    card.add(activation, "skip 1, span 2, wmin 80");
    card.add(problem, "newline, span, wmin 0");
    layers.add(card);
    layerRows.add(new LayerRow(card, units, dropout, problem));
  }

  /** Moves a layer with the mouse, or with the arrow keys while its grip has the focus. */
  private void dragged(JButton grip, int index) {
    MouseAdapter mouse =
        new MouseAdapter() {
          @Override
          public void mouseReleased(MouseEvent event) {
            int y = SwingUtilities.convertPoint(grip, event.getPoint(), layers).y;
            int place = 0;
            while (place + 1 < layerRows.size() && y > layerRows.get(place + 1).card().getY()) {
              place++;
            }
            int to = place;
            tell(p -> p.layerMoved(index, to));
          }
        };
    grip.addMouseListener(mouse);
    Keys.MOVE_LAYER.bindEach(
        grip,
        stroke -> {
          int to = index + (stroke == 0 ? -1 : 1);
          tell(p -> p.layerMoved(index, to));
          int place = Math.max(0, Math.min(layerRows.size() - 1, to));
          layerRows.get(place).card().getComponent(0).requestFocusInWindow();
        });
  }

  @Override
  public void showSketch(List<Integer> newWidths) {
    sketch.setWidths(newWidths);
  }

  @Override
  public void showScheduleFields(List<Field.Kind> kinds) {
    for (Field.Kind kind :
        List.of(Field.Kind.CYCLES, Field.Kind.MULTIPLIER, Field.Kind.WARM_UP, Field.Kind.MINIMUM)) {
      scheduleRows
          .getOrDefault(kind, List.of())
          .forEach(component -> component.setVisible(kinds.contains(kind)));
    }
  }

  @Override
  public void showLearningRate(String text) {
    fill(() -> learningRate.setText(text));
  }

  @Override
  public void showLearningRateShare(double share) {
    fill(() -> learningRateSlider.setValue((int) Math.round(share * RATE_SLIDER_STEPS)));
  }

  @Override
  public void showPreset(Optional<NetworkPreset> preset) {
    presets.forEach((p, button) -> button.setSelected(preset.filter(p::equals).isPresent()));
  }

  @Override
  public void showProblems(Map<Field, String> found) {
    mark(Field.of(Field.Kind.LAYERS), null, found);
    mark(Field.of(Field.Kind.LEARNING_RATE), learningRate, found);
    mark(Field.of(Field.Kind.EPOCHS), epochs, found);
    mark(Field.of(Field.Kind.BATCH_SIZE), batchSize, found);
    mark(Field.of(Field.Kind.SEED), seed, found);
    numbers.forEach((kind, field) -> mark(Field.of(kind), field, found));
    for (int i = 0; i < layerRows.size(); i++) {
      LayerRow row = layerRows.get(i);
      String units = found.getOrDefault(Field.units(i), "");
      String dropout = found.getOrDefault(Field.dropout(i), "");
      row.dropout().setProblem(dropout);
      mark(row.problem(), row.units(), units);
      if (units.isEmpty() && !dropout.isEmpty()) {
        row.problem().setText(Texts.format("config.problem.dropout", dropout));
        row.problem().setVisible(true);
      }
    }
    revalidate();
  }

  private void mark(Field field, @Nullable NumberField input, Map<Field, String> found) {
    mark(problem(field.kind()), input, found.getOrDefault(field, ""));
  }

  private static void mark(JLabel label, @Nullable NumberField input, String reason) {
    label.setText(reason);
    label.setVisible(!reason.isEmpty());
    if (input != null) {
      input.setProblem(reason);
    }
  }

  @Override
  public void showSize(String newWidths, String newParameters) {
    widths.setText(newWidths);
    parameters.setText(newParameters);
  }

  @Override
  public void showRateCurve(RateCurve curve) {
    String note =
        curve.dependsOnProgress()
            ? Texts.get("config.preview.plateau")
            : Texts.get("config.preview");
    preview.setCurve(curve.rates(), curve.rates().isEmpty() ? "" : note);
  }

  @Override
  public void showUsualRate(String text) {
    usualRate.setText(text);
  }
}
