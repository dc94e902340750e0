package dev.neurite.mnist.experiment;

/**
 * Mean and spread of a figure over several runs.
 *
 * @param count number of values
 * @param mean their mean; NaN for none
 * @param standardDeviation of the sample, {@code √(Σ(x - mean)² / (count - 1))}; NaN for fewer than
 *     two values
 */
public record Spread(int count, double mean, double standardDeviation) {
  /** The spread of some values. */
  public static Spread of(double... values) {
    int count = values.length;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / count;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Spread(count, mean, count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1)));
  }

  /** Standard error of the mean, {@code standardDeviation / √count}; NaN for fewer than two. */
  public double standardError() {
    return standardDeviation / Math.sqrt(count);
  }

  /**
   * The binomial standard error of a share, {@code √(p (1 - p) / n)}: what the choice of the
   * examples alone makes uncertain.
   *
   * @param share {@code p}, in [0, 1]
   * @param examples {@code n}
   */
  public static double binomialError(double share, int examples) {
    return Math.sqrt(share * (1 - share) / examples);
  }
}
