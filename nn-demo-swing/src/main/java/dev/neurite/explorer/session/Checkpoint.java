package dev.neurite.explorer.session;

import dev.neurite.nn.train.TrainingSnapshot;

/**
 * A place from which a run can go on.
 *
 * @param snapshot of the training, in pruning in rounds of the round that runs
 * @param epochsBefore epochs of the rounds before; 0 elsewhere
 */
public record Checkpoint(TrainingSnapshot snapshot, int epochsBefore) {
  /** Checks the number. */
  public Checkpoint {
    if (epochsBefore < 0) {
      throw new IllegalArgumentException(
          "epochsBefore must be at least 0, received " + epochsBefore);
    }
  }

  /** Epochs of the run that are done. */
  public int epochsDone() {
    return epochsBefore + snapshot.progress().epochsDone();
  }
}
