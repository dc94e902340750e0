package dev.neurite.explorer.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Exponential smoothing of a curve without a bias to 0 at its beginning: {@code sₜ = w·sₜ₋₁ +
 * (1−w)·xₜ}, shown as {@code sₜ / (1 − wᵗ)}, with {@code s₀ = 0}.
 */
final class Smoothing {
  private Smoothing() {}

  /**
   * The smoothed curve. A pure function.
   *
   * @param weight of what came before, in [0, 1); 0 changes nothing
   */
  static Curve of(Curve curve, double weight) {
    if (!(weight >= 0 && weight < 1)) {
      throw new IllegalArgumentException("weight must be in [0, 1), received " + weight);
    }
    List<Double> smooth = new ArrayList<>();
    double sum = 0;
    double left = 1;
    for (double value : curve.y()) {
      sum = weight * sum + (1 - weight) * value;
      left *= weight;
      smooth.add(sum / (1 - left));
    }
    return new Curve(curve.x(), smooth);
  }
}
