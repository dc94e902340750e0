package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static dev.neurite.nn.schedule.Sequences.ROUNDING;
import static dev.neurite.nn.schedule.Sequences.assertRates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StepScheduleTest {
  @Test
  void equalsTheSequenceOfPyTorch() {
    // StepLR(lr=0.8, step_size=3, gamma=0.5) of torch 2.13
    assertRates(new StepSchedule(0.8, 3, 0.5), 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.1);
  }

  @Test
  void equalsAProductMultipliedUp() {
    StepSchedule schedule = new StepSchedule(0.5, 7, 0.9);
    double rate = 0.5;
    for (long step = 0; step < 300; step++) {
      if (step > 0 && step % 7 == 0) {
        rate *= 0.9;
      }
      assertThat(schedule.learningRate(step)).isCloseTo(rate, within(ROUNDING));
    }
  }

  @Test
  void dropsExactlyAtTheStepFarOut() {
    StepSchedule schedule = new StepSchedule(1, 1_000_000_000_000L, 0.5);
    assertRatesAt(schedule, 999_999_999_999L, 1);
    assertRatesAt(schedule, 1_000_000_000_000L, 0.5);
    assertRatesAt(schedule, 3_999_999_999_999L, 0.125);
  }

  @Test
  void fallsToZeroInTheEnd() {
    assertThat(new StepSchedule(1, 1, 0.5).learningRate(1_000_000_000_000L)).isZero();
  }

  @Test
  void aFactorOfOneKeepsTheRate() {
    assertThat(new StepSchedule(0.3, 1, 1).learningRate(Long.MAX_VALUE)).isEqualTo(0.3);
  }

  @Test
  void dropsToATenthByDefault() {
    assertThat(new StepSchedule(0.3, 5)).isEqualTo(new StepSchedule(0.3, 5, 0.1));
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertRefused(
        () -> new StepSchedule(-1, 3, 0.5), "learningRate is -1.0, needs a finite number above 0");
    assertRefused(() -> new StepSchedule(1, 0, 0.5), "stepsPerDrop is 0, needs 1 or more");
    assertRefused(() -> new StepSchedule(1, 3, 0), "factor is 0.0, needs a number in (0, 1]");
    assertRefused(() -> new StepSchedule(1, 3, 1.1), "factor is 1.1, needs a number in (0, 1]");
    assertRefused(
        () -> new StepSchedule(1, 3, Double.NaN), "factor is NaN, needs a number in (0, 1]");
  }

  private static void assertRatesAt(Schedule schedule, long step, double rate) {
    assertThat(schedule.learningRate(step)).isEqualTo(rate);
  }
}
