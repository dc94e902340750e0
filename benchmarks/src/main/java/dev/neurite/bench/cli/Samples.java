package dev.neurite.bench.cli;

import java.util.Arrays;

/** What was measured in the rounds of one piece of work: one figure for each round. */
final class Samples {
  private final double[] values;

  /**
   * Copies the figures.
   *
   * @param values in the order of the rounds, at least one
   */
  Samples(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a median needs at least 1 sample, received none");
    }
    this.values = values.clone();
  }

  /** The figures in the order of the rounds. */
  double[] values() {
    return values.clone();
  }

  /** The middle figure, or the mean of the two in the middle. */
  double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * The smallest figure that at least a share of all does not exceed (nearest rank).
   *
   * @param share in (0, 1]
   */
  double quantile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a quantile needs a share in (0, 1], received " + share);
    }
    double[] sorted = sorted();
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /**
   * The median of the ratios {@code this / other}, round by round.
   *
   * @throws IllegalArgumentException if the numbers of rounds differ
   */
  double medianRatio(Samples other) {
    if (values.length != other.values.length) {
      throw new IllegalArgumentException(
          "ratios need as many samples on both sides, received %d and %d"
              .formatted(values.length, other.values.length));
    }
    double[] ratios = new double[values.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = values[i] / other.values[i];
    }
    return new Samples(ratios).median();
  }

  /** The rates of work of so many operations: {@code operations / value}. */
  Samples rates(double operations) {
    return new Samples(Arrays.stream(values).map(v -> operations / v).toArray());
  }

  private double[] sorted() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
