package dev.neurite.explorer.prune;

import dev.neurite.explorer.prune.PruneFace.Mood;
import dev.neurite.explorer.service.Analysis;
import dev.neurite.explorer.service.RunRecorder;
import dev.neurite.explorer.service.Training;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.explorer.session.PruningRecord;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.prune.PruningScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the user choose how to prune the network that is looked at, shows what would be left of it
 * while the slider moves, and begins the run.
 *
 * <p>Everything is computed from the frozen copy on another thread, the share under the slider
 * first; while the panel is not seen, nothing is.
 */
public final class PrunePresenter {
  /** Shares at which the curve is measured beside the one under the slider; flat, then a fall. */
  private static final List<Integer> GRID =
      List.of(0, 99, 95, 90, 80, 70, 50, 30, 10, 97, 85, 60, 40, 20, 93, 98, 96);

  private static final int ROWS_AT_ONCE = 500;

  /** What curve and preview belong to; other settings need others. */
  private record Subject(
      Predictor network, boolean units, PruningScope scope, PruningOrder.Grain grain) {}

  private final PruneView view;
  private final Session session;
  private final Training training;
  private final Analysis analysis;
  private final Consumer<RunId> runOver;

  private PruneSettings settings = PruneSettings.start();
  private boolean visible;
  private @Nullable Subject subject;
  private final TreeMap<Integer, Double> accuracies = new TreeMap<>();
  private @Nullable PrunePreview preview;
  private int previewPercent;
  private String problem = "";
  private boolean isMeasuring;
  private @Nullable PruneFace shownFace;
  private @Nullable PruneResult shownResult;

  /**
   * Shows that there is nothing to prune.
   *
   * @param runOver hears after a run has said something, in case that another waits for its end
   */
  public PrunePresenter(
      PruneView view,
      Session session,
      Training training,
      Analysis analysis,
      Consumer<RunId> runOver) {
    this.view = view;
    this.session = session;
    this.training = training;
    this.analysis = analysis;
    this.runOver = runOver;
    session.addListener(
        new SessionListener() {
          @Override
          public void dataChanged() {
            update();
          }

          @Override
          public void runChanged(Run run) {
            update();
          }

          @Override
          public void selectionChanged() {
            update();
          }
        });
    view.showSettings(settings);
    update();
    showCurve();
  }

  /** Whether the user sees the panel. */
  public void setVisible(boolean newVisible) {
    visible = newVisible;
    update();
  }

  /** The user moves the slider. */
  public void percentChosen(int percent) {
    settings = settings.withPercent(Math.max(PruneSettings.LEAST, percent));
    update();
  }

  /** The user chooses when and what is pruned. */
  public void methodChosen(PruningOrder.Method method) {
    settings = settings.withMethod(method);
    update();
  }

  /** The user chooses where the least are looked for. */
  public void scopeChosen(PruningScope scope) {
    settings = settings.withScope(scope);
    update();
  }

  /** The user chooses whether weights go one by one or in blocks. */
  public void grainChosen(PruningOrder.Grain grain) {
    settings = settings.withGrain(grain);
    update();
  }

  /** The user types a number of epochs. */
  public void epochsTyped(String epochs) {
    settings = settings.withEpochs(epochs);
    update();
  }

  /** Fills in what most networks are pruned by. */
  public void usualWanted() {
    settings = PruneSettings.start();
    view.showSettings(settings);
    update();
  }

  /** The network that would be pruned, if there is one. */
  private Optional<Run> parent() {
    return session.selected().filter(r -> r.predictor() != null && !r.state().isActive());
  }

  /** The images that a run learned from, if they are there. */
  private Optional<DataSplit> data(Run run) {
    return session.split(run.experiment().data().name());
  }

  /** The network that is previewed: that of a run which prunes is its parent's. */
  private Optional<Run> previewed() {
    Run selected = session.selected().orElse(null);
    PruningRecord record = selected == null ? null : selected.pruning();
    return record != null && selected != null && selected.state().isActive()
        ? session.run(record.order().parent()).filter(r -> r.predictor() != null)
        : parent();
  }

  /** Whether pruning can begin. */
  public boolean canStart() {
    return parent().isPresent()
        && parent().flatMap(this::data).isPresent()
        && session.active().isEmpty()
        && problem.isEmpty()
        && settings.epochsOrZero() > 0;
  }

  /** The user wants it; does nothing if it is not possible now. */
  public void start() {
    Run parent = parent().orElse(null);
    Predictor network = parent == null ? null : parent.predictor();
    if (!canStart() || parent == null || network == null) {
      return;
    }
    PruningOrder order = order(parent);
    PrunePreview known = preview;
    if (known != null && previewPercent == settings.percent()) {
      begin(parent, network, order, known);
    } else { // the preview says what the network will be
      analysis.compute(
          "prune-start",
          () -> PrunePreview.of(order, network.model()),
          computed -> {
            if (canStart()) {
              begin(parent, network, order, computed);
            }
          },
          this::failed);
    }
  }

