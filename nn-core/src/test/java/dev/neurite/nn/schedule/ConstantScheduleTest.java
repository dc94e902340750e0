package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConstantScheduleTest {
  @Test
  void theRateNeverChanges() {
    ConstantSchedule schedule = new ConstantSchedule(0.1);
    for (long step : new long[] {0, 1, 1_000_000_000_000L, Long.MAX_VALUE}) {
      assertThat(schedule.learningRate(step)).isEqualTo(0.1);
    }
  }

  @Test
  void refusesRatesThatDoNotLearn() {
    assertRefused(
        () -> new ConstantSchedule(0), "learningRate is 0.0, needs a finite number above 0");
    assertRefused(
        () -> new ConstantSchedule(-0.1), "learningRate is -0.1, needs a finite number above 0");
    assertRefused(
        () -> new ConstantSchedule(Double.NaN),
        "learningRate is NaN, needs a finite number above 0");
    assertRefused(
        () -> new ConstantSchedule(Double.POSITIVE_INFINITY),
        "learningRate is Infinity, needs a finite number above 0");
  }
}
