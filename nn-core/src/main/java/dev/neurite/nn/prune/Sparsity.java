package dev.neurite.nn.prune;

/** Checks of shares, in one place. */
final class Sparsity {
  private Sparsity() {}

  /**
   * Checks a share that is pruned.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  static double require(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1), received " + value);
    }
    return value;
  }
}
