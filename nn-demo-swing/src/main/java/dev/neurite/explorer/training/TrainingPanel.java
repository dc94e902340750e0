package dev.neurite.explorer.training;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.explorer.ui.LineChart;
import dev.neurite.explorer.ui.LineChart.LineStyle;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.SignIcon.Sign;
import dev.neurite.explorer.ui.WrappedText;
import java.awt.BasicStroke;
import java.awt.Component;
import java.awt.KeyboardFocusManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JSlider;
import javax.swing.JTabbedPane;
import javax.swing.text.JTextComponent;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Commands, progress, large figures and the two live charts. */
public final class TrainingPanel extends JPanel implements TrainingView {
  private static final long serialVersionUID = 1L;
  private static final int PROGRESS_STEPS = 1000;
  private static final String NARROW = "margin: 2,7,2,7; minimumWidth: 0";

  private static final LineStyle BATCH_LOSS =
      LineStyle.faint(Texts.get("chart.batches"), Palette::batch);
  private static final LineStyle SMOOTH_LOSS =
      new LineStyle(
          Texts.get("chart.smoothed"),
          Palette::train,
          new BasicStroke(1.2f),
          SeriesMarkers.NONE,
          false);
  private static final LineStyle RATE =
      LineStyle.onTheRight(Texts.get("chart.rate"), Palette::rate);
  private static final LineStyle TRAIN =
      LineStyle.marked(Texts.get("chart.train"), Palette::train, SeriesMarkers.CIRCLE);
  private static final LineStyle VALIDATION =
      LineStyle.marked(
          Texts.get("chart.validation"), Palette::validation, SeriesMarkers.DIAMOND, 7f, 4f);
  private static final LineStyle TEST =
      LineStyle.marked(Texts.get("chart.test"), Palette::test, SeriesMarkers.SQUARE, 2f, 3f);

  private transient @Nullable TrainingPresenter presenter;

  private final JLabel title = Captions.title("");
  private final WrappedText message = new WrappedText(2);
  private final JButton start = button("training.start", Sign.PLAY, 'S');
  private final JButton queue = button("training.queue", Sign.PLUS, 'Q');
  private final JPanel waiting =
      new JPanel(new MigLayout("insets 0, fillx, hidemode 3", "[grow, fill]8[]4[]"));
  private final JLabel waitingNames = Captions.faint("");
  private final JButton beginQueue = new JButton(Texts.get("training.queue.begin"));
  private final JButton clearQueue = new JButton(Texts.get("training.queue.clear"));
  private final LayersPanel layers = new LayersPanel();
  private final JCheckBox logarithmic = new JCheckBox(Texts.get("chart.log"));
  private final JSlider smoothing = new JSlider(0, 99, 60);
  private final JButton wholeRun = new JButton(Texts.get("chart.whole"));
  private transient RunCurves curves = RunCurves.NONE;
  private final JButton pause = button("training.pause", Sign.PAUSE, 'P');
  private final JButton step = button("training.step", Sign.STEP, 'B');
  private final JButton stop = button("training.stop", Sign.STOP, 'O');
  private final JProgressBar progress = new JProgressBar(0, PROGRESS_STEPS);
  private final JLabel trainAccuracy = Captions.liveFigure();
  private final JLabel validationAccuracy = Captions.liveFigure();
  private final JLabel testAccuracy = Captions.liveFigure();
  private final JLabel speed = Captions.liveFigure();
  private final JLabel time = Captions.liveFigure();
  private final JLabel timeCaption = Captions.caption("");
  private final LineChart loss =
      new LineChart(
          Texts.get("chart.loss"), List.of(BATCH_LOSS, SMOOTH_LOSS, RATE, TEST, VALIDATION, TRAIN));
  private final LineChart accuracy =
      new LineChart(Texts.get("chart.accuracy"), List.of(TEST, VALIDATION, TRAIN));
  private boolean pauseMeansResume;
  private TrainingFace.@Nullable Mood shownMood;

