package dev.neurite.nn.io;

import dev.neurite.nn.train.TrainingResult;
import dev.neurite.nn.train.TrainingSpec;
import java.util.Objects;

/**
 * How a saved model was trained and what came of it.
 *
 * @param spec how
 * @param result what came of it, with the history
 */
public record TrainingRecord(TrainingSpec spec, TrainingResult result) {
  /** Checks that both are there. */
  public TrainingRecord {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(result, "result");
  }
}
