package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.RangeTask;
import dev.neurite.nn.kernel.Workers;

/**
 * Mean over the rows of the cross-entropy between softmax(X) and labels, from logits.
 *
 * <p>With {@code T = onehot · (1 - s) + s / classes} the loss is {@code -Σ T ∘ log softmax(X) /
 * rows}, the gradient {@code dX = (softmax(X) - T) / rows · dLoss}.
 */
final class SoftmaxCrossEntropyOp implements Op {
  /** Elements of a part that is worth another thread. */
  private static final int SMALLEST_PART = 1 << 9;

  private final RangeTask forwardRows = this::forwardRows;
  private final Variable x;
  private final int[] labels;
  private final float smoothing;
  private final float[] probabilities;
  private final double[] losses;
  private final Variable loss;

  SoftmaxCrossEntropyOp(Variable x, int[] labels, float smoothing) {
    if (labels.length < x.rows()) {
      throw new IllegalArgumentException(
          "softmaxCrossEntropy: logits are %s, received %d labels"
              .formatted(x.shape(), labels.length));
    }
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("labelSmoothing must be in [0, 1), received " + smoothing);
    }
    this.x = x;
    this.labels = labels;
    this.smoothing = smoothing;
    this.probabilities = new float[x.size()];
    this.losses = new double[x.rows()];
    this.loss = Tape.result(1, 1, x);
  }

  @Override
  public Variable output() {
    return loss;
  }

  @Override
  public void forward(Workers workers, int step) {
    int rows = x.rows();
    for (int i = 0; i < rows; i++) {
      if (labels[i] < 0 || labels[i] >= x.columns()) {
        throw new IllegalArgumentException(
            "softmaxCrossEntropy: label %d of row %d is not in 0...%d"
                .formatted(labels[i], i, x.columns() - 1));
      }
    }
    workers.run(forwardRows, rows, SMALLEST_PART / x.columns() + 1);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += losses[i];
    }
    loss.data()[0] = (float) (sum / rows);
  }

  private void forwardRows(Kernels kernels, int from, int to) {
    kernels.softmaxCrossEntropy(
        x.columns(), smoothing, x.data(), labels, probabilities, losses, from, to);
  }

  @Override
  public void backward(Workers workers) {
    float factor = loss.gradientData()[0] / x.rows();
    workers
        .kernels()
        .softmaxCrossEntropyBackward(
            x.columns(),
            smoothing,
            factor,
            probabilities,
            labels,
            x.gradientData(),
            0,
            x.rows(),
            x.nextWrite());
  }
}