  /** A panel that shows nothing yet. */
  public TrainingPanel() {
    super(
        new MigLayout(
            "insets 12 14 8 14, fill, wrap 1, hidemode 2",
            "[grow, fill]",
            "[]4[]6[]2[]6[]4[grow, fill]"));
    add(header());
    add(message, "growx, wmin 60");
    progress.setStringPainted(true);
    progress.getAccessibleContext().setAccessibleName(Texts.get("training.progress.name"));
    add(progress, "height 20!");
    waiting.add(waitingNames, "wmin 0");
    waiting.add(beginQueue);
    waiting.add(clearQueue);
    waiting.setVisible(false);
    add(waiting, "growx");
    add(figures());
    JPanel charts =
        new JPanel(
            new MigLayout("insets 0, fill", "[grow, fill, sg]8[grow, fill, sg]", "[grow, fill]"));
    accuracy.setGreatestTop(100);
    loss.setEmptyText(Texts.get("chart.loss.empty"));
    accuracy.setEmptyText(Texts.get("chart.accuracy.empty"));
    charts.add(loss, "wmin 220, hmin 150");
    charts.add(accuracy, "wmin 220, hmin 150");
    JPanel curvesTab =
        new JPanel(
            new MigLayout("insets 4 0 0 0, fill, wrap 1", "[grow, fill]", "[]4[grow, fill]"));
    curvesTab.add(knobs());
    curvesTab.add(charts, "grow, push");
    JTabbedPane tabs = new JTabbedPane();
    tabs.addTab(Texts.get("training.tab.curves"), curvesTab);
    tabs.addTab(Texts.get("training.tab.layers"), layers);
    tabs.setToolTipTextAt(1, Texts.get("training.tab.layers.help"));
    add(tabs, "grow, push");
    listen();
  }

  /** Names who hears what the user does. */
  public void setPresenter(TrainingPresenter newPresenter) {
    presenter = newPresenter;
  }

  private JPanel knobs() {
    JPanel knobs = new JPanel(new MigLayout("insets 0, fillx", "[]14[]6[120!]14[]8[grow, fill]"));
    JLabel smoothingLabel = new JLabel(Texts.get("chart.smoothing"));
    smoothingLabel.setLabelFor(smoothing);
    smoothing.getAccessibleContext().setAccessibleName(Texts.get("chart.smoothing"));
    smoothing.setToolTipText(Texts.get("chart.smoothing.help"));
    logarithmic.setToolTipText(Texts.get("chart.log.help"));
    wholeRun.setToolTipText(Texts.get("chart.whole.help"));
    knobs.add(logarithmic);
    knobs.add(smoothingLabel);
    knobs.add(smoothing);
    knobs.add(wholeRun);
    knobs.add(Captions.caption(Texts.get("chart.hint")), "wmin 0");
    logarithmic.addActionListener(event -> loss.setLogarithmic(logarithmic.isSelected()));
    smoothing.addChangeListener(event -> showSmoothed());
    wholeRun.addActionListener(
        event -> {
          loss.zoom(0, Double.NaN);
          accuracy.zoom(0, Double.NaN);
        });
    return knobs;
  }

  private void showSmoothed() {
    double weight = smoothing.getValue() / 100.0;
    set(loss, SMOOTH_LOSS, weight == 0 ? Curve.EMPTY : Smoothing.of(curves.batchLoss(), weight));
    loss.refresh(curves.epochs());
  }

  @Override
  public boolean isValidateRoot() {
    return true; // figures change ten times a second; nothing outside has to move for them
  }

  @Override
  public void showQueue(List<String> names, boolean canBegin) {
    beginQueue.setVisible(canBegin);
    waiting.setVisible(!names.isEmpty());
    waitingNames.setText(Texts.format("training.queue.waiting", String.join(", ", names)));
    waitingNames.setToolTipText(waitingNames.getText());
  }

  @Override
  public void showLayers(List<LayerFace> faces) {
    layers.show(faces);
  }

  private JPanel header() {
    JPanel header = new JPanel(new MigLayout("insets 0, fillx", "[grow, fill]8[]6[]6[]6[]6[]"));
    title.setIconTextGap(8);
    header.add(title, "wmin 60");
    start.putClientProperty(
        FlatClientProperties.STYLE,
        NARROW
            + "; background: $Component.accentColor; font: bold; [light]foreground: #ffffff;"
            + " [dark]foreground: #10202b");
    header.add(start);
    header.add(queue);
    header.add(pause);
    header.add(step);
    header.add(stop);
    return header;
  }

  private JPanel figures() {
    JPanel figures =
        new JPanel(
            new MigLayout(
                "insets 0, fillx, wrap 5",
                "[grow, fill][grow, fill][grow, fill][grow, fill][grow, fill]",
                "[]0[]"));
    figures.add(trainAccuracy, "wmin 0");
    figures.add(validationAccuracy, "wmin 0");
    figures.add(testAccuracy, "wmin 0");
    figures.add(speed, "wmin 0");
    figures.add(time, "wmin 0");
    figures.add(Captions.caption(Texts.get("training.figure.train")), "wmin 0");
    figures.add(Captions.caption(Texts.get("training.figure.validation")), "wmin 0");
    figures.add(Captions.caption(Texts.get("training.figure.test")), "wmin 0");
    figures.add(Captions.caption(Texts.get("training.figure.speed")), "wmin 0");
    figures.add(timeCaption, "wmin 0");
    return figures;
  }

