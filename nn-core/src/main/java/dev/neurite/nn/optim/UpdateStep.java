package dev.neurite.nn.optim;

/**
 * The numbers of one step that are the same for every element of a parameter.
 *
 * <p>Owned by an {@link Optimizer} and reused, so that a step takes no memory.
 */
public final class UpdateStep {
  private float learningRate;
  private float gradientFactor = 1;
  private float gradientLimit = Float.POSITIVE_INFINITY;
  private float l2;
  private float decay = 1;
  private long number;

  UpdateStep() {}

  /** Sets what holds for all parameters. */
  void begin(long number, double learningRate, double gradientFactor, double gradientLimit) {
    this.number = number;
    this.learningRate = (float) learningRate;
    this.gradientFactor = (float) gradientFactor;
    this.gradientLimit = (float) gradientLimit;
  }

  /** Sets what depends on the kind of parameter. */
  void decayBy(double l2, double weightDecay) {
    this.l2 = (float) l2;
    this.decay = (float) (1 - (double) learningRate * weightDecay);
  }

  /** The learning rate η. */
  public float learningRate() {
    return learningRate;
  }

  /** What the parameter is multiplied by first: {@code 1 - η · weightDecay}. */
  public float decay() {
    return decay;
  }

  /** The number of this step, from 1. */
  public long number() {
    return number;
  }

  /**
   * The prepared gradient: scaled by the global-norm clip, clipped by value, with the L2 term
   * added.
   *
   * @param raw the gradient of the loss
   * @param weight the parameter's value before the step
   */
  public float gradient(float raw, float weight) {
    return Math.max(-gradientLimit, Math.min(gradientLimit, raw * gradientFactor)) + l2 * weight;
  }
}
