package dev.neurite.explorer.training;

import dev.neurite.explorer.service.RunEvent;
import dev.neurite.explorer.service.RunRecorder;
import dev.neurite.explorer.service.Training;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingEvent.BatchCompleted;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns commands into training and the run that is looked at into words, figures and curves. */
public final class TrainingPresenter {
  private final TrainingView view;
  private final Session session;
  private final Training training;
  private List<String> shownQueue = List.of();
  private boolean shownIdle = true;
  private final Map<RunId, LayerLog> logs = new HashMap<>();

  /** The run whose end lets the next of the queue begin, or null while none has to. */
  private @Nullable RunId before;

  /** Shows that nothing has been trained. */
  public TrainingPresenter(TrainingView view, Session session, Training training) {
    this.view = view;
    this.session = session;
    this.training = training;
    session.addListener(
        new SessionListener() {
          @Override
          public void plannedChanged() {
            showFace();
          }

          @Override
          public void queueChanged() {
            showQueue();
          }

          @Override
          public void dataChanged() {
            showFace();
            nextOfQueue(); // it may have waited for its images
          }

          @Override
          public void runChanged(Run run) {
            showFace();
            if (session.selected().filter(s -> s.id().equals(run.id())).isPresent()) {
              showCurves();
            }
          }

          @Override
          public void watchedChanged() {
            training.watch(session.isWatched());
          }

          @Override
          public void selectionChanged() {
            showFace();
            showCurves();
            showLayers();
          }
        });
    showFace();
    showCurves();
    showLayers();
    view.showQueue(shownQueue, shownIdle);
  }

  /** The user gives a command; one that is not possible now does nothing. */
  public void give(Command command) {
    if (!possibleCommands().contains(command)) {
      return;
    }
    boolean idle = session.active().isEmpty();
    switch (command) {
      case START -> begin(Training.Beginning.RUN);
      case QUEUE -> {
        List<Experiment> longer = new ArrayList<>(session.queue());
        longer.add(session.planned().orElseThrow());
        session.setQueue(longer);
      }
      case PAUSE -> training.pause();
      case RESUME -> training.resume();
      case STEP -> {
        if (idle) {
          begin(Training.Beginning.ONE_BATCH);
        } else {
          training.step();
        }
      }
      case STOP -> training.stop();
    }
  }

  /** The user pressed the key that starts, pauses and resumes. */
  public void toggle() {
    Set<Command> possible = possibleCommands();
    for (Command command : new Command[] {Command.PAUSE, Command.RESUME, Command.START}) {
      if (possible.contains(command)) {
        give(command);
        return;
      }
    }
  }

  private void begin(Training.Beginning beginning) {
    Experiment experiment = session.planned().orElseThrow();
    DataSplit data = session.split(experiment.data().name()).orElseThrow();
    start(session.begin(experiment), data, beginning);
  }

  private void start(Run run, DataSplit data, Training.Beginning beginning) {
    RunRecorder recorder = new RunRecorder(session, run.id());
    LayerLog log = new LayerLog();
    logs.put(run.id(), log);
    training.start(
        run.experiment(),
        data,
        beginning,
        progress -> {
          boolean observed = false;
          for (RunEvent event : progress.events()) {
            if (event instanceof RunEvent.Observed seen) {
              log.add(seen.observation());
              observed = true;
            }
          }
          recorder.accept(progress);
          if (observed && isSelected(run.id())) {
            showLayers();
          }
          runOver(run.id());
        });
  }

  /** A run has said something; if it was the last thing, the next of the queue begins. */
  public void runOver(RunId id) {
    if (session.active().isEmpty() && !session.queue().isEmpty()) {
      before = id;
      nextOfQueue();
    }
  }

