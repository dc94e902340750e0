package dev.neurite.nn.schedule;

/** Ways from one rate to another; both ends are met exactly. */
final class Annealing {
  private Annealing() {}

  /** {@code from·(1 − fraction) + to·fraction}. */
  static double linear(double from, double to, double fraction) {
    return from * (1 - fraction) + to * fraction;
  }

  /** {@code to + ½·(from − to)·(1 + cos(π·fraction))}: flat at both ends. */
  static double cosine(double from, double to, double fraction) {
    return linear(from, to, 0.5 * (1 - Math.cos(Math.PI * fraction)));
  }
}
