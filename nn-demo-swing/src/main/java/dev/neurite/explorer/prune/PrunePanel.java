package dev.neurite.explorer.prune;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.prune.PruneFace.Mood;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.LayerBars;
import dev.neurite.explorer.ui.LineChart;
import dev.neurite.explorer.ui.LineChart.LineStyle;
import dev.neurite.explorer.ui.NumberField;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.SignIcon.Sign;
import dev.neurite.explorer.ui.WrappedText;
import dev.neurite.nn.prune.PruningScope;
import java.awt.Component;
import java.awt.event.HierarchyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JSlider;
import javax.swing.ListCellRenderer;
import javax.swing.SwingConstants;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The form and what would be left above, the curve and what came of it below. */
public final class PrunePanel extends JPanel implements PruneView {
  private static final long serialVersionUID = 1L;
  private static final int PROGRESS_STEPS = 1000;
  private static final LineStyle ACCURACY =
      LineStyle.marked(Texts.get("prune.curve.line"), Palette::validation, SeriesMarkers.DIAMOND);

  private transient @Nullable PrunePresenter presenter;
  private boolean filling;

  private final JLabel title = Captions.title("");
  private final WrappedText message = new WrappedText(2);
  private final JButton start = new JButton(Texts.get("prune.start"), new SignIcon(Sign.PLAY, 11));
  private final JButton cancel =
      new JButton(Texts.get("prune.cancel"), new SignIcon(Sign.STOP, 11));
  private final JProgressBar progress = new JProgressBar(0, PROGRESS_STEPS);
  private final JSlider percent = new JSlider(PruneSettings.LEAST, PruneSettings.MOST);
  private final JLabel percentText = Captions.figure("");
  private final JComboBox<PruningOrder.Method> method =
      new JComboBox<>(PruningOrder.Method.values());
  private final JComboBox<PruningScope> scope = new JComboBox<>(PruningScope.values());
  private final JComboBox<PruningOrder.Grain> grain = new JComboBox<>(PruningOrder.Grain.values());
  private final NumberField epochs = NumberField.ofWholeNumbers(4, 1, 100);
  private final JLabel epochsProblem = Captions.problem();
  private final WrappedText methodHelp = new WrappedText(3);
  private final WrappedText grainHelp = new WrappedText(3);
  private final LayerBars layers = new LayerBars();
  private final JLabel parameters = Captions.figure("");
  private final JLabel parametersText = Captions.caption("");
  private final JLabel size = Captions.figure("");
  private final JLabel sizeText = Captions.caption("");
  private final WrappedText problem = new WrappedText(2);
  private final JLabel curveText = Captions.faint("");
  private final LineChart curve = new LineChart(Texts.get("prune.curve"), List.of(ACCURACY));
  private final JLabel resultHeading = Captions.section("");
  private final WrappedText resultEmpty = new WrappedText(3);
  private final JPanel result =
      new JPanel(
          new MigLayout(
              "insets 0, fillx, wrap 4",
              "[grow 60, fill]5[grow, right]5[grow, right]5[grow, right]",
              "[]6[]"));

  /** An empty form. */
  public PrunePanel() {
    super(
        new MigLayout(
            "insets 12 14 8 14, fill, wrap 2, hidemode 2",
            "[260:300:320, fill]20[grow, fill]",
            "[]4[]4[]10[]12[grow, fill]"));
    JPanel header = new JPanel(new MigLayout("insets 0, fillx", "[grow, fill]8[]6[]"));
    title.setIconTextGap(8);
    header.add(title, "wmin 60");
    start.putClientProperty(
        FlatClientProperties.STYLE,
        "background: $Component.accentColor; font: bold; [light]foreground: #ffffff;"
            + " [dark]foreground: #10202b");
    start.setMnemonic('P');
    cancel.setMnemonic('N');
    cancel.setToolTipText(Texts.get("prune.cancel.help"));
    header.add(start);
    header.add(cancel);
    add(header, "span");
    add(message, "span, growx, wmin 60");
    progress.setStringPainted(true);
    progress.getAccessibleContext().setAccessibleName(Texts.get("prune.progress.name"));
    add(progress, "span, height 20!");
    add(form(), "aligny top, growy 0");
    add(left(), "aligny top, growy 0");
    add(curvePart(), "span, split 2, grow, push, wmin 240, hmin 170");
    add(resultPart(), "grow, push, wmin 240, gapleft 12");
    listen();
  }