  private static JButton button(String key, Sign sign, char mnemonic) {
    JButton button = new JButton(Texts.get(key), new SignIcon(sign, 11));
    button.putClientProperty(FlatClientProperties.STYLE, NARROW); // the title needs the room
    button.setMnemonic(mnemonic);
    button.setToolTipText(Texts.get(key + ".help"));
    return button;
  }

  private void listen() {
    start.addActionListener(event -> give(Command.START));
    queue.addActionListener(event -> give(Command.QUEUE));
    beginQueue.setToolTipText(Texts.get("training.queue.begin.help"));
    beginQueue.addActionListener(event -> tell(TrainingPresenter::queueBegun));
    clearQueue.addActionListener(event -> tell(TrainingPresenter::queueCleared));
    pause.addActionListener(event -> give(pauseMeansResume ? Command.RESUME : Command.PAUSE));
    step.addActionListener(event -> give(Command.STEP));
    stop.addActionListener(event -> give(Command.STOP));
    bind(Keys.TRAIN, TrainingPresenter::toggle);
    bind(Keys.STEP, p -> p.give(Command.STEP));
  }

  private void bind(Keys keys, Consumer<TrainingPresenter> action) {
    keys.bind(
        this,
        () -> {
          Component focused = KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner();
          if (!(focused instanceof JTextComponent)) { // there the key means a character
            tell(action);
          }
        });
  }

  private void give(Command command) {
    tell(p -> p.give(command));
  }

  private void tell(Consumer<TrainingPresenter> news) {
    TrainingPresenter listener = presenter;
    if (listener != null) {
      news.accept(listener);
    }
  }

  @Override
  public void showFace(TrainingFace face) {
    title.setText(face.title());
    title.setToolTipText(face.title()); // names can be long
    if (face.mood() != shownMood) { // a new icon is painted anew
      shownMood = face.mood();
      title.setIcon(iconOf(face.mood()));
    }
    message.setText(face.message());
    start.setEnabled(face.commands().contains(Command.START));
    start.setToolTipText(face.startHint());
    queue.setEnabled(face.commands().contains(Command.QUEUE));
    if (pauseMeansResume != face.commands().contains(Command.RESUME)) {
      pauseMeansResume = !pauseMeansResume;
      pause.setText(Texts.get(pauseMeansResume ? "training.resume" : "training.pause"));
      pause.setIcon(new SignIcon(pauseMeansResume ? Sign.PLAY : Sign.PAUSE, 11));
    }
    pause.setEnabled(pauseMeansResume || face.commands().contains(Command.PAUSE));
    step.setEnabled(face.commands().contains(Command.STEP));
    stop.setEnabled(face.commands().contains(Command.STOP));
    progress.setValue((int) Math.round(PROGRESS_STEPS * face.progress()));
    progress.setString(face.progressText().isEmpty() ? face.startHint() : face.progressText());
    TrainingFigures figures = face.figures();
    trainAccuracy.setText(figures.trainAccuracy());
    validationAccuracy.setText(figures.validationAccuracy());
    testAccuracy.setText(figures.testAccuracy());
    speed.setText(figures.speed());
    time.setText(figures.time());
    timeCaption.setText(
        Texts.get(figures.timeIsLeft() ? "training.figure.left" : "training.figure.taken"));
  }

  private static SignIcon iconOf(TrainingFace.Mood mood) {
    return switch (mood) {
      case EMPTY -> new SignIcon(Sign.DOT, 12, Palette::faint);
      case RUNNING -> new SignIcon(Sign.PLAY, 12, Palette::accent);
      case PAUSED -> new SignIcon(Sign.PAUSE, 12, Palette::warning);
      case DONE -> new SignIcon(Sign.TICK, 13, Palette::good);
      case STOPPED -> new SignIcon(Sign.STOP, 12, Palette::warning);
      case WRONG -> new SignIcon(Sign.CROSS, 12, Palette::bad);
    };
  }

  @Override
  public void showCurves(Optional<RunCurves> shown) {
    RunCurves before = curves;
    curves = shown.orElse(RunCurves.NONE);
    set(loss, BATCH_LOSS, curves.batchLoss());
    set(loss, RATE, curves.learningRate());
    set(loss, TRAIN, curves.trainLoss());
    set(loss, VALIDATION, curves.validationLoss());
    set(loss, TEST, curves.testLoss());
    loss.setMarks(curves.restarts());
    showSmoothed();
    if (curves.hasAccuracyOf(before)) {
      return; // a new epoch shows there, not a new batch
    }
    set(accuracy, TRAIN, curves.trainAccuracy());
    set(accuracy, VALIDATION, curves.validationAccuracy());
    set(accuracy, TEST, curves.testAccuracy());
    accuracy.refresh(curves.epochs());
  }

  private static void set(LineChart chart, LineStyle style, Curve curve) {
    chart.setLine(style, curve.x(), curve.y());
  }
}
