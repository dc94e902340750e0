package dev.neurite.nn.kernel;

/** The standard normal distribution in double arithmetic. */
final class NormalDistribution {
  private static final double DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

  /**
   * Coefficients of a polynomial in {@code t = 1 / (1 + x / 2)}, lowest first, fitted on Chebyshev
   * points so that {@code erfc(x) = t · exp(-x² + polynomial(t))} holds to a relative error of 7e-9
   * for 0 <= x < 10.
   */
  private static final double[] COMPLEMENT = {
    -1.26557804171,
    1.00181821739,
    0.353201479237,
    0.232924506242,
    -0.736143729567,
    1.72058670264,
    -3.63020955375,
    4.31497167785,
    -2.83691578532,
    0.990257835976,
    -0.144913306697
  };

  private NormalDistribution() {}

  /** The density {@code exp(-x²/2) / √(2π)}. */
  static double density(double x) {
    return DENSITY_AT_ZERO * Math.exp(-0.5 * x * x);
  }

  /** The share of the distribution below {@code x}; relative error 7e-9 in the lower tail. */
  static double cumulative(double x) {
    double tail = 0.5 * errorComplement(Math.abs(x) * Math.sqrt(0.5));
    return x > 0 ? 1 - tail : tail;
  }

  private static double errorComplement(double x) {
    double t = 1 / (1 + 0.5 * x);
    double sum = 0;
    for (int i = COMPLEMENT.length - 1; i >= 0; i--) {
      sum = sum * t + COMPLEMENT[i];
    }
    return t * Math.exp(sum - x * x);
  }
}
