package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;

/**
 * The sum or the mean of all elements; gradient {@code dX = dY · 1}, divided by the size for the
 * mean.
 */
final class SumOp implements Op {
  /** What the sum is divided by. */
  enum Reduction {
    SUM,
    MEAN
  }

  private final Variable x;
  private final Reduction reduction;
  private final Variable y;

  SumOp(Variable x, Reduction reduction) {
    this.x = x;
    this.reduction = reduction;
    this.y = Tape.result(1, 1, x);
  }

  @Override
  public Variable output() {
    return y;
  }

  private int divisor() {
    return reduction == Reduction.MEAN ? x.size() : 1;
  }

  @Override
  public void forward(Workers workers, int step) {
    float[] xs = x.data();
    int size = x.size();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += xs[i];
    }
    y.data()[0] = (float) (sum / divisor());
  }

  @Override
  public void backward(Workers workers) {
    Write write = x.nextWrite();
    float[] gradient = x.gradientData();
    float added = y.gradientData()[0] / divisor();
    int size = x.size();
    for (int i = 0; i < size; i++) {
      gradient[i] = write == Write.OVERWRITE ? added : gradient[i] + added;
    }
  }
}
