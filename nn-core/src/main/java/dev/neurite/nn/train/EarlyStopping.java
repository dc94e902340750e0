package dev.neurite.nn.train;

import java.util.Objects;

/**
 * Ends a run that no longer gets better on the validation data, and brings back its best weights.
 *
 * @param patienceEpochs epochs without improvement after which the run ends, at least 1
 * @param minimumImprovement an improvement must be larger than this, at least 0
 * @param monitor what is looked at
 */
public record EarlyStopping(int patienceEpochs, double minimumImprovement, Monitor monitor) {
  /** The validation figure that is looked at. */
  public enum Monitor {
    /** Mean loss, lower is better. */
    VALIDATION_LOSS,
    /** Share of correct examples, higher is better. */
    VALIDATION_ACCURACY;

    /** The figure of an epoch, turned so that lower is better. */
    double costOf(EpochRecord epoch) {
      return switch (this) {
        case VALIDATION_LOSS -> epoch.validationLoss();
        case VALIDATION_ACCURACY -> -epoch.validationAccuracy();
      };
    }
  }

  /** Checks the numbers. */
  public EarlyStopping {
    Objects.requireNonNull(monitor, "monitor");
    if (patienceEpochs < 1) {
      throw new IllegalArgumentException(
          "patienceEpochs must be at least 1, received " + patienceEpochs);
    }
    if (!(minimumImprovement >= 0 && minimumImprovement < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "minimumImprovement must be a finite number from 0, received " + minimumImprovement);
    }
  }

  /** Any improvement of the validation loss counts. */
  public EarlyStopping(int patienceEpochs) {
    this(patienceEpochs, 0, Monitor.VALIDATION_LOSS);
  }
}
