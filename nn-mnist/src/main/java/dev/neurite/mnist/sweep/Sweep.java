package dev.neurite.mnist.sweep;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.eval.Evaluation;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Trains the trials that are not finished yet, several at once, each on one thread. */
public final class Sweep {
  /** Makes what trains a trial. */
  @FunctionalInterface
  public interface TrainerFactory {
    /**
     * A trainer at its beginning.
     *
     * @param engine with one thread
     */
    Trainer trainer(Trial trial, Engine engine);
  }

  private final TrialJournal journal;
  private final DataSplit data;
  private final String dataName;
  private final EngineSpec engine;
  private final TrainerFactory factory;
  private final SweepListener listener;

  /**
   * Prepares a sweep.
   *
   * @param journal what is finished, and where to write what will be
   * @param data what to rank by and to report on
   * @param dataName what the data are called in records
   * @param engine the kernel, and how many trials run at once
   * @param factory makes the trainers
   * @param listener hears of everything
   * @throws IllegalArgumentException if there is no validation or test image
   */
  public Sweep(
      TrialJournal journal,
      DataSplit data,
      String dataName,
      EngineSpec engine,
      TrainerFactory factory,
      SweepListener listener) {
    if (data.validation().size() == 0 || data.test().size() == 0) {
      throw new IllegalArgumentException(
          "received %d validation and %d test images; a sweep needs both"
              .formatted(data.validation().size(), data.test().size()));
    }
    this.journal = journal;
    this.data = data;
    this.dataName = dataName;
    this.engine = engine;
    this.factory = factory;
    this.listener = listener;
  }

  /**
   * Runs to the end, or until it is cancelled; trials that have not ended then are forgotten.
   *
   * @param trials those that are to be done
   * @throws IOException if a finished trial cannot be written; the others are stopped
   */
  public void run(List<Trial> trials, TrainingControl control) throws IOException {
    int workers = Math.min(engine.threads(), trials.size());
    if (workers == 0) {
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "nn-sweep-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        tasks.add(
            () -> {
              work(trials, next, control);
              return null;
            });
      }
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (InterruptedException e) {
      control.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the sweep was interrupted");
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private static IOException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error fault) {
      throw fault;
    }
    if (cause instanceof RuntimeException fault) {
      throw fault;
    }
    return cause instanceof IOException fault ? fault : new IOException(cause);
  }

  /** Takes trial after trial; a failure of its own ends the others too. */
  private void work(List<Trial> trials, AtomicInteger next, TrainingControl control)
      throws IOException {
    boolean ended = false;
    try (Engine own = new Engine(engine.singleThreaded())) {
      for (int i = next.getAndIncrement();
          i < trials.size() && !control.isCancelled();
          i = next.getAndIncrement()) {
        Trial trial = trials.get(i);
        try {
          train(trial, own, control);
        } catch (IllegalArgumentException | IllegalStateException e) {
          throw new IllegalStateException(trial.words() + ": " + e.getMessage(), e);
        }
      }
      ended = true;
    } finally {
      if (!ended) {
        control.cancel();
      }
    }
  }

  private void train(Trial trial, Engine own, TrainingControl control) throws IOException {
    Trainer trainer = factory.trainer(trial, own);
    TrainingResult result =
        trainer.run(
            control,
            event -> {
              synchronized (listener) {
                listener.on(trial, event);
              }
            });
    if (result.outcome() == TrainingResult.Outcome.CANCELLED) {
      return;
    }
    TrialRecord record = record(trial, trainer, result, own);
    journal.add(record);
    synchronized (listener) {
      listener.on(trial, record);
    }
  }

  private TrialRecord record(Trial trial, Trainer trainer, TrainingResult result, Engine own) {
    TrialRecord.Key key = key(trial, dataName, own.kernelName());
    int parameters = trainer.model().spec().parameterCount();
    double validationAccuracy = Double.NaN;
    double validationLoss = Double.NaN;
    double testAccuracy = Double.NaN;
    if (result.outcome() != TrainingResult.Outcome.DIVERGED) {
      Evaluator evaluator = new Evaluator(trainer.model(), trainer.spec().loss(), own);
      Evaluation validation = evaluator.evaluate(data.validation());
      validationAccuracy = validation.accuracy();
      validationLoss = validation.meanLoss();
      testAccuracy = evaluator.evaluate(data.test()).accuracy();
    }
    return new TrialRecord(
        key,
        result.outcome(),
        result.message(),
        validationAccuracy,
        validationLoss,
        testAccuracy,
        parameters,
        result.history().size(),
        result.seconds());
  }

  /** What the figures of a trial depend on. */
  public static TrialRecord.Key key(Trial trial, String dataName, String kernel) {
    return new TrialRecord.Key(trial.settings(), trial.seed(), dataName, kernel);
  }
}
