package dev.neurite.nn.optim;

/** Stochastic gradient descent: {@code w -= η · g}. */
public record Sgd() implements UpdateRule {
  @Override
  public double defaultLearningRate() {
    return 0.1;
  }

  @Override
  public int slots() {
    return 0;
  }

  @Override
  public void apply(UpdateStep step, float[] w, float[] g, float[][] state, int from, int to) {
    float rate = step.learningRate();
    float decay = step.decay();
    for (int i = from; i < to; i++) {
      w[i] = w[i] * decay - rate * step.gradient(g[i], w[i]);
    }
  }
}
