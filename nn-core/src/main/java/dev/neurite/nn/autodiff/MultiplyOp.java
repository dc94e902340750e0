package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.RangeTask;
import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;

/** {@code Y = A ∘ B}, elementwise; gradients {@code dA = dY ∘ B}, {@code dB = dY ∘ A}. */
final class MultiplyOp implements Op {
  private final Variable a;
  private final Variable b;
  private final Variable y;
  private final RangeTask forwardPart;
  private final RangeTask gradientPart;
  private Variable receiver;
  private Variable other;
  private Write write = Write.OVERWRITE;

  MultiplyOp(Variable a, Variable b) {
    Tape.requireSameShape("multiply", a, b);
    this.a = a;
    this.b = b;
    this.y = Tape.result(a.rows(), a.columns(), a, b);
    this.receiver = a;
    this.other = b;
    forwardPart =
        (k, from, to) -> k.multiply(a.data(), b.data(), y.data(), from, to, Write.OVERWRITE);
    gradientPart =
        (k, from, to) ->
            k.multiply(y.gradientData(), other.data(), receiver.gradientData(), from, to, write);
  }

  @Override
  public Variable output() {
    return y;
  }

  @Override
  public void forward(Workers workers, int step) {
    Tape.requireSameShape("multiply", a, b);
    y.setRows(a.rows());
    workers.run(forwardPart, y.size(), ELEMENTWISE_PART);
  }

  @Override
  public void backward(Workers workers) {
    addGradient(workers, a, b);
    addGradient(workers, b, a);
  }

  private void addGradient(Workers workers, Variable input, Variable factor) {
    if (input.needsGradient()) {
      receiver = input;
      other = factor;
      write = input.nextWrite();
      workers.run(gradientPart, y.size(), ELEMENTWISE_PART);
    }
  }
}
