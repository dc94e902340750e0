package dev.neurite.nn.schedule;

/**
 * The demands of the records of this package on their values: each failure says what was received
 * and what is needed. A demand that holds allocates nothing.
 */
final class Require {
  private Require() {}

  static void step(long step) {
    atLeast(0, "step", step);
  }

  static void untilStep(long untilStep) {
    atLeast(0, "untilStep", untilStep);
  }

  static void atLeast(long minimum, String name, long value) {
    if (value < minimum) {
      throw refused(name, value, minimum + " or more");
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw refused(name, value, "a finite number above 0");
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw refused(name, value, "a finite number of 0 or more");
    }
  }

  static void atLeastOne(String name, double value) {
    if (!(value >= 1 && Double.isFinite(value))) {
      throw refused(name, value, "a finite number of 1 or more");
    }
  }

  /** For what is left of something: never nothing, at most all of it. */
  static void aboveZeroToOne(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw refused(name, value, "a number in (0, 1]");
    }
  }

  static void zeroToOne(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw refused(name, value, "a number in [0, 1]");
    }
  }

  /** For a rate that another one falls to: 0 or more, and not above that one. */
  static void floor(String name, double value, String ceilingName, double ceiling) {
    if (!(value >= 0 && value <= ceiling)) {
      throw refused(name, value, "a number from 0 to " + ceilingName + " = " + ceiling);
    }
  }

  static IllegalArgumentException refused(String name, Object received, String needed) {
    return new IllegalArgumentException(name + " is " + received + ", needs " + needed);
  }
}
