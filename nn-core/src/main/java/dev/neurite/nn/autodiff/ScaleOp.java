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
    CompressedRows elements = x.compressed();
    this.y =
        elements == null
            ? Tape.result(x.rows(), x.columns(), x)
            : new Variable(x.rows(), x.columns(), elements.withOwnValues());
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
      scaled.setRows(elements.rows());
      workers
          .kernels()
          .scale(factor, elements.values(), scaled.values(), 0, elements.size(), Write.OVERWRITE);
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
