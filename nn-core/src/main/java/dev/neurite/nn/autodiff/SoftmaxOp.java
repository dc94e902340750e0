package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.Workers;

/**
 * Softmax of each row; gradient {@code dX = Y ∘ (dY - rowsum(dY ∘ Y))}.
 *
 * <p>For training a classifier prefer {@link SoftmaxCrossEntropyOp}, which is exact where this one
 * saturates.
 */
final class SoftmaxOp implements Op {
  private final Variable x;
  private final Variable y;

  SoftmaxOp(Variable x) {
    this.x = x;
    this.y = Tape.result(x.rows(), x.columns(), x);
  }

  @Override
  public Variable output() {
    return y;
  }

  @Override
  public void forward(Workers workers, int step) {
    y.setRows(x.rows());
    workers.kernels().softmax(x.columns(), x.data(), y.data(), 0, x.rows());
  }

  @Override
  public void backward(Workers workers) {
    workers
        .kernels()
        .softmaxBackward(
            x.columns(), y.data(), y.gradientData(), x.gradientData(), 0, x.rows(), x.nextWrite());
  }
}
