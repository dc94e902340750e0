package dev.neurite.mnist.sweep;

import dev.neurite.nn.train.TrainingResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a trial came to.
 *
 * @param key which trial
 * @param outcome how the training ended; it was not cancelled
 * @param message the same in a sentence
 * @param validationAccuracy share of the validation images; NaN if it failed
 * @param validationLoss on the validation images; NaN if it failed
 * @param testAccuracy share of the test images, reported only; NaN if it failed
 * @param parameters weights and biases
 * @param epochs that were completed
 * @param seconds of training and evaluation
 */
public record TrialRecord(
    Key key,
    TrainingResult.Outcome outcome,
    String message,
    double validationAccuracy,
    double validationLoss,
    double testAccuracy,
    int parameters,
    int epochs,
    double seconds) {
  /**
   * All that the figures depend on. Two trials with the same key have the same network, to the bit.
   *
   * @param settings of the training; their order does not matter
   * @param seed of the training
   * @param data name of the data
   * @param kernel name of the arithmetic
   */
  public record Key(Map<String, String> settings, long seed, String data, String kernel) {
    /** Keeps the settings in their order. */
    public Key {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }

  /** Checks that the trial has ended. */
  public TrialRecord {
    if (outcome == TrainingResult.Outcome.CANCELLED) {
      throw new IllegalArgumentException("a cancelled training is no finished trial");
    }
  }

  /** Whether there are no figures: the training diverged. */
  public boolean failed() {
    return outcome == TrainingResult.Outcome.DIVERGED;
  }
}
