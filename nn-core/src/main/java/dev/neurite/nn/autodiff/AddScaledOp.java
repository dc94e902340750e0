package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.RangeTask;
import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;

/**
 * {@code Y = A + factor · B} of equal shapes; gradients {@code dA = dY}, {@code dB = factor · dY}.
 */
final class AddScaledOp implements Op {
  private final String name;
  private final Variable a;
  private final Variable b;
  private final float factor;
  private final Variable y;
  private final RangeTask forwardPart;
  private final RangeTask gradientPart;
  private Variable receiver;
  private float receiverFactor;
  private Write write = Write.OVERWRITE;

  AddScaledOp(String name, Variable a, float factor, Variable b) {
    Tape.requireSameShape(name, a, b);
    this.name = name;
    this.a = a;
    this.b = b;
    this.factor = factor;
    this.y = Tape.result(a.rows(), a.columns(), a, b);
    this.receiver = a;
    forwardPart = (k, from, to) -> k.addScaled(a.data(), factor, b.data(), y.data(), from, to);
    gradientPart =
        (k, from, to) ->
            k.scale(receiverFactor, y.gradientData(), receiver.gradientData(), from, to, write);
  }

  @Override
  public Variable output() {
    return y;
  }

  @Override
  public void forward(Workers workers, int step) {
    Tape.requireSameShape(name, a, b);
    y.setRows(a.rows());
    workers.run(forwardPart, y.size(), ELEMENTWISE_PART);
  }

  @Override
  public void backward(Workers workers) {
    addGradient(workers, a, 1);
    addGradient(workers, b, factor);
  }

  private void addGradient(Workers workers, Variable input, float inputFactor) {
    if (input.needsGradient()) {
      receiver = input;
      receiverFactor = inputFactor;
      write = input.nextWrite();
      workers.run(gradientPart, y.size(), ELEMENTWISE_PART);
    }
  }
}
