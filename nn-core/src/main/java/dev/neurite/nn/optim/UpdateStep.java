package dev.neurite.nn.optim;

/**
 * The numbers of one step that are the same for every element of a parameter.
 *
 * <p>Owned by an {@link Optimizer} and reused, so that a step takes no memory.
 */
public final class UpdateStep {
  private static final float TINY_MEAN = 1e-25f;
  private static final float TINY_SQUARE = 1e-30f;

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

  /** Scales gradients by the global-norm clip, then clips them by value. */
  void clip(float[] gradient, int from, int to) {
    if (gradientFactor == 1 && gradientLimit == Float.POSITIVE_INFINITY) {
      return;
    }
    for (int i = from; i < to; i++) {
      float scaled = gradient[i] * gradientFactor;
      gradient[i] = Math.max(-gradientLimit, Math.min(gradientLimit, scaled));
    }
  }

  /**
   * The gradient with the L2 term added.
   *
   * @param clipped the gradient of the loss, clipped
   * @param weight the parameter's value before the step
   */
  public float gradient(float clipped, float weight) {
    return clipped + l2 * weight;
  }

  /**
   * A running mean of gradients without what is too small to count: below some 3e-33 it is 0, above
   * 2e-18 it is unchanged, between them it changes by no more than 3e-33 or a unit in its last
   * place.
   *
   * <p>A mean that gets nothing but zeros, as for a pixel at the rim, would else shrink to a
   * subnormal number and never to 0, and some processors are many times slower with those.
   */
  static float withoutTiny(float mean) {
    return mean + TINY_MEAN - TINY_MEAN;
  }

  /**
   * The same for a mean of squares, whose root is what counts: below some 5e-38 it is 0, above
   * 2e-23 it is unchanged. The root of what is lost is far below {@link
   * UpdateRule#SMALLEST_EPSILON}.
   */
  static float squareWithoutTiny(float mean) {
    return mean + TINY_SQUARE - TINY_SQUARE;
  }
}
