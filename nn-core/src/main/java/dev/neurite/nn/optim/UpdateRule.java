package dev.neurite.nn.optim;

/**
 * The rule that turns a gradient into a change of a parameter; an immutable value.
 *
 * <p>In the formulas g is the prepared gradient of {@link UpdateStep#gradient}, η the learning
 * rate, t the number of this step from 1, and w has been multiplied by {@link UpdateStep#decay()}
 * before.
 */
public sealed interface UpdateRule permits Adagrad, Adam, Momentum, Nesterov, RmsProp, Sgd {
  /** The usual learning rate of this rule, for callers that were given none. */
  double defaultLearningRate();

  /** Number of state arrays that it keeps for a parameter, each as long as the parameter. */
  int slots();

  /**
   * Changes a range of a parameter.
   *
   * @param step the numbers of this step
   * @param w accumulated, the parameter's values
   * @param g read, the gradient of the loss, clipped
   * @param state read and overwritten, {@link #slots()} arrays, at first all zeros
   * @param from first place changed
   * @param to place after the last one changed
   */
  void apply(UpdateStep step, float[] w, float[] g, float[][] state, int from, int to);

  /** Checks a share such as a momentum. */
  static void checkUnit(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1), received " + value);
    }
  }

  /**
   * Smallest epsilon: it must count beside the root of a mean of squares so small that it is taken
   * for zero, some 2e-19.
   */
  double SMALLEST_EPSILON = 1e-16;

  /** Checks the small number that keeps a division finite. */
  static void checkEpsilon(double value) {
    if (!(value >= SMALLEST_EPSILON && value < 1)) {
      throw new IllegalArgumentException(
          "epsilon must be in [%s, 1), received %s".formatted(SMALLEST_EPSILON, value));
    }
  }
}
