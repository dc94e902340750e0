package dev.neurite.nn.kernel;

/**
 * The activations once more, in double precision and from other formulas: what tests compare with.
 */
public final class ActivationReference {
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  /** Where the series of erf gives way to the continued fraction of erfc. */
  private static final double SERIES_END = 2.5;

  private ActivationReference() {}

  /** The value at {@code x}. */
  public static double value(ActivationFunction f, double slope, double x) {
    return switch (f) {
      case RELU -> x < 0 ? 0 : x;
      case LEAKY_RELU -> x < 0 ? slope * x : x;
      case ELU -> x < 0 ? slope * (Math.exp(x) - 1) : x;
      case SELU -> SELU_SCALE * (x < 0 ? SELU_ALPHA * (Math.exp(x) - 1) : x);
      case GELU -> x * normalBelow(x);
      case SILU -> x / (1 + Math.exp(-x));
      case SOFTPLUS -> x > 40 ? x : Math.log1p(Math.exp(x));
      case SIGMOID -> 0.5 * (1 + Math.tanh(x / 2));
      case TANH -> (1 - Math.exp(-2 * x)) / (1 + Math.exp(-2 * x));
    };
  }

  /** The derivative at {@code x}; at a kink the one that the engine's documentation names. */
  public static double derivative(ActivationFunction f, double slope, double x) {
    double power = Math.exp(-Math.abs(x));
    double logistic = x < 0 ? power / (1 + power) : 1 / (1 + power);
    double logisticSlope = power / ((1 + power) * (1 + power));
    return switch (f) {
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x < 0 ? slope : 1;
      case ELU -> x < 0 ? slope * Math.exp(x) : 1;
      case SELU -> SELU_SCALE * (x < 0 ? SELU_ALPHA * Math.exp(x) : 1);
      case GELU -> normalBelow(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      case SILU -> logistic + x * logisticSlope;
      case SOFTPLUS -> logistic;
      case SIGMOID -> logisticSlope;
      case TANH -> 1 / (Math.cosh(x) * Math.cosh(x));
    };
  }

  private static double normalBelow(double x) {
    return 0.5 * errorComplement(-x / Math.sqrt(2));
  }

  /**
   * erfc: the Taylor series of erf near zero, the continued fraction {@code exp(-z²)/√π · 1/(z +
   * (1/2)/(z + 1/(z + (3/2)/(z + ...))))} far out (Abramowitz and Stegun 7.1.5 and 7.1.14).
   */
  static double errorComplement(double z) {
    if (z < 0) {
      return 2 - errorComplement(-z);
    }
    if (z < SERIES_END) {
      double term = z;
      double sum = z;
      for (int n = 1; n < 100; n++) {
        term *= -z * z / n;
        sum += term / (2 * n + 1);
      }
      return 1 - 2 / Math.sqrt(Math.PI) * sum;
    }
    double fraction = z;
    for (int k = 200; k >= 1; k--) {
      fraction = z + 0.5 * k / fraction;
    }
    return Math.exp(-z * z) / Math.sqrt(Math.PI) / fraction;
  }
}
