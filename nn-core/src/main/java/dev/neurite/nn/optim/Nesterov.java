package dev.neurite.nn.optim;

/**
 * Gradient descent with Nesterov momentum: {@code v = μ·v + g; w -= η·(g + μ·v)}, the rate outside
 * the velocity.
 *
 * <p>Source: Sutskever et al., "On the importance of initialization and momentum", 2013, in the
 * form of PyTorch's SGD with {@code nesterov}.
 *
 * @param momentum μ in [0, 1)
 */
public record Nesterov(double momentum) implements UpdateRule {
  /** Checks μ. */
  public Nesterov {
    UpdateRule.checkUnit("momentum", momentum);
  }

  /** The usual μ = 0.9. */
  public Nesterov() {
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
      float gradient = step.gradient(g[i], w[i]);
      float v = UpdateStep.withoutTiny(mu * velocity[i] + gradient);
      velocity[i] = v;
      w[i] = w[i] * decay - rate * (gradient + mu * v);
    }
  }
}