  /** Names who hears what the user does. */
  public void setPresenter(PrunePresenter newPresenter) {
    presenter = newPresenter;
    newPresenter.setVisible(isShowing());
  }

  private JPanel form() {
    JPanel form =
        new JPanel(
            new MigLayout(
                "insets 0, fillx, wrap 2, hidemode 3",
                "[][grow, fill]",
                "[]2[]0[]8[]6[]6[]6[]6[]6[]"));
    form.add(Captions.section(Texts.get("prune.section.how")), "span");
    form.add(percentText, "span, split 2");
    form.add(Captions.caption(Texts.get("prune.percent.caption")), "growx, wmin 0");
    name(percent, "prune.percent");
    percent.setMajorTickSpacing(10);
    form.add(percent, "span, growx, wmin 60");
    form.add(label("prune.method", method));
    form.add(method, "wmin 60");
    form.add(label("prune.scope", scope));
    form.add(scope, "wmin 60");
    form.add(label("prune.grain", grain));
    form.add(grain, "wmin 60");
    grain.setToolTipText(Texts.format("prune.grain.help", PruningOrder.Grain.BLOCKS.width()));
    JLabel epochsLabel = new JLabel(Texts.get("prune.epochs"));
    epochsLabel.setLabelFor(epochs);
    name(epochs.textField(), "prune.epochs.name");
    form.add(epochsLabel);
    form.add(epochs, "growx 0");
    form.add(epochsProblem, "skip 1");
    form.add(methodHelp, "span, growx, wmin 60");
    grainHelp.setText(Texts.format("prune.grain.help", PruningOrder.Grain.BLOCKS.width()));
    form.add(grainHelp, "span, growx, wmin 60");
    method.setRenderer(words(PruningOrder.Method.class, PrunePanel::title));
    scope.setRenderer(words(PruningScope.class, PrunePanel::title));
    grain.setRenderer(words(PruningOrder.Grain.class, PrunePanel::title));
    return form;
  }

  private JPanel left() {
    JPanel left =
        new JPanel(
            new MigLayout(
                "insets 0, fillx, wrap 2, hidemode 3",
                "[grow, fill, sg][grow, fill, sg]",
                "[]4[]8[]0[]"));
    left.add(Captions.section(Texts.get("prune.section.left")), "span");
    layers.getAccessibleContext().setAccessibleName(Texts.get("prune.section.left"));
    left.add(layers, "span, growx");
    left.add(parameters);
    left.add(size);
    left.add(parametersText, "wmin 0");
    left.add(sizeText, "wmin 0");
    left.add(problem, "span, growx, wmin 60");
    return left;
  }

  private JPanel curvePart() {
    JPanel part =
        new JPanel(new MigLayout("insets 0, fill, wrap 1", "[grow, fill]", "[]2[grow, fill]"));
    part.add(curveText, "wmin 0");
    curve.setGreatestTop(100);
    curve.setEmptyText(Texts.get("prune.curve.empty"));
    part.add(curve, "grow, push, wmin 220, hmin 150");
    return part;
  }

  private JPanel resultPart() {
    JPanel part =
        new JPanel(new MigLayout("insets 0, fillx, wrap 1, hidemode 3", "[grow, fill]", "[]6[]"));
    part.add(resultHeading, "wmin 0");
    part.add(resultEmpty, "growx, wmin 60");
    part.add(result, "growx");
    return part;
  }

