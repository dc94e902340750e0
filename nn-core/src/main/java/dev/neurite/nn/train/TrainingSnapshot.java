package dev.neurite.nn.train;

import dev.neurite.nn.model.Model;
import dev.neurite.nn.optim.OptimizerState;
import dev.neurite.nn.schedule.PlateauState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a run needs to go on as if it had never stopped; nothing in it changes any more.
 *
 * @param spec how the model is trained
 * @param trainRows rows of the training data
 * @param model a copy of the model
 * @param optimizer the optimiser's state
 * @param progress where in the run it is
 * @param plateau the state of the plateau schedule
 * @param best the best epoch so far of a run with early stopping, or null
 * @param history the epochs that were completed
 */
public record TrainingSnapshot(
    TrainingSpec spec,
    int trainRows,
    Model model,
    OptimizerState optimizer,
    Progress progress,
    PlateauState plateau,
    @Nullable Best best,
    List<EpochRecord> history) {
  /**
   * Where a run is.
   *
   * @param epochsDone completed epochs
   * @param batchesDone batches done in the epoch after them
   * @param lossSum sum over the rows of those batches of the loss
   * @param correct rows of those batches that were right
   * @param epochSeconds seconds spent in those batches
   * @param seconds seconds of the run before, with evaluation
   */
  public record Progress(
      int epochsDone,
      int batchesDone,
      double lossSum,
      int correct,
      double epochSeconds,
      double seconds) {
    /** Checks that no count is negative. */
    public Progress {
      if (epochsDone < 0 || batchesDone < 0 || correct < 0) {
        throw new IllegalArgumentException(
            "a run cannot have done %d epochs and %d batches with %d right"
                .formatted(epochsDone, batchesDone, correct));
      }
    }
  }

  /**
   * The best epoch so far.
   *
   * @param epoch its number, from 1
   * @param cost its monitored figure, lower is better
   * @param model a copy of the model after it
   */
  public record Best(int epoch, double cost, Model model) {}

  /** Checks that the parts belong to one run, and keeps the history as it is now. */
  public TrainingSnapshot {
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(plateau, "plateau");
    history = List.copyOf(history);
    if (trainRows < 1
        || progress.epochsDone() > spec.epochs()
        || progress.epochsDone() != history.size()
        || progress.batchesDone() >= spec.stepsPerEpoch(Math.max(1, trainRows))) {
      throw new IllegalArgumentException(
          "%s does not fit a history of %d epochs, %d epochs to run and %d rows"
              .formatted(progress, history.size(), spec.epochs(), trainRows));
    }
  }
}
