package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Experiment;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.eval.LayerDiagnosis;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingSpec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains on the {@code trainer} thread, which alone touches the engine and the model in training.
 *
 * <p>It freezes a copy of the model before the first batch, after every epoch, at a pause, at the
 * end, and in between at most every {@link #FREEZE_MILLISECONDS}, so that what is drawn is answered
 * by a model that learns before the user's eyes.
 */
public final class TrainingService implements Training, AutoCloseable {
  /** Shortest time between two copies within an epoch. */
  static final long FREEZE_MILLISECONDS = 250;

  /** Shortest time between two looks at the layers. */
  private static final long OBSERVE_MILLISECONDS = 1000;

  /** Examples that layers are looked at with: enough to tell a dead unit from a rare one. */
  private static final int OBSERVED_ROWS = 250;

  private final EngineSpec engineSpec;
  private final EventThread eventThread;
  private final Worker trainer = new Worker("trainer");

  /** The engine; only the trainer thread uses it. */
  private @Nullable Engine engine;

  private volatile @Nullable TrainingControl active;

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
    if (active != null) {
      throw new IllegalStateException("a run is still going on");
    }
    TrainingControl control = new TrainingControl();
    if (beginning == Beginning.ONE_BATCH) {
      control.step();
    }
    active = control;
    EventRelay relay = new EventRelay(eventThread, System::nanoTime, receiver);
    trainer.execute(() -> train(experiment, data, control, relay));
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

  private void train(
      Experiment experiment, DataSplit data, TrainingControl control, EventRelay relay) {
    RunEvent last;
    try {
      last = run(experiment, data, control, relay);
    } catch (RuntimeException | Error e) { // the user is told; the thread lives on
      last = new RunEvent.Failed(reason(e));
    }
    active = null; // before the last event: whoever hears of the end may start again
    relay.offer(last);
  }

  /** Runs to the end; gives back the last event. */
  private RunEvent run(
      Experiment experiment, DataSplit data, TrainingControl control, EventRelay relay) {
    Model model = Model.create(experiment.model(), experiment.training().seed());
    Trainer run = new Trainer(model, experiment.training(), data, engine());
    Freezer freezer = new Freezer(model, relay);
    Observer observer = new Observer(model, experiment.training(), data, relay);
    RunEvent.Trained[] last = new RunEvent.Trained[1];
    run.run(
        control,
        event -> {
          RunEvent.Trained trained = new RunEvent.Trained(event);
          freezer.on(event);
          observer.on(event);
          if (event instanceof TrainingEvent.Ended) {
            last[0] = trained;
          } else {
            relay.offer(trained);
          }
        });
    return last[0];
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

  /** Looks at the layers at the right moments; on the trainer thread. */
  private final class Observer {
    private final Model model;
    private final TrainingSpec spec;
    private final Dataset examples;
    private final EventRelay relay;
    private long lastNanos =
        System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(OBSERVE_MILLISECONDS);
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
      boolean due =
          event instanceof TrainingEvent.Paused
              || System.nanoTime() - lastNanos
                  >= TimeUnit.MILLISECONDS.toNanos(OBSERVE_MILLISECONDS);
      if (wanted && due) {
        int rows = Math.min(OBSERVED_ROWS, examples.size());
        relay.offer(
            new RunEvent.Observed(
                new Observation(
                    evaluationSeconds,
                    LayerDiagnosis.of(model, spec.loss(), examples, rows, engine()))));
        lastNanos = System.nanoTime();
      }
      lastBatchNanos = System.nanoTime();
    }
  }

  /** Copies the model at the right moments; on the trainer thread. */
  private final class Freezer {
    private final Model model;
    private final EventRelay relay;
    private long lastNanos;

    Freezer(Model model, EventRelay relay) {
      this.model = model;
      this.relay = relay;
    }

    void on(TrainingEvent event) {
      boolean due =
          !(event instanceof TrainingEvent.BatchCompleted)
              || System.nanoTime() - lastNanos
                  >= TimeUnit.MILLISECONDS.toNanos(FREEZE_MILLISECONDS);
      if (due && !(event instanceof TrainingEvent.Resumed)) {
        Predictor frozen = new Predictor(model, engineSpec);
        relay.offer(new RunEvent.Frozen(frozen));
        if (event instanceof TrainingEvent.Started) {
          relay.offer(new RunEvent.EpochFrozen(0, frozen));
        } else if (event instanceof TrainingEvent.EpochCompleted epoch) {
          relay.offer(new RunEvent.EpochFrozen(epoch.record().epoch(), frozen));
        }
        lastNanos = System.nanoTime();
      }
    }
  }
}