  private static JLabel label(String key, JComponent field) {
    JLabel label = new JLabel(Texts.get(key));
    label.setLabelFor(field);
    name(field, key);
    return label;
  }

  private static void name(JComponent field, String key) {
    field.getAccessibleContext().setAccessibleName(Texts.get(key));
  }

  private static String title(PruningOrder.Method method) {
    return switch (method) {
      case ONE_SHOT -> Texts.get("prune.method.oneShot");
      case GRADUAL -> Texts.get("prune.method.gradual");
      case ITERATIVE -> Texts.get("prune.method.iterative");
      case UNITS -> Texts.get("prune.method.units");
    };
  }

  private static String help(PruningOrder.Method method) {
    return switch (method) {
      case ONE_SHOT -> Texts.get("prune.method.oneShot.help");
      case GRADUAL -> Texts.get("prune.method.gradual.help");
      case ITERATIVE -> Texts.format("prune.method.iterative.help", PruningOrder.ROUNDS);
      case UNITS -> Texts.get("prune.method.units.help");
    };
  }

  private static String title(PruningScope scope) {
    return switch (scope) {
      case GLOBAL -> Texts.get("prune.scope.global");
      case LAYER -> Texts.get("prune.scope.layer");
    };
  }

  private static String title(PruningOrder.Grain grain) {
    return switch (grain) {
      case WEIGHTS -> Texts.get("prune.grain.weights");
      case BLOCKS -> Texts.format("prune.grain.blocks", grain.width());
    };
  }

  private static <T> ListCellRenderer<Object> words(Class<T> type, Function<T, String> text) {
    return new DefaultListCellRenderer() {
      private static final long serialVersionUID = 1L;

      @Override
      public Component getListCellRendererComponent(
          JList<?> list, @Nullable Object value, int index, boolean selected, boolean focused) {
        String shown = value == null ? "" : text.apply(type.cast(value));
        return super.getListCellRendererComponent(list, shown, index, selected, focused);
      }
    };
  }