  /**
   * Begins the run whose turn it is, or fails it, once it is known whether its images are there.
   */
  private void nextOfQueue() {
    RunId last = before;
    while (last != null && session.active().isEmpty() && !session.queue().isEmpty()) {
      String data = session.queue().get(0).data().name();
      session.want(data);
      if (session.data(data) instanceof DataState.Missing missing) {
        session.update(take(last).failed(missing.reason()));
      } else if (session.data(data) instanceof DataState.Ready ready) {
        before = null;
        start(take(last), ready.split(), Training.Beginning.RUN);
        return;
      } else {
        return; // they are on their way
      }
    }
  }

  /** Takes the run whose turn it is; whoever looked at the one before it goes along. */
  private Run take(RunId last) {
    List<Experiment> waiting = session.queue();
    Experiment next = waiting.get(0);
    session.setQueue(waiting.subList(1, waiting.size()));
    return isSelected(last) || session.selected().isEmpty()
        ? session.begin(next)
        : session.beginBehind(next);
  }

  /** The user no longer wants what waits. */
  public void queueCleared() {
    session.setQueue(List.of());
  }

  /** The user wants what waits to begin, although no run has just ended. */
  public void queueBegun() {
    before = session.selected().map(Run::id).orElse(new RunId(0));
    nextOfQueue();
  }

  private boolean isSelected(RunId id) {
    return session.selected().filter(r -> r.id().equals(id)).isPresent();
  }

  private void showQueue() {
    List<String> names = session.queue().stream().map(Experiment::name).toList();
    boolean idle = session.active().isEmpty();
    if (!names.equals(shownQueue) || idle != shownIdle) {
      shownQueue = names;
      shownIdle = idle;
      view.showQueue(names, idle);
    }
  }

  private void showLayers() {
    view.showLayers(
        session
            .selected()
            .filter(r -> logs.containsKey(r.id()))
            .map(r -> logOf(r).faces(r.experiment().model()))
            .orElse(List.of()));
  }

  private LayerLog logOf(Run run) {
    return logs.getOrDefault(run.id(), new LayerLog());
  }

  private Set<Command> possibleCommands() {
    Optional<Run> active = session.active();
    if (active.isPresent()) {
      Set<Command> commands =
          active.get().state() == RunState.PAUSED
              ? EnumSet.of(Command.RESUME, Command.STEP, Command.STOP)
              : EnumSet.of(Command.PAUSE, Command.STEP, Command.STOP);
      if (session.planned().isPresent()) {
        commands.add(Command.QUEUE);
      }
      return commands;
    }
    return session.split().isPresent() && session.planned().isPresent()
        ? EnumSet.of(Command.START, Command.STEP)
        : EnumSet.noneOf(Command.class);
  }

  private void showCurves() {
    view.showCurves(session.selected().map(RunCurves::of));
  }

  private void showFace() {
    showQueue();
    Optional<Run> selected = session.selected();
    Run progressing = session.active().or(() -> selected).orElse(null);
    view.showFace(
        new TrainingFace(
            selected.map(r -> moodOf(r.state())).orElse(TrainingFace.Mood.EMPTY),
            selected.map(Run::name).orElse(Texts.get("training.empty.title")),
            message(selected.orElse(null)),
            possibleCommands(),
            startHint(),
            progressing == null ? 0 : progressing.progress(),
            progressText(progressing),
            selected.map(this::figuresOf).orElse(TrainingFigures.NONE)));
  }

  private static TrainingFace.Mood moodOf(RunState state) {
    return switch (state) {
      case RUNNING -> TrainingFace.Mood.RUNNING;
      case PAUSED -> TrainingFace.Mood.PAUSED;
      case COMPLETED, STOPPED_EARLY -> TrainingFace.Mood.DONE;
      case CANCELLED -> TrainingFace.Mood.STOPPED;
      case DIVERGED, FAILED -> TrainingFace.Mood.WRONG;
    };
  }

