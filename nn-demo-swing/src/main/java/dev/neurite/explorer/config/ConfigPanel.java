package dev.neurite.explorer.config;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.CurvePreview;
import dev.neurite.explorer.ui.NumberField;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.WrappedText;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.model.Activation;
import java.awt.Component;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.JToggleButton;
import javax.swing.ListCellRenderer;
import javax.swing.Scrollable;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** The form: network above, training below, a line of help at the bottom. */
public final class ConfigPanel extends JPanel implements ConfigView, Scrollable {
  private static final long serialVersionUID = 1L;
  private static final int RATE_SLIDER_STEPS = 300;
  private static final int DROPOUT_STEPS_PER_UNIT = 20;
  private static final int SCROLL_PIXELS = 16;

  /** The fields of a hidden layer. */
  private record LayerRow(NumberField units, JLabel problem) {}

  private transient @Nullable ConfigPresenter presenter;
  private boolean filling;

  private final transient Map<NetworkPreset, JToggleButton> presets =
      new EnumMap<>(NetworkPreset.class);
  private final JPanel layers =
      new JPanel(
          new MigLayout(
              "insets 0, fillx, hidemode 3, wrap 4", "[]6[grow, fill]6[grow, fill]4[]", "[]3[]"));
  private final transient List<LayerRow> layerRows = new ArrayList<>();
  private final JButton addLayer = new JButton();
  private final JLabel widths = Captions.faint("");
  private final JLabel parameters = new JLabel();
  private final JSlider dropout =
      new JSlider(0, (int) Math.round(Draft.MAX_DROPOUT_RATE * DROPOUT_STEPS_PER_UNIT));
  private final JLabel dropoutValue = new JLabel();
  private final JComboBox<OptimizerChoice> optimizer = new JComboBox<>(OptimizerChoice.values());
  private final NumberField learningRate =
      new NumberField(5, ConfigPanel::rateAbove, ConfigPanel::rateBelow);
  private final JSlider learningRateSlider = new JSlider(0, RATE_SLIDER_STEPS);
  private final JButton usualRate = new JButton();
  private final JComboBox<ScheduleChoice> schedule = new JComboBox<>(ScheduleChoice.values());
  private final CurvePreview preview = new CurvePreview();
  private final NumberField epochs = NumberField.ofWholeNumbers(4, 1, 1000);
  private final NumberField batchSize = NumberField.ofPowersOfTwo(5, 8192);
  private final NumberField seed = NumberField.ofWholeNumbers(6, Long.MIN_VALUE, Long.MAX_VALUE);
  private final transient Map<Field.Kind, JLabel> problems = new EnumMap<>(Field.Kind.class);
  private final WrappedText help = new WrappedText(4);

  /** An empty form. */
  public ConfigPanel() {
    super(
        new MigLayout("insets 12 14 10 12, fillx, hidemode 3, wrap 2", "[][grow, fill]", "[]6[]"));
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
    add(Captions.section(Texts.get("config.section.network")), "span, gaptop 2");
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
    add(problem(Field.Kind.LAYERS), "span");
    addLayer.setText(Texts.get("config.addLayer"));
    addLayer.setIcon(new SignIcon(SignIcon.Sign.PLUS, 10));
    addLayer.setMnemonic('A');
    addLayer.addActionListener(event -> tell(ConfigPresenter::layerAdded));
    explain(addLayer, "config.help.addLayer");
    add(addLayer, "span, split 2");
    add(widths, "gapleft push, wmin 0");
    parameters.putClientProperty(FlatClientProperties.STYLE, "font: bold");
    add(parameters, "span");
    JPanel dropoutRow = new JPanel(new MigLayout("insets 0, fillx", "[grow, fill][38!, right]"));
    dropoutRow.add(dropout, "wmin 60");
    dropoutRow.add(dropoutValue);
    addRow("config.dropout", dropout, dropoutRow, "config.help.dropout");
  }