  private void listen() {
    start.addActionListener(event -> tell(PrunePresenter::start));
    cancel.addActionListener(event -> tell(PrunePresenter::cancel));
    percent.addChangeListener(
        event -> {
          percentText.setText(Texts.format("prune.percent.value", percent.getValue()));
          tell(p -> p.percentChosen(percent.getValue()));
        });
    method.addActionListener(
        event -> {
          methodHelp.setText(help(method.getItemAt(method.getSelectedIndex())));
          showGrain();
          tell(p -> p.methodChosen(method.getItemAt(method.getSelectedIndex())));
        });
    scope.addActionListener(
        event -> tell(p -> p.scopeChosen(scope.getItemAt(scope.getSelectedIndex()))));
    grain.addActionListener(
        event -> {
          showGrain();
          tell(p -> p.grainChosen(grain.getItemAt(grain.getSelectedIndex())));
        });
    epochs.onType(text -> tell(p -> p.epochsTyped(text)));
    addHierarchyListener(
        event -> {
          if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) {
            tell(p -> p.setVisible(isShowing()));
          }
        });
  }

  private void showGrain() {
    boolean isChosen = method.getSelectedItem() != PruningOrder.Method.UNITS;
    grain.setEnabled(isChosen);
    grainHelp.setVisible(isChosen && grain.getSelectedItem() == PruningOrder.Grain.BLOCKS);
  }

  private void tell(Consumer<PrunePresenter> news) {
    PrunePresenter listener = presenter;
    if (listener != null && !filling) {
      news.accept(listener);
    }
  }

  @Override
  public void showSettings(PruneSettings settings) {
    filling = true;
    percent.setValue(settings.percent());
    percentText.setText(Texts.format("prune.percent.value", settings.percent()));
    method.setSelectedItem(settings.method());
    scope.setSelectedItem(settings.scope());
    grain.setSelectedItem(settings.grain());
    showGrain();
    epochs.setText(settings.epochs());
    methodHelp.setText(help(settings.method()));
    filling = false;
  }

  @Override
  public void showFace(PruneFace face) {
    title.setText(face.title());
    title.setToolTipText(face.title()); // names can be long
    title.setIcon(icon(face.mood()));
    message.setText(face.message());
    start.setEnabled(face.canStart());
    start.setToolTipText(face.startHint());
    cancel.setEnabled(face.canCancel());
    progress.setVisible(face.progress() >= 0);
    progress.setValue((int) Math.round(PROGRESS_STEPS * Math.max(0, face.progress())));
    progress.setString(face.progressText());
    epochsProblem.setText(face.epochsProblem());
    epochsProblem.setVisible(!face.epochsProblem().isEmpty());
    epochs.setProblem(face.epochsProblem());
  }

  private static SignIcon icon(Mood mood) {
    return switch (mood) {
      case EMPTY -> new SignIcon(Sign.DOT, 12, Palette::faint);
      case READY -> new SignIcon(Sign.DOT, 12, Palette::accent);
      case MEASURING -> new SignIcon(Sign.DOT, 12, Palette::validation);
      case RUNNING -> new SignIcon(Sign.PLAY, 12, Palette::accent);
      case FINISHED -> new SignIcon(Sign.TICK, 13, Palette::good);
      case CANCELLED -> new SignIcon(Sign.STOP, 12, Palette::warning);
      case FAILED -> new SignIcon(Sign.CROSS, 12, Palette::bad);
    };
  }

  @Override
  public void showPreview(@Nullable PrunePreview preview, String newProblem) {
    problem.setText(newProblem);
    problem.setVisible(!newProblem.isEmpty());
    if (preview == null) {
      layers.setBars(List.of());
      parameters.setText(Figures.NONE);
      size.setText(Figures.NONE);
      parametersText.setText(Texts.get("prune.parameters.caption"));
      sizeText.setText(Texts.get("prune.size.caption"));
      return;
    }
    List<LayerBars.Bar> bars = new ArrayList<>();
    preview.layers().forEach(l -> bars.add(new LayerBars.Bar(l.name(), l.weights(), l.kept())));
    layers.setBars(bars);
    parameters.setText(Figures.count(preview.nonZeroParameters()));
    parametersText.setText(
        Texts.format("prune.parameters.of", Figures.count(preview.parametersBefore())));
    size.setText(Figures.bytes(preview.fileBytes()));
    sizeText.setText(Texts.format("prune.size.of", Figures.bytes(preview.denseBytes())));
  }

  @Override
  public void showCurve(List<Double> percents, List<Double> accuracies, int now, String text) {
    curve.setLine(ACCURACY, percents, accuracies);
    curve.setMarks(List.of((double) now));
    curve.refresh(100);
    curveText.setText(text.isEmpty() ? " " : text);
  }

  @Override
  public void showResult(PruneResult newResult) {
    resultHeading.setText(
        newResult.rows().isEmpty() ? Texts.get("prune.result.none") : newResult.heading());
    resultEmpty.setText(Texts.get("prune.result.empty"));
    resultEmpty.setVisible(newResult.rows().isEmpty());
    result.removeAll();
    result.setVisible(!newResult.rows().isEmpty());
    result.add(Captions.caption(""));
    result.add(Captions.caption(Texts.get("prune.result.before")));
    result.add(Captions.caption(Texts.get("prune.result.pruned")));
    result.add(Captions.caption(Texts.get("prune.result.tuned")));
    for (List<String> row : newResult.rows()) {
      result.add(Captions.faint(row.get(0)));
      for (String cell : row.subList(1, row.size())) {
        JLabel figure = new JLabel(cell, SwingConstants.RIGHT);
        result.add(figure);
      }
    }
    result.revalidate();
    result.repaint();
  }
}
