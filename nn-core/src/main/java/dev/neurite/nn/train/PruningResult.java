package dev.neurite.nn.train;

import dev.neurite.nn.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * What came of a pruning run.
 *
 * @param model the pruned model
 * @param rounds rounds that were begun
 * @param training how the training of the last round ended; null if there was none
 */
public record PruningResult(Model model, int rounds, @Nullable TrainingResult training) {
  /** Whether somebody asked it to stop before its end. */
  public boolean isCancelled() {
    return training != null && training.outcome() == TrainingResult.Outcome.CANCELLED;
  }
}
