package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.RangeTask;
import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;

/** {@code Y = f(X)}, elementwise; gradient {@code dX = f'(X) ∘ dY}. */
final class ActivationOp implements Op {
  /** An activation costs more than a sum, so smaller parts pay. */
  private static final int SMALLEST_PART = 1 << 13;

  private final Variable x;
  private final Variable y;
  private final RangeTask forwardPart;
  private final RangeTask gradientPart;
  private Write write = Write.OVERWRITE;

  ActivationOp(ActivationFunction f, float slope, Variable x) {
    this.x = x;
    this.y = Tape.result(x.rows(), x.columns(), x);
    forwardPart = (k, from, to) -> k.activate(f, slope, x.data(), y.data(), from, to);
    gradientPart =
        (k, from, to) ->
            k.activateBackward(
                f, slope, x.data(), y.data(), y.gradientData(), x.gradientData(), from, to, write);
  }

  @Override
  public Variable output() {
    return y;
  }

  @Override
  public void forward(Workers workers, int step) {
    y.setRows(x.rows());
    workers.run(forwardPart, y.size(), SMALLEST_PART);
  }

  @Override
  public void backward(Workers workers) {
    write = x.nextWrite();
    workers.run(gradientPart, y.size(), SMALLEST_PART);
  }
}
