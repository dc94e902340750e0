package dev.neurite.mnist.cli;

import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingListener;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows a run: a bar over all its batches on a terminal, and a line for each epoch. */
final class TrainingConsole implements TrainingListener {
  private final PrintStream out;
  private final boolean interactive;

  /** What stands before the number of the epoch. */
  private final String phase;

  private int epochs;
  private int stepsPerEpoch;
  private long rowsOfEpoch;
  private @Nullable ProgressBar bar;

  TrainingConsole(PrintStream out, boolean interactive) {
    this(out, interactive, "");
  }

  /**
   * Shows a run that is one of several.
   *
   * @param phase which, for example {@code Round 2/5}; empty for the only one
   */
  TrainingConsole(PrintStream out, boolean interactive, String phase) {
    this.out = out;
    this.interactive = interactive;
    this.phase = phase.isEmpty() ? "" : phase + ", ";
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      start(started);
    } else if (event instanceof TrainingEvent.BatchCompleted batch) {
      show(batch);
    } else if (event instanceof TrainingEvent.EpochCompleted epoch) {
      closeBar();
      out.println(line(epoch.record()) + (epoch.best() ? "  best so far" : ""));
    } else if (event instanceof TrainingEvent.Ended ended) {
      closeBar();
      out.println("Training ended: " + ended.result().message());
    }
  }

  private void start(TrainingEvent.Started started) {
    epochs = started.spec().epochs();
    stepsPerEpoch = started.stepsPerEpoch();
    out.printf(
        "Training %s (%,d parameters) on %,d images: %d epochs of %d batches%n",
        started.model().widths(),
        started.model().parameterCount(),
        started.trainRows(),
        epochs,
        stepsPerEpoch);
  }

  private void show(TrainingEvent.BatchCompleted batch) {
    if (!interactive) {
      return;
    }
    if (bar == null) {
      rowsOfEpoch = 0;
      bar =
          Terminal.bar("%sEpoch %d/%d".formatted(phase, batch.epoch(), epochs), stepsPerEpoch)
              .showSpeed()
              .build();
      bar.stepTo(batch.batch() - 1L);
    }
    rowsOfEpoch += batch.rows();
    bar.step();
    if (batch.batch() % 20 == 0) {
      bar.setExtraMessage(
          String.format(
              Locale.ROOT,
              "%,.0f images/s  loss %.4f",
              rowsOfEpoch / Math.max(1e-9, batch.epochSeconds()),
              batch.loss()));
    }
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** The figures of an epoch in one line, without those of data that there is none of. */
  static String line(EpochRecord e) {
    return String.format(
            Locale.ROOT,
            "epoch %3d  loss %.4f  accuracy %6.2f %%",
            e.epoch(),
            e.trainLoss(),
            100 * e.trainAccuracy())
        + figures("validation", e.validationLoss(), e.validationAccuracy())
        + figures("test", e.testLoss(), e.testAccuracy())
        + String.format(Locale.ROOT, "  rate %.2e  %.2f s", e.learningRate(), e.seconds());
  }

  private static String figures(String data, double loss, double accuracy) {
    return Double.isNaN(loss) && Double.isNaN(accuracy)
        ? ""
        : String.format(Locale.ROOT, "  %s %.4f %6.2f %%", data, loss, 100 * accuracy);
  }
}
