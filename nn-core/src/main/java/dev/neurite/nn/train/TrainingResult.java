package dev.neurite.nn.train;

import java.util.List;
import java.util.Objects;

/**
 * How a run ended.
 *
 * @param outcome why it ended
 * @param message the same in one sentence
 * @param history the epochs that were completed
 * @param bestEpoch number of the epoch whose weights the model has where early stopping chose them;
 *     0 where nothing was chosen
 * @param seconds of training and evaluation, pauses not counted
 */
public record TrainingResult(
    Outcome outcome, String message, List<EpochRecord> history, int bestEpoch, double seconds) {
  /** Why a run ended. */
  public enum Outcome {
    /** All epochs are done. */
    COMPLETED,
    /** The validation figure did not get better for the patience. */
    STOPPED_EARLY,
    /** Somebody asked it to stop; the model keeps what it has learned. */
    CANCELLED,
    /** The loss or a weight was not finite; the model is as it was when that was seen. */
    DIVERGED
  }

  /** Keeps the history as it is now. */
  public TrainingResult {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(message, "message");
    history = List.copyOf(history);
  }
}
