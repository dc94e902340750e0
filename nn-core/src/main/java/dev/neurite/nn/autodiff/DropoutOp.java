package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.RangeTask;
import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;
import dev.neurite.nn.random.RandomStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Inverted dropout: {@code Y = X ∘ M}, M being 0 with probability {@code dropRate}, else {@code 1 /
 * (1 - dropRate)}; gradient {@code dX = dY ∘ M}.
 *
 * <p>M is a pure function of the stream, the tape's step and the element's place. Source:
 * Srivastava et al., "Dropout", 2014, in the form that scales while training.
 */
final class DropoutOp implements Op {
  /** Making a mask costs more than a sum, so smaller parts pay. */
  private static final int SMALLEST_PART = 1 << 13;

  private final Variable x;
  private final Variable y;
  private final RangeTask forwardPart;
  private final RangeTask gradientPart;
  private int step;
  private Write write = Write.OVERWRITE;

  DropoutOp(Variable x, float dropRate, RandomStream stream) {
    if (!(dropRate >= 0 && dropRate < 1)) {
      throw new IllegalArgumentException("dropRate must be in [0, 1), received " + dropRate);
    }
    this.x = x;
    this.y = Tape.result(x.rows(), x.columns(), x);
    FMatrixRMaj mask = new FMatrixRMaj(x.rows(), x.columns());
    forwardPart =
        (k, from, to) -> k.dropout(stream, step, dropRate, x.data(), y.data(), mask.data, from, to);
    gradientPart =
        (k, from, to) -> k.multiply(y.gradientData(), mask.data, x.gradientData(), from, to, write);
  }

  @Override
  public Variable output() {
    return y;
  }

  @Override
  public void forward(Workers workers, int newStep) {
    step = newStep;
    y.setRows(x.rows());
    workers.run(forwardPart, y.size(), SMALLEST_PART);
  }

  @Override
  public void backward(Workers workers) {
    write = x.nextWrite();
    workers.run(gradientPart, y.size(), ELEMENTWISE_PART);
  }
}
