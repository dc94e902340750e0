package dev.neurite.nn.optim;

/**
 * Adagrad: {@code s += g²; w -= η · g / (√s + ε)}, s starting at 0.
 *
 * <p>Source: Duchi, Hazan and Singer, 2011, with ε outside the root as in PyTorch.
 *
 * @param epsilon ε in (0, 1)
 */
public record Adagrad(double epsilon) implements UpdateRule {
  /** Checks ε. */
  public Adagrad {
    UpdateRule.checkEpsilon(epsilon);
  }

  /** The usual ε = 1e-10. */
  public Adagrad() {
    this(1e-10);
  }

  @Override
  public double defaultLearningRate() {
    return 0.01;
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
    float eps = (float) epsilon;
    for (int i = from; i < to; i++) {
      float gradient = step.gradient(g[i], w[i]);
      float s = squares[i] + gradient * gradient;
      squares[i] = s;
      w[i] = w[i] * decay - rate * gradient / ((float) Math.sqrt(s) + eps);
    }
  }
}
