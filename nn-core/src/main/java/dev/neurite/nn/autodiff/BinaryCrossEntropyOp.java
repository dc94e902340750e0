package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;

/**
 * Mean over all elements of the cross-entropy between sigmoid(X) and targets in [0, 1], from
 * logits: {@code max(x, 0) - x·t + log(1 + exp(-|x|))}, which neither overflows nor loses the small
 * probabilities.
 *
 * <p>Gradient {@code dX = (sigmoid(X) - T) / (rows · columns) · dLoss}; none flows to the targets.
 */
final class BinaryCrossEntropyOp implements Op {
  private final Variable x;
  private final Variable target;
  private final Variable loss;

  BinaryCrossEntropyOp(Variable x, Variable target) {
    Tape.requireSameShape("binaryCrossEntropy", x, target);
    if (target.needsGradient()) {
      throw new IllegalArgumentException(
          "binaryCrossEntropy: targets must be a variable without gradient");
    }
    this.x = x;
    this.target = target;
    this.loss = Tape.result(1, 1, x);
  }

  @Override
  public Variable output() {
    return loss;
  }

  @Override
  public void forward(Workers workers, int step) {
    Tape.requireSameShape("binaryCrossEntropy", x, target);
    float[] xs = x.data();
    float[] ts = target.data();
    int size = x.size();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double logit = xs[i];
      sum += Math.max(logit, 0) - logit * ts[i] + Math.log1p(Math.exp(-Math.abs(logit)));
    }
    loss.data()[0] = (float) (sum / size);
  }

  @Override
  public void backward(Workers workers) {
    Write write = x.nextWrite();
    float[] xs = x.data();
    float[] ts = target.data();
    float[] gradient = x.gradientData();
    int size = x.size();
    double factor = (double) loss.gradientData()[0] / size;
    for (int i = 0; i < size; i++) {
      float added = (float) (factor * (1 / (1 + Math.exp(-(double) xs[i])) - ts[i]));
      gradient[i] = write == Write.OVERWRITE ? added : gradient[i] + added;
    }
  }
}
