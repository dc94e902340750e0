package dev.neurite.mnist.cli;

import dev.neurite.mnist.experiment.Contender;
import dev.neurite.mnist.experiment.ExperimentListener;
import dev.neurite.mnist.experiment.ExperimentSpec;
import dev.neurite.mnist.experiment.TrainedNetwork;
import dev.neurite.nn.train.TrainingEvent;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows an experiment: one bar over all its steps on a terminal, and a line for each network. */
final class ExperimentProgress implements ExperimentListener, AutoCloseable {
  private final PrintStream out;
  private final ExperimentSpec spec;
  private final long startNanos = System.nanoTime();
  private final @Nullable ProgressBar bar;
  private int finished;

  /**
   * Begins to show.
   *
   * @param steps of the whole experiment
   * @param interactive whether a bar can be drawn
   */
  ExperimentProgress(PrintStream out, ExperimentSpec spec, long steps, boolean interactive) {
    this.out = out;
    this.spec = spec;
    out.printf(
        "%d networks: %s, each with %d seeds%n",
        networks(), "Simple, Wide and pruned Wide", spec.seeds());
    bar = interactive ? Terminal.bar("Experiment", steps).build() : null;
  }

  private int networks() {
    return spec.seeds() * Contender.values().length;
  }

  @Override
  public void on(Contender contender, long seed, TrainingEvent event) {
    if (bar != null && event instanceof TrainingEvent.BatchCompleted batch) {
      bar.step();
      if (batch.batch() == 1) {
        bar.setExtraMessage(
            "%s, seed %d, epoch %d/%d"
                .formatted(contender.title(), seed, batch.epoch(), spec.epochs(contender)));
      }
    }
  }

  @Override
  public void on(TrainedNetwork network) {
    finished++;
    String line =
        String.format(
            Locale.ROOT,
            "%2d/%d  seed %d  %-12s test %.2f %%  validation %.2f %%  %.1f s",
            finished,
            networks(),
            network.seed(),
            network.contender().title(),
            100 * network.test().accuracy(),
            100 * network.validationAccuracy(),
            (System.nanoTime() - startNanos) * 1e-9);
    if (bar == null) {
      out.println(line);
    } else {
      bar.setExtraMessage(line);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
