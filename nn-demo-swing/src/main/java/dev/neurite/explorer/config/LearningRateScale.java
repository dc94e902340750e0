package dev.neurite.explorer.config;

import dev.neurite.explorer.text.Figures;

/** The logarithmic slider of the learning rate: 0 is 0.0001, 1 is 0.1. */
final class LearningRateScale {
  private static final double SMALLEST = 1e-4;
  private static final double LARGEST = 0.1;

  private LearningRateScale() {}

  /** The rate of a place of the slider, with three digits. */
  static String textAt(double share) {
    return Figures.rate(SMALLEST * Math.pow(LARGEST / SMALLEST, share));
  }

  /** The place of a rate, at an end if it is beyond; NaN for no positive number. */
  static double shareOf(String text) {
    double rate = parse(text);
    if (!(rate > 0)) {
      return Double.NaN;
    }
    double share = Math.log(rate / SMALLEST) / Math.log(LARGEST / SMALLEST);
    return Math.max(0, Math.min(1, share));
  }

  /** The number, with a point or a comma; NaN if it is none. */
  static double parse(String text) {
    try {
      return Double.parseDouble(text.strip().replace(',', '.'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