  private void begin(Run parent, Predictor network, PruningOrder order, PrunePreview left) {
    DataSplit data = data(parent).orElseThrow();
    Experiment experiment =
        new Experiment(
            Texts.format("prune.name", rootName(parent), Math.round(100 * order.sparsity())),
            left.spec(),
            order.training(left.spec(), data.train().size()),
            OptimizerChoice.ADAM.title(),
            ScheduleChoice.COSINE.title(),
            Augmentation.NONE,
            parent.experiment().data(),
            parent.experiment().form());
    Run run = session.begin(experiment, order);
    RunRecorder recorder = new RunRecorder(session, run.id());
    training.prune(
        order,
        network,
        data,
        progress -> {
          recorder.accept(progress);
          runOver.accept(run.id());
        });
  }

  /** The name before the first pruning. */
  private static String rootName(Run parent) {
    String name = parent.experiment().name();
    int comma = parent.pruning() == null ? -1 : name.lastIndexOf(',');
    return comma > 0 ? name.substring(0, comma) : name;
  }

  /** The user does not want the run that prunes any more; its network is kept. */
  public void cancel() {
    if (pruningRun().isPresent()) {
      training.stop();
    }
  }

  private Optional<Run> pruningRun() {
    return session.active().filter(r -> r.pruning() != null);
  }

  private PruningOrder order(Run parent) {
    return new PruningOrder(
        parent.id(),
        parent.name(),
        settings.method(),
        settings.scope(),
        settings.grain(),
        settings.percent() / 100.0,
        Math.max(1, settings.epochsOrZero()),
        parent.experiment().training().seed());
  }

  private void update() {
    Run parent = previewed().orElse(null);
    Predictor network = parent == null ? null : parent.predictor();
    Subject now =
        network == null
            ? null
            : new Subject(
                network,
                settings.method() == PruningOrder.Method.UNITS,
                settings.scope(),
                settings.grain());
    if (!Objects.equals(now, subject)) {
      subject = now;
      accuracies.clear();
      preview = null;
      problem = "";
      isMeasuring = false;
      view.showPreview(null, "");
      showCurve();
    }
    if (visible && parent != null && network != null && now != null) {
      if (previewPercent != settings.percent() || (preview == null && problem.isEmpty())) {
        previewPercent = settings.percent();
        lookAhead(now, order(parent));
        isMeasuring = false; // the share under the slider goes first
        showCurve();
      }
      if (!isMeasuring) {
        measureNext(now, parent);
      }
    }
    showFace();
    Run shown = pruningRun().or(session::selected).orElse(null);
    PruningRecord record = shown == null ? null : shown.pruning();
    PruneResult result = record == null ? PruneResult.NONE : PruneResult.of(record);
    if (!result.equals(shownResult)) { // most that a run says changes nothing here
      shownResult = result;
      view.showResult(result);
    }
  }

  private void lookAhead(Subject of, PruningOrder order) {
    int percent = settings.percent();
    analysis.compute(
        "prune-preview",
        () -> PrunePreview.of(order, of.network().model()),
        computed -> {
          if (of.equals(subject) && percent == settings.percent()) {
            preview = computed;
            problem = computed.prunesMore() ? "" : Texts.get("prune.already");
            view.showPreview(computed, problem);
            showFace();
          }
        },
        reason -> {
          if (of.equals(subject) && percent == settings.percent()) {
            failed(reason);
          }
        });
  }

  private void failed(String reason) {
    preview = null;
    problem = reason;
    view.showPreview(null, Texts.format("prune.impossible", reason));
    showFace();
  }

  /** Measures the share under the slider, or else the next of the grid. */
  private void measureNext(Subject of, Run parent) {
    session.want(parent.experiment().data().name());
    Dataset images = data(parent).map(DataSplit::validation).orElse(null);
    int percent = nextPercent();
    if (images == null || images.size() == 0 || percent < 0) {
      return;
    }
    isMeasuring = true;
    PruningOrder order =
        new PruningOrder(
            parent.id(),
            parent.name(),
            settings.method(),
            settings.scope(),
            settings.grain(),
            Math.max(1, percent) / 100.0,
            1,
            0);
    analysis.compute(
        "prune-accuracy",
        () -> {
          Model model = of.network().model();
          try {
            return accuracy(percent == 0 ? model : order.prune(model), images);
          } catch (IllegalArgumentException e) { // more is pruned already, or a layer would go
            return Double.NaN;
          }
        },
        measured -> {
          if (of.equals(subject)) {
            accuracies.put(percent, measured);
            isMeasuring = false;
            showCurve();
            if (visible) {
              measureNext(of, parent);
            }
            showFace();
          }
        },
        reason -> {
          if (of.equals(subject)) {
            accuracies.put(percent, Double.NaN);
            isMeasuring = false;
          }
        });
  }

