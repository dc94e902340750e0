package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.explorer.session.PruningRecord.Stage;
import dev.neurite.explorer.session.Snapshots;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.eval.LayerDiagnoser;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.PruningEvent;
import dev.neurite.nn.train.PruningResult;
import dev.neurite.nn.train.PruningRun;
import dev.neurite.nn.train.PruningSpec;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingResult;
import dev.neurite.nn.train.TrainingResult.Outcome;
import dev.neurite.nn.train.TrainingSnapshot;
import dev.neurite.nn.train.TrainingSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains on the {@code trainer} thread, which alone touches the engine and the model in training.
 *
 * <p>It freezes a copy of the model before the first batch, after epochs that are worth keeping, at
 * a pause, at the end, and in between at most every {@link #FREEZE_MILLISECONDS} while somebody
 * looks at its answers, so that what is drawn is answered by a model that learns before the user's
 * eyes. Whatever it does beside the batches, it does so rarely that training hardly slows down.
 */
public final class TrainingService implements Training, AutoCloseable {
  /** Shortest time between two copies while somebody looks at the answers. */
  static final long FREEZE_MILLISECONDS = 250;

  /**
   * Shortest time between two deliveries to the event thread while somebody looks at the answers.
   */
  private static final long TELL_MILLISECONDS = 250;

  /** The same while only curves and figures follow the run. */
  private static final long UNSEEN_TELL_MILLISECONDS = 500;

  /** The same while nobody does; the copy is there for whoever begins to, or saves it. */
  private static final long UNSEEN_FREEZE_MILLISECONDS = 2000;

  /**
   * Shortest time between two checkpoints: so much work at most is lost when the epochs are short.
   */
  private static final long CHECKPOINT_MILLISECONDS = 2000;

  /** The model of an epoch is put aside after this, when newer ones answer. */
  private static final long PUT_ASIDE_MILLISECONDS = 1000;

  /** Shortest time between two looks at the layers. */
  private static final long OBSERVE_MILLISECONDS = 1000;

  /** The rest after a checkpoint, a look or an unseen copy, in times of what it took. */
  private static final int LONG_REST = 100;

  /** The rest after a copy that somebody waits for, in times of what it took. */
  private static final int SHORT_REST = 20;

  /** Examples that layers are looked at with: enough to tell a dead unit from a rare one. */
  private static final int OBSERVED_ROWS = 250;

  private final EngineSpec engineSpec;
  private final EventThread eventThread;
  private final Worker trainer = new Worker("trainer");

  /** The engine; only the trainer thread uses it. */
  private @Nullable Engine engine;

  private volatile @Nullable TrainingControl active;

  private volatile boolean isWatched;

  /**
   * A service without a run; the thread starts with the first one.
   *
   * @param engineSpec what to train on
   * @param eventThread where events go
   */
  public TrainingService(EngineSpec engineSpec, EventThread eventThread) {
    this.engineSpec = engineSpec;
    this.eventThread = eventThread;
  }

  @Override
  public void start(
      Experiment experiment, DataSplit data, Beginning beginning, Consumer<RunProgress> receiver) {
    begin(
        beginning,
        receiver,
        (control, relay) -> {
          Model model = Model.create(experiment.model(), experiment.training().seed());
          DataSplit learned = experiment.prepared(data);
          Trainer run = new Trainer(model, experiment.training(), learned, engine());
          Narrator narrator = new Narrator(relay, data, 0, List.of());
          narrator.round(model, run.spec());
          run.run(control, event -> narrator.on(event, run::snapshot));
          return narrator.end();
        });
  }

  @Override
  public void prune(
      PruningOrder order, Predictor parent, DataSplit data, Consumer<RunProgress> receiver) {
    begin(Beginning.RUN, receiver, (control, relay) -> prune(order, parent, data, control, relay));
  }

  @Override
  public void goOn(
      Experiment experiment,
      Checkpoint checkpoint,
      @Nullable PruningOrder order,
      List<EpochRecord> history,
      DataSplit data,
      Consumer<RunProgress> receiver) {
    List<EpochRecord> earlier = List.copyOf(history.subList(0, checkpoint.epochsBefore()));
    begin(
        Beginning.RUN,
        receiver,
        (control, relay) ->
            goOn(checkpoint, order, earlier, experiment.prepared(data), control, relay));
  }

  /** A run, on the trainer thread; gives back the last event. */
  @FunctionalInterface
  private interface Work {
    RunEvent run(TrainingControl control, EventRelay relay);
  }

  private void begin(Beginning beginning, Consumer<RunProgress> receiver, Work work) {
    if (active != null) {
      throw new IllegalStateException("a run is still going on");
    }
    TrainingControl control = new TrainingControl();
    if (beginning == Beginning.ONE_BATCH) {
      control.step();
    }
    active = control;
    EventRelay relay =
        new EventRelay(
            eventThread,
            System::nanoTime,
            () -> isWatched ? TELL_MILLISECONDS : UNSEEN_TELL_MILLISECONDS,
            receiver);
    trainer.execute(() -> train(work, control, relay));
  }

  @Override
  public void pause() {
    TrainingControl control = active;
    if (control != null) {
      control.pause();
    }
  }

  @Override
  public void resume() {
    TrainingControl control = active;
    if (control != null) {
      control.resume();
    }
  }

  @Override
  public void step() {
    TrainingControl control = active;
    if (control != null) {
      control.step();
    }
  }

  @Override
  public void stop() {
    TrainingControl control = active;
    if (control != null) {
      control.cancel();
    }
  }

  @Override
  public void watch(boolean newWatched) {
    isWatched = newWatched;
  }

  /** Stops the run, then ends the engine and the thread; returns at once. */
  @Override
  public void close() {
    stop();
    trainer.execute(this::closeEngine);
    trainer.end();
  }

  /**
   * Waits until the thread has ended; not for the event thread.
   *
   * @return whether it has
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return trainer.awaitEnd(longest);
  }

  private void train(Work work, TrainingControl control, EventRelay relay) {
    RunEvent last;
    try {
      last = work.run(control, relay);
    } catch (RuntimeException | Error e) { // the user is told; the thread lives on
      last = new RunEvent.Failed(reason(e));
    }
    active = null; // before the last event: whoever hears of the end may start again
    relay.offer(last);
  }

  private RunEvent prune(
      PruningOrder order,
      Predictor parent,
      DataSplit data,
      TrainingControl control,
      EventRelay relay) {
    ModelMeter meter = new ModelMeter(data, engine());
    Model model = parent.model();
    relay.offer(new RunEvent.Measured(Stage.BEFORE, meter.measure(model)));
    relay.offer(new RunEvent.Measured(Stage.PRUNED, meter.measure(order.prune(model))));
    Narrator narrator = new Narrator(relay, data, 0, List.of());
    PruningSpec spec = order.spec(model, data.train().size());
    return pruneRounds(order.withLessDropout(model), spec, meter, narrator, data, control, relay);
  }

  private RunEvent pruneRounds(
      Model model,
      PruningSpec spec,
      ModelMeter meter,
      Narrator narrator,
      DataSplit data,
      TrainingControl control,
      EventRelay relay) {
    PruningRun run = new PruningRun(model, null, spec, data, engine());
    @Nullable TrainingSpec fineTuning = spec.fineTuning();
    PruningResult result =
        run.run(
            control,
            event -> {
              if (event instanceof PruningEvent.RoundStarted && fineTuning != null) {
                narrator.round(run.model(), fineTuning);
              } else if (event instanceof PruningEvent.Trained trained) {
                narrator.on(trained.event(), run::snapshot);
              }
            });
    return finish(result.model(), meter, narrator, relay);
  }

  private RunEvent finish(Model model, ModelMeter meter, Narrator narrator, EventRelay relay) {
    relay.offer(new RunEvent.Frozen(new Predictor(model, engineSpec)));
    relay.offer(new RunEvent.Measured(Stage.TUNED, meter.measure(model)));
    return narrator.end();
  }

  private RunEvent goOn(
      Checkpoint checkpoint,
      @Nullable PruningOrder order,
      List<EpochRecord> earlier,
      DataSplit data,
      TrainingControl control,
      EventRelay relay) {
    Trainer run = Trainer.resume(checkpoint.snapshot(), data, engine());
    Narrator narrator = new Narrator(relay, data, checkpoint.epochsBefore(), earlier);
    narrator.round(run.model(), run.spec());
    TrainingResult result = run.run(control, event -> narrator.on(event, run::snapshot));
    if (order == null) {
      return narrator.end();
    }
    ModelMeter meter = new ModelMeter(data, engine());
    int nextRound = checkpoint.epochsBefore() / order.epochs() + 2;
    if (result.outcome() == Outcome.COMPLETED && nextRound <= order.rounds()) {
      PruningSpec rest = order.specFromRound(nextRound, run.model(), data.train().size());
      return pruneRounds(run.model(), rest, meter, narrator, data, control, relay);
    }
    return finish(run.model(), meter, narrator, relay);
  }

  private Engine engine() {
    Engine current = engine;
    if (current == null) {
      current = new Engine(engineSpec);
      engine = current;
    }
    return current;
  }

  private void closeEngine() {
    Engine current = engine;
    if (current != null) {
      current.close();
      engine = null;
    }
  }

  private static String reason(Throwable fault) {
    String message = fault.getMessage();
    return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
  }

  /**
   * Tells the rounds of training of a run as one, with what belongs to it: frozen models,
   * checkpoints, looks at the layers. On the trainer thread.
   */
  private final class Narrator {
    private final EventRelay relay;
    private final DataSplit data;
    private List<EpochRecord> earlier;
    private int epochsBefore;
    private double secondsBefore;
    private boolean hasStarted;
    private final Pace checkpoints = new Pace(CHECKPOINT_MILLISECONDS, LONG_REST);
    private @Nullable Freezer freezer;
    private @Nullable Observer observer;
    private @Nullable TrainingResult lastResult;

    /**
     * Begins a story.
     *
     * @param epochsBefore epochs of earlier rounds
     * @param earlier their figures
     */
    Narrator(EventRelay relay, DataSplit data, int epochsBefore, List<EpochRecord> earlier) {
      this.relay = relay;
      this.data = data;
      this.epochsBefore = epochsBefore;
      this.earlier = earlier;
    }

    /** A round begins. */
    void round(Model model, TrainingSpec spec) {
      freezer = new Freezer(model, spec, relay, epochsBefore);
      observer = new Observer(model, spec, data, relay);
    }

    void on(TrainingEvent event, Supplier<TrainingSnapshot> snapshot) {
      if (freezer != null && observer != null) {
        freezer.on(event);
        observer.on(event);
      }
      TrainingEvent told = Rounds.told(event, epochsBefore, earlier, secondsBefore);
      if (told instanceof TrainingEvent.Ended ended) {
        lastResult = ended.result();
        earlier = ended.result().history();
        epochsBefore = earlier.size();
        secondsBefore = ended.result().seconds();
        return;
      }
      if (!(told instanceof TrainingEvent.Started) || !hasStarted) {
        relay.offer(new RunEvent.Trained(told));
      }
      hasStarted = true;
      if (isCheckpointDue(event)) {
        long begun = System.nanoTime();
        relay.offer(new RunEvent.Checkpointed(new Checkpoint(snapshot.get(), epochsBefore)));
        checkpoints.end(begun);
      }
    }

    /** A checkpoint at the beginning, at a pause, and after the epochs that are not too short. */
    private boolean isCheckpointDue(TrainingEvent event) {
      return event instanceof TrainingEvent.Paused
          || ((event instanceof TrainingEvent.Started
                  || event instanceof TrainingEvent.EpochCompleted)
              && checkpoints.isDue());
    }

    RunEvent end() {
      TrainingResult result = lastResult;
      if (result == null) {
        throw new IllegalStateException("the run has not ended");
      }
      return new RunEvent.Trained(new TrainingEvent.Ended(result));
    }
  }

  /** Looks at the layers at the right moments; on the trainer thread. */
  private final class Observer {
    private final Model model;
    private final TrainingSpec spec;
    private final Dataset examples;
    private final EventRelay relay;
    private @Nullable LayerDiagnoser diagnoser;
    private final Pace looks = new Pace(OBSERVE_MILLISECONDS, LONG_REST);
    private long lastBatchNanos;
    private double evaluationSeconds;

    Observer(Model model, TrainingSpec spec, DataSplit data, EventRelay relay) {
      this.model = model;
      this.spec = spec;
      this.examples = data.validation().size() > 0 ? data.validation() : data.train();
      this.relay = relay;
    }

    void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.EpochCompleted) {
        evaluationSeconds = (System.nanoTime() - lastBatchNanos) * 1e-9;
      }
      boolean wanted =
          event instanceof TrainingEvent.EpochCompleted
              || event instanceof TrainingEvent.BatchCompleted
              || event instanceof TrainingEvent.Paused;
      if (wanted && (event instanceof TrainingEvent.Paused || looks.isDue())) {
        long begun = System.nanoTime();
        relay.offer(new RunEvent.Observed(new Observation(evaluationSeconds, diagnoser().look())));
        looks.end(begun);
      }
      lastBatchNanos = System.nanoTime();
    }

    private LayerDiagnoser diagnoser() {
      LayerDiagnoser current = diagnoser;
      if (current == null) {
        int rows = Math.min(OBSERVED_ROWS, examples.size());
        current = new LayerDiagnoser(model, spec.loss(), examples, rows, engine());
        diagnoser = current;
      }
      return current;
    }
  }

  /** Copies the model at the right moments; on the trainer thread. */
  private final class Freezer {
    private final Model model;
    private final TrainingSpec spec;
    private final EventRelay relay;
    private final int epochsBefore;
    private final Pace seen = new Pace(FREEZE_MILLISECONDS, SHORT_REST);
    private final Pace unseen = new Pace(UNSEEN_FREEZE_MILLISECONDS, LONG_REST);
    private final Deque<OfEpoch> inMemory = new ArrayDeque<>();
    private int epochStride = 1;
    private int keptEpochs;

    Freezer(Model model, TrainingSpec spec, EventRelay relay, int epochsBefore) {
      this.model = model;
      this.spec = spec;
      this.relay = relay;
      this.epochsBefore = epochsBefore;
    }

    void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.Started started) {
        freeze(started.firstEpoch() - 1);
      } else if (event instanceof TrainingEvent.EpochCompleted completed
          && isKept(completed.record().epoch())) {
        freeze(completed.record().epoch());
      } else if (event instanceof TrainingEvent.Paused
          || event instanceof TrainingEvent.Ended
          || (isWatched ? seen : unseen).isDue()) {
        freeze();
      }
    }

    /** Whether the model after an epoch stays: the last one, and of a long run every n-th. */
    private boolean isKept(int epoch) {
      if (epoch % epochStride != 0 && epoch != spec.epochs()) {
        return false;
      }
      if (++keptEpochs == Snapshots.MOST_OF_A_RUN) {
        keptEpochs /= 2;
        epochStride *= 2;
      }
      return true;
    }

    private void freeze(int epoch) {
      Predictor frozen = freeze();
      relay.offer(new RunEvent.EpochFrozen(epochsBefore + epoch, frozen));
      putOldAside();
      inMemory.add(new OfEpoch(frozen, System.nanoTime()));
    }

    /** Where they are looked at rarely, they must not be what collections have to copy. */
    private void putOldAside() {
      long due = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PUT_ASIDE_MILLISECONDS);
      for (OfEpoch oldest = inMemory.peek();
          oldest != null && oldest.nanos() - due < 0;
          oldest = inMemory.peek()) {
        inMemory.remove().frozen().putAside();
      }
    }

    private Predictor freeze() {
      long begun = System.nanoTime();
      Predictor frozen = new Predictor(model, engineSpec);
      relay.offer(new RunEvent.Frozen(frozen));
      seen.end(begun);
      unseen.end(begun);
      return frozen;
    }
  }

  /** The model of an epoch and when it was frozen. */
  private record OfEpoch(Predictor frozen, long nanos) {}

  /** When something is due that may be done only every so often; on the trainer thread. */
  private static final class Pace {
    private final long shortestNanos;
    private final int rest;
    private long dueNanos = System.nanoTime();

    Pace(long shortestMilliseconds, int rest) {
      this.rest = rest;
      shortestNanos = TimeUnit.MILLISECONDS.toNanos(shortestMilliseconds);
    }

    boolean isDue() {
      return System.nanoTime() - dueNanos >= 0;
    }

    /**
     * It is done; the next time comes after a rest that is long beside what it took.
     *
     * @param begunNanos when it was begun, of {@link System#nanoTime}
     */
    void end(long begunNanos) {
      long now = System.nanoTime();
      dueNanos = now + Math.max(shortestNanos, rest * (now - begunNanos));
    }
  }
}
