package dev.neurite.nn.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Compares a schedule with a transcribed sequence of rates. */
final class Sequences {
  /** The rounding of formulas written in another order. */
  static final double ROUNDING = 1e-15;

  private Sequences() {}

  static void assertRates(Schedule schedule, double... expected) {
    assertRatesFrom(0, schedule, expected);
  }

  static void assertRatesFrom(long firstStep, Schedule schedule, double... expected) {
    assertThat(expected).isNotEmpty();
    for (int i = 0; i < expected.length; i++) {
      assertThat(schedule.learningRate(firstStep + i))
          .as("step %d", firstStep + i)
          .isCloseTo(expected[i], within(ROUNDING));
    }
  }
}
