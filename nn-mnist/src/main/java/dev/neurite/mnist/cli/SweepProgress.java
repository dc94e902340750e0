package dev.neurite.mnist.cli;

import dev.neurite.mnist.sweep.SweepListener;
import dev.neurite.mnist.sweep.Trial;
import dev.neurite.mnist.sweep.TrialRecord;
import dev.neurite.nn.train.TrainingEvent;
import java.io.PrintStream;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows a sweep: one bar over all its trials on a terminal, and a line for each trial. What is left
 * is judged by multiplications, so that small and large networks count for what they cost.
 */
final class SweepProgress implements SweepListener, AutoCloseable {
  /** Steps of the bar. */
  private static final long SHARES = 1000;

  private static final int BATCHES_BETWEEN = 10;

  private final PrintStream out;
  private final ToDoubleFunction<Trial> work;
  private final double allWork;
  private final int trials;
  private final long startNanos = System.nanoTime();
  private final Map<Trial, Integer> epochs = new IdentityHashMap<>();
  private final Map<Trial, Double> running = new IdentityHashMap<>();
  private final @Nullable ProgressBar bar;
  private double doneWork;
  private int finished;

  /**
   * Begins to show.
   *
   * @param trials number of trials of the whole sweep
   * @param finished how many of them were finished before
   * @param pending the others
   * @param work how much a trial costs, in any unit
   * @param interactive whether a bar can be drawn
   */
  SweepProgress(
      PrintStream out,
      int trials,
      int finished,
      Iterable<Trial> pending,
      ToDoubleFunction<Trial> work,
      boolean interactive) {
    this.out = out;
    this.work = work;
    this.trials = trials;
    this.finished = finished;
    double sum = 0;
    for (Trial trial : pending) {
      sum += work.applyAsDouble(trial);
    }
    allWork = sum;
    bar =
        interactive && finished < trials
            ? Terminal.bar("Sweep", SHARES).setUnit(" %", SHARES / 100).build()
            : null;
  }

  @Override
  public void on(Trial trial, TrainingEvent event) {
    if (bar == null) {
      return;
    }
    if (event instanceof TrainingEvent.Started started) {
      epochs.put(trial, started.spec().epochs());
    } else if (event instanceof TrainingEvent.BatchCompleted batch
        && batch.batch() % BATCHES_BETWEEN == 0) {
      double done = batch.epoch() - 1 + (double) batch.batch() / batch.stepsPerEpoch();
      double share = done / epochs.getOrDefault(trial, batch.epoch());
      running.put(trial, share * work.applyAsDouble(trial));
      show(bar);
    }
  }

  @Override
  public void on(Trial trial, TrialRecord record) {
    running.remove(trial);
    doneWork += work.applyAsDouble(trial);
    finished++;
    double seconds = (System.nanoTime() - startNanos) * 1e-9;
    double left = seconds * (allWork - doneWork) / doneWork;
    String line =
        String.format(
            Locale.ROOT,
            "%2d/%d  %s seed %d  %s  %.1f s%s",
            finished,
            trials,
            trial.words(),
            trial.seed(),
            record.failed()
                ? "failed: " + record.message()
                : String.format(
                    Locale.ROOT,
                    "validation %.2f %%  test %.2f %%",
                    100 * record.validationAccuracy(),
                    100 * record.testAccuracy()),
            record.seconds(),
            finished < trials ? String.format(Locale.ROOT, ", about %.0f s left", left) : "");
    if (bar == null) {
      out.println(line);
    } else {
      bar.setExtraMessage(line);
      show(bar);
    }
  }

  private void show(ProgressBar shown) {
    double done = doneWork + running.values().stream().mapToDouble(Double::doubleValue).sum();
    shown.stepTo(Math.round(SHARES * done / allWork));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