  private String message(@Nullable Run run) {
    if (session.planned().isEmpty() && session.active().isEmpty()) {
      return Texts.get("training.invalid.message");
    }
    if (run == null) {
      return Texts.get("training.empty.message");
    }
    return switch (run.state()) {
      case RUNNING ->
          run.newestBatch() == null
              ? Texts.get("training.preparing.message")
              : Texts.get("training.running.message");
      case PAUSED -> Texts.get("training.paused.message");
      case COMPLETED ->
          Texts.format(
              "training.completed.message",
              run.history().size(),
              Figures.percent(run.bestValidationAccuracy().orElse(Double.NaN)),
              new ClassWords(run.experiment().data().classNames()).thing());
      case STOPPED_EARLY -> Texts.format("training.stoppedEarly.message", run.message());
      case CANCELLED -> cancelledMessage(run);
      case DIVERGED -> Texts.format("training.diverged.message", epochOf(run));
      case FAILED -> Texts.format("training.failed.message", run.message());
    };
  }

  private static String cancelledMessage(Run run) {
    BatchCompleted batch = run.newestBatch();
    return batch == null
        ? Texts.get("training.cancelledAtOnce.message")
        : Texts.format(
            "training.cancelled.message", batch.epoch(), batch.batch(), batch.stepsPerEpoch());
  }

  private static int epochOf(Run run) {
    return run.history().size() + 1;
  }

  private String startHint() {
    DataState data = session.data();
    if (data instanceof DataState.Missing) {
      return Texts.get("training.hint.dataMissing");
    } else if (!(data instanceof DataState.Ready)) {
      return Texts.get("training.hint.dataLoading");
    } else if (session.planned().isEmpty()) {
      return Texts.get("training.hint.invalid");
    }
    return Texts.get("training.hint.start");
  }

  private static String progressText(@Nullable Run run) {
    if (run == null) {
      return "";
    }
    int epochs = run.experiment().training().epochs();
    BatchCompleted batch = run.newestBatch();
    if (batch == null) {
      return Texts.format("training.progress.begin", epochs);
    }
    if (run.state() == RunState.COMPLETED) {
      return Texts.format("training.progress.done", epochs);
    }
    return Texts.format(
        "training.progress",
        batch.epoch(),
        epochs,
        Figures.count(batch.batch()),
        Figures.count(batch.stepsPerEpoch()));
  }

  private TrainingFigures figuresOf(Run run) {
    EpochRecord epoch = run.lastEpoch();
    BatchCompleted batch = run.newestBatch();
    double trainAccuracy = Double.NaN;
    if (epoch != null) {
      trainAccuracy = epoch.trainAccuracy();
    } else if (batch != null) {
      trainAccuracy = (double) batch.correct() / batch.rows();
    }
    double speed = imagesPerSecond(run);
    boolean active = run.state().isActive();
    double seconds = active ? secondsLeft(run, speed) : run.seconds();
    return new TrainingFigures(
        Figures.percent(trainAccuracy),
        epoch == null ? Figures.NONE : Figures.percent(epoch.validationAccuracy()),
        epoch == null ? Figures.NONE : Figures.percent(epoch.testAccuracy()),
        Double.isNaN(speed) ? Figures.NONE : Figures.count(Math.round(speed)),
        Figures.duration(seconds),
        active);
  }

  private static double imagesPerSecond(Run run) {
    BatchCompleted batch = run.newestBatch();
    if (batch == null || batch.epochSeconds() <= 0) {
      return Double.NaN;
    }
    long rows =
        Math.min((long) batch.batch() * run.experiment().training().batchSize(), run.trainRows());
    return rows / batch.epochSeconds();
  }

  private double secondsLeft(Run run, double imagesPerSecond) {
    double rows = (double) run.trainRows() * run.experiment().training().epochs();
    int evaluations = run.experiment().training().epochs() - run.history().size();
    return rows * (1 - run.progress()) / imagesPerSecond
        + evaluations * logOf(run).evaluationSeconds();
  }
}
