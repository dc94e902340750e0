package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;

/**
 * {@code Σ (X - T)² / (rows · columns)}; gradient {@code dX = 2 (X - T) / (rows · columns) ·
 * dLoss}, and the negative for T.
 */
final class MeanSquaredErrorOp implements Op {
  private final Variable x;
  private final Variable target;
  private final Variable loss;

  MeanSquaredErrorOp(Variable x, Variable target) {
    Tape.requireSameShape("meanSquaredError", x, target);
    this.x = x;
    this.target = target;
    this.loss = Tape.result(1, 1, x, target);
  }

  @Override
  public Variable output() {
    return loss;
  }

  @Override
  public void forward(Workers workers, int step) {
    Tape.requireSameShape("meanSquaredError", x, target);
    float[] xs = x.data();
    float[] ts = target.data();
    int size = x.size();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double difference = (double) xs[i] - ts[i];
      sum += difference * difference;
    }
    loss.data()[0] = (float) (sum / size);
  }

  @Override
  public void backward(Workers workers) {
    float factor = 2 * loss.gradientData()[0] / x.size();
    addGradient(x, factor);
    addGradient(target, -factor);
  }

  private void addGradient(Variable input, float factor) {
    if (!input.needsGradient()) {
      return;
    }
    Write write = input.nextWrite();
    float[] xs = x.data();
    float[] ts = target.data();
    float[] gradient = input.gradientData();
    int size = x.size();
    for (int i = 0; i < size; i++) {
      float added = factor * (xs[i] - ts[i]);
      gradient[i] = write == Write.OVERWRITE ? added : gradient[i] + added;
    }
  }
}
