package dev.neurite.nn.optim;

/**
 * RMSprop: {@code v = ρ·v + (1-ρ)·g²; w -= η · g / (√v + ε)}.
 *
 * <p>Source: Tieleman and Hinton, lecture 6.5, 2012, with ε outside the root as in PyTorch.
 *
 * @param decayRate ρ in [0, 1)
 * @param epsilon ε in (0, 1)
 */
public record RmsProp(double decayRate, double epsilon) implements UpdateRule {
  /** Checks ρ and ε. */
  public RmsProp {
    UpdateRule.checkUnit("decayRate", decayRate);
    UpdateRule.checkEpsilon(epsilon);
  }

  /** The usual ρ = 0.99 and ε = 1e-8. */
  public RmsProp() {
    this(0.99, 1e-8);
  }

  @Override
  public double defaultLearningRate() {
    return 0.001;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void apply(UpdateStep step, float[] w, float[] g, float[][] state, int from, int to) {
    float[] squares = state[0];
    float rate = step.learningRate();
    float decay = step.decay();
    float rho = (float) decayRate;
    float rest = (float) (1 - decayRate);
    float eps = (float) epsilon;
    for (int i = from; i < to; i++) {
      float gradient = step.gradient(g[i], w[i]);
      float v = UpdateStep.squareWithoutTiny(rho * squares[i] + rest * gradient * gradient);
      squares[i] = v;
      w[i] = w[i] * decay - rate * gradient / ((float) Math.sqrt(v) + eps);
    }
  }
}