  private int nextPercent() {
    if (!accuracies.containsKey(settings.percent())) {
      return settings.percent();
    }
    return GRID.stream().filter(p -> !accuracies.containsKey(p)).findFirst().orElse(-1);
  }

  /** The share of images that a network gets right. */
  private static double accuracy(Model model, Dataset images) {
    Predictor predictor = new Predictor(model, EngineSpec.defaults().singleThreaded());
    int inputs = model.spec().inputs();
    int outputs = model.spec().outputs();
    int right = 0;
    for (int from = 0; from < images.size(); from += ROWS_AT_ONCE) {
      int rows = Math.min(ROWS_AT_ONCE, images.size() - from);
      float[] pixels = new float[rows * inputs];
      for (int row = 0; row < rows; row++) {
        images.copyFeatures(from + row, pixels, row * inputs);
      }
      float[] answers = predictor.predictBatch(pixels, rows);
      for (int row = 0; row < rows; row++) {
        int best = 0;
        for (int i = 1; i < outputs; i++) {
          if (answers[row * outputs + i] > answers[row * outputs + best]) {
            best = i;
          }
        }
        right += best == images.label(from + row) ? 1 : 0;
      }
    }
    return (double) right / images.size();
  }

  private void showCurve() {
    List<Double> percents = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    accuracies.forEach(
        (percent, accuracy) -> {
          if (Double.isFinite(accuracy)) {
            percents.add((double) percent);
            values.add(100 * accuracy);
          }
        });
    Double now = accuracies.get(settings.percent());
    String text =
        now == null || now.isNaN()
            ? ""
            : Texts.format("prune.curve.now", Figures.percent(now), settings.percent());
    view.showCurve(percents, values, settings.percent(), text);
  }

  private void showFace() {
    Run running = pruningRun().orElse(null);
    Run selected = session.selected().orElse(null);
    Run shown = running != null ? running : selected;
    String epochsProblem = settings.epochsOrZero() > 0 ? "" : Texts.get("prune.problem.epochs");
    PruneFace face =
        new PruneFace(
            mood(shown),
            shown == null ? Texts.get("prune.empty.title") : title(shown),
            message(shown),
            canStart(),
            startHint(),
            running != null,
            running == null ? -1 : running.progress(),
            running == null ? "" : progressText(running),
            epochsProblem);
    if (!face.equals(shownFace)) {
      shownFace = face;
      view.showFace(face);
    }
  }

  private static String title(Run run) {
    return Texts.format("prune.title", run.name(), run.experiment().model().widths());
  }

  private Mood mood(@Nullable Run run) {
    if (run == null || (run.predictor() == null && run.pruning() == null)) {
      return Mood.EMPTY;
    }
    if (run.pruning() != null) {
      return switch (run.state()) {
        case RUNNING, PAUSED -> Mood.RUNNING;
        case COMPLETED, STOPPED_EARLY -> Mood.FINISHED;
        case CANCELLED -> Mood.CANCELLED;
        case DIVERGED, FAILED -> Mood.FAILED;
      };
    }
    if (run.state().isActive()) {
      return Mood.EMPTY;
    }
    return isMeasuring ? Mood.MEASURING : Mood.READY;
  }

  private String message(@Nullable Run run) {
    return switch (mood(run)) {
      case EMPTY ->
          Texts.get(
              run != null && run.state().isActive()
                  ? "prune.training.message"
                  : "prune.empty.message");
      case READY -> Texts.get("prune.ready.message");
      case MEASURING -> Texts.get("prune.measuring.message");
      case RUNNING -> Texts.get("prune.running.message");
      case FINISHED -> Texts.get("prune.finished.message");
      case CANCELLED -> Texts.get("prune.cancelled.message");
      case FAILED -> Texts.format("prune.failed.message", run == null ? "" : run.message());
    };
  }

  private String startHint() {
    if (session.active().isPresent()) {
      return Texts.get("prune.hint.active");
    } else if (parent().isEmpty()) {
      return Texts.get("prune.empty.message");
    } else if (parent().flatMap(this::data).isEmpty()) {
      return Texts.get("prune.hint.data");
    } else if (!problem.isEmpty() || settings.epochsOrZero() == 0) {
      return Texts.get("prune.hint.invalid");
    }
    return Texts.get("prune.hint.start");
  }

  private static String progressText(Run run) {
    if (run.newestBatch() == null) {
      return Texts.get("prune.progress.measuring");
    }
    return Texts.format(
        run.state() == RunState.PAUSED ? "prune.progress.paused" : "prune.progress",
        run.newestBatch().epoch(),
        run.experiment().training().epochs());
  }
}
