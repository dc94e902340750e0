package dev.neurite.nn.eval;

import dev.neurite.nn.autodiff.Tape;
import dev.neurite.nn.autodiff.Variable;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.ModelSpec;
import java.util.Locale;

/** What training makes small. */
public enum Loss {
  /** Cross-entropy with class labels; the network's last activation is softmax. */
  SOFTMAX_CROSS_ENTROPY,
  /** Cross-entropy of each output with a target in [0, 1]; the last activation is sigmoid. */
  BINARY_CROSS_ENTROPY,
  /** Mean over outputs and rows of the squared difference to the target. */
  MEAN_SQUARED_ERROR;

  /** The loss that belongs to a network's last activation. */
  public static Loss defaultFor(ModelSpec spec) {
    return switch (spec.outputLayer().activation().function()) {
      case SOFTMAX -> SOFTMAX_CROSS_ENTROPY;
      case SIGMOID -> BINARY_CROSS_ENTROPY;
      default -> MEAN_SQUARED_ERROR;
    };
  }

  /**
   * Checks that this loss can be computed for a network.
   *
   * @throws IllegalArgumentException if the last activation does not fit
   */
  public void requireFits(ModelSpec spec) {
    Activation.Function last = spec.outputLayer().activation().function();
    boolean fits =
        switch (this) {
          case SOFTMAX_CROSS_ENTROPY -> last == Activation.Function.SOFTMAX;
          case BINARY_CROSS_ENTROPY -> last == Activation.Function.SIGMOID;
          case MEAN_SQUARED_ERROR -> true;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "%s does not fit a network whose last activation is %s".formatted(this, last.label()));
    }
  }

  /** Whether it compares with class labels instead of target numbers. */
  boolean usesLabels() {
    return this == SOFTMAX_CROSS_ENTROPY;
  }

  /** Records the loss of a network's sums before and values after the last activation. */
  Variable record(
      Tape tape,
      Variable logits,
      Activation last,
      Variable targets,
      int[] labels,
      float labelSmoothing) {
    return switch (this) {
      case SOFTMAX_CROSS_ENTROPY -> tape.softmaxCrossEntropy(logits, labels, labelSmoothing);
      case BINARY_CROSS_ENTROPY -> tape.binaryCrossEntropy(logits, targets);
      case MEAN_SQUARED_ERROR -> tape.meanSquaredError(last.apply(tape, logits), targets);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
