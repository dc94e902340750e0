package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.Workers;

/** {@code Σ x²} over all elements; gradient {@code dX = 2 · dY · X}. */
final class SquaredNormOp implements Op {
  private final Variable x;
  private final Variable y;

  SquaredNormOp(Variable x) {
    this.x = x;
    this.y = Tape.result(1, 1, x);
  }

  @Override
  public Variable output() {
    return y;
  }

  @Override
  public void forward(Workers workers, int step) {
    y.data()[0] = (float) workers.kernels().squaredNorm(x.data(), 0, x.size());
  }

  @Override
  public void backward(Workers workers) {
    workers
        .kernels()
        .scale(2 * y.gradientData()[0], x.data(), x.gradientData(), 0, x.size(), x.nextWrite());
  }
}
