package dev.neurite.nn.optim;

/**
 * Gradient descent with heavy-ball momentum: {@code v = μ·v + g; w -= η·v}, the rate outside the
 * velocity.
 *
 * <p>Source: Polyak 1964, in the form of PyTorch's SGD with dampening 0.
 *
 * @param momentum μ in [0, 1)
 */
public record Momentum(double momentum) implements UpdateRule {
  /** Checks μ. */
  public Momentum {
    UpdateRule.checkUnit("momentum", momentum);
  }

  /** The usual μ = 0.9. */
  public Momentum() {
    this(0.9);
  }

  @Override
  public double defaultLearningRate() {
    return 0.05;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void apply(UpdateStep step, float[] w, float[] g, float[][] state, int from, int to) {
    float[] velocity = state[0];
    float rate = step.learningRate();
    float decay = step.decay();
    float mu = (float) momentum;
    for (int i = from; i < to; i++) {
      float v = UpdateStep.withoutTiny(mu * velocity[i] + step.gradient(g[i], w[i]));
      velocity[i] = v;
      w[i] = w[i] * decay - rate * v;
    }
  }
}
