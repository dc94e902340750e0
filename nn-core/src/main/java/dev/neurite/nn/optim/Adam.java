package dev.neurite.nn.optim;

/**
 * Adam: {@code m = β1·m + (1-β1)·g; v = β2·v + (1-β2)·g²; w -= η/(1-β1ᵗ) · m / (√v/√(1-β2ᵗ) + ε)}.
 *
 * <p>Source: Kingma and Ba, "Adam", 2015, algorithm 1, so ε stands beside the corrected root. With
 * decoupled weight decay in the {@link OptimizerSpec} it is AdamW (Loshchilov and Hutter 2019).
 *
 * @param beta1 decay of the mean of gradients, in [0, 1)
 * @param beta2 decay of the mean of squares, in [0, 1)
 * @param epsilon ε in (0, 1)
 */
public record Adam(double beta1, double beta2, double epsilon) implements UpdateRule {
  /** Checks β1, β2 and ε. */
  public Adam {
    UpdateRule.checkUnit("beta1", beta1);
    UpdateRule.checkUnit("beta2", beta2);
    UpdateRule.checkEpsilon(epsilon);
  }

  /** The usual β1 = 0.9, β2 = 0.999 and ε = 1e-8. */
  public Adam() {
    this(0.9, 0.999, 1e-8);
  }

  @Override
  public double defaultLearningRate() {
    return 0.001;
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void apply(UpdateStep step, float[] w, float[] g, float[][] state, int from, int to) {
    float[] means = state[0];
    float[] squares = state[1];
    float decay = step.decay();
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float rest1 = (float) (1 - beta1);
    float rest2 = (float) (1 - beta2);
    float eps = (float) epsilon;
    float rate = (float) (step.learningRate() / (1 - Math.pow(beta1, step.number())));
    float correction = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step.number())));
    for (int i = from; i < to; i++) {
      float gradient = step.gradient(g[i], w[i]);
      float m = UpdateStep.withoutTiny(b1 * means[i] + rest1 * gradient);
      float v = UpdateStep.squareWithoutTiny(b2 * squares[i] + rest2 * gradient * gradient);
      means[i] = m;
      squares[i] = v;
      w[i] = w[i] * decay - rate * m / ((float) Math.sqrt(v) * correction + eps);
    }
  }
}
