package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.RangeTask;
import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;

/** {@code Y = factor · X}; gradient {@code dX = factor · dY}. */
final class ScaleOp implements Op {
  private final Variable x;
  private final float factor;
  private final Variable y;
  private final RangeTask forwardPart;
  private final RangeTask gradientPart;
  private Write write = Write.OVERWRITE;

  ScaleOp(Variable x, float factor) {
    this.x = x;
    this.factor = factor;
    this.y =
        x.compressed() == null
            ? Tape.result(x.rows(), x.columns(), x)
            : new Variable(x.rows(), x.columns(), new CompressedRows(x.rows(), x.columns()));
    forwardPart = (k, from, to) -> k.scale(factor, x.data(), y.data(), from, to, Write.OVERWRITE);
    gradientPart =
        (k, from, to) -> k.scale(factor, y.gradientData(), x.gradientData(), from, to, write);
  }

  @Override
  public Variable output() {
    return y;
  }

  @Override
  public void forward(Workers workers, int step) {
    y.setRows(x.rows());
    CompressedRows elements = x.compressed();
    CompressedRows scaled = y.compressed();
    if (elements != null && scaled != null) {
      scaled.followScaled(elements, factor);
      return;
    }
    workers.run(forwardPart, y.size(), ELEMENTWISE_PART);
  }

  @Override
  public void backward(Workers workers) {
    write = x.nextWrite();
    workers.run(gradientPart, y.size(), ELEMENTWISE_PART);
  }
}