  private void buildTraining() {
    add(Captions.section(Texts.get("config.section.training")), "span, gaptop 6");
    optimizer.setRenderer(titles(OptimizerChoice::title));
    schedule.setRenderer(titles(ScheduleChoice::title));
    addRow("config.optimizer", optimizer, optimizer, "config.help.optimizer");
    JPanel rateRow = new JPanel(new MigLayout("insets 0, fillx", "[]8[grow, fill]"));
    rateRow.add(learningRate);
    rateRow.add(learningRateSlider, "wmin 50");
    addRow("config.learningRate", learningRate.textField(), rateRow, "config.help.learningRate");
    explain(learningRateSlider, "config.help.learningRate");
    learningRateSlider.getAccessibleContext().setAccessibleName(Texts.get("config.learningRate"));
    add(problem(Field.Kind.LEARNING_RATE), "skip 1");
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
    JPanel lengthRow = new JPanel(new MigLayout("insets 0, fillx", "[grow, fill][][grow, fill]"));
    lengthRow.add(epochs, "wmin 50");
    lengthRow.add(label("config.batchSize", batchSize.textField()));
    lengthRow.add(batchSize, "wmin 60");
    addRow("config.epochs", epochs.textField(), lengthRow, "config.help.epochs");
    explain(batchSize.textField(), "config.help.batchSize");
    add(problem(Field.Kind.EPOCHS), "skip 1");
    add(problem(Field.Kind.BATCH_SIZE), "skip 1");
    addRow("config.seed", seed.textField(), seed, "config.help.seed");
    add(problem(Field.Kind.SEED), "skip 1");
  }

  private void listen() {
    dropout.addChangeListener(
        event -> {
          double rate = (double) dropout.getValue() / DROPOUT_STEPS_PER_UNIT;
          dropoutValue.setText(String.format(Locale.ROOT, "%.2f", rate));
          tell(p -> p.dropoutSlid(rate));
        });
    optimizer.addActionListener(
        event -> tell(p -> p.optimizerChosen(optimizer.getItemAt(optimizer.getSelectedIndex()))));
    schedule.addActionListener(
        event -> tell(p -> p.scheduleChosen(schedule.getItemAt(schedule.getSelectedIndex()))));
    learningRate.onType(text -> tell(p -> p.learningRateTyped(text)));
    learningRateSlider.addChangeListener(
        event ->
            tell(
                p ->
                    p.learningRateSlid(
                        (double) learningRateSlider.getValue() / RATE_SLIDER_STEPS)));
    epochs.onType(text -> tell(p -> p.epochsTyped(text)));
    batchSize.onType(text -> tell(p -> p.batchSizeTyped(text)));
    seed.onType(text -> tell(p -> p.seedTyped(text)));
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
    add(row, "growx");
    explain(knob, helpKey);
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
    knob.addFocusListener(
        new FocusAdapter() {
          @Override
          public void focusGained(FocusEvent event) {
            help.setText(sentence);
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
          dropout.setValue((int) Math.round(draft.dropoutRate() * DROPOUT_STEPS_PER_UNIT));
          dropoutValue.setText(String.format(Locale.ROOT, "%.2f", draft.dropoutRate()));
          optimizer.setSelectedItem(draft.optimizer());
          learningRate.setText(draft.learningRate());
          schedule.setSelectedItem(draft.schedule());
          epochs.setText(draft.epochs());
          batchSize.setText(draft.batchSize());
          seed.setText(draft.seed());
        });
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
    layers.add(Captions.faint(name));
    layers.add(units, "wmin 60, wmax 90");
    layers.add(activation, "wmin 80");
    layers.add(remove);
    layers.add(problem, "span");
    layerRows.add(new LayerRow(units, problem));
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
    for (int i = 0; i < layerRows.size(); i++) {
      LayerRow row = layerRows.get(i);
      mark(row.problem(), row.units(), found.getOrDefault(Field.units(i), ""));
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
