package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static dev.neurite.nn.schedule.Sequences.assertRates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class ExponentialScheduleTest {
  @Test
  void equalsTheSequenceOfPyTorch() {
    // ExponentialLR(lr=0.5, gamma=0.9) of torch 2.13
    assertRates(
        new ExponentialSchedule(0.5, 0.9, 1),
        0.5,
        0.45,
        0.405,
        0.36450000000000005,
        0.32805000000000006,
        0.2952450000000001);
  }

  @Test
  void fallsSmoothlyWithinAPeriod() {
    // 0.8 · 0.25^(t/4): a factor of 1/√2 per step
    double root = 1 / Math.sqrt(2);
    assertRates(
        new ExponentialSchedule(0.8, 0.25, 4),
        0.8,
        0.8 * root,
        0.4,
        0.4 * root,
        0.2,
        0.2 * root,
        0.1);
  }

  @Test
  void fallsAfterWholePeriodsOnAStaircase() {
    assertRates(
        new ExponentialSchedule(0.8, 0.25, 3, DecayShape.STAIRCASE),
        0.8,
        0.8,
        0.8,
        0.2,
        0.2,
        0.2,
        0.05);
  }

  @Test
  void fallsToZeroInTheEnd() {
    assertThat(new ExponentialSchedule(1, 0.5, 1).learningRate(Long.MAX_VALUE)).isZero();
  }

  @Test
  void isSmoothByDefault() {
    assertThat(new ExponentialSchedule(1, 0.5, 3))
        .isEqualTo(new ExponentialSchedule(1, 0.5, 3, DecayShape.SMOOTH));
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertRefused(
        () -> new ExponentialSchedule(0, 0.5, 3),
        "learningRate is 0.0, needs a finite number above 0");
    assertRefused(
        () -> new ExponentialSchedule(1, 0, 3), "decayRate is 0.0, needs a number in (0, 1]");
    assertRefused(
        () -> new ExponentialSchedule(1, 1.5, 3), "decayRate is 1.5, needs a number in (0, 1]");
    assertRefused(() -> new ExponentialSchedule(1, 0.5, 0), "decaySteps is 0, needs 1 or more");
    assertThatNullPointerException()
        .isThrownBy(() -> new ExponentialSchedule(1, 0.5, 3, null))
        .withMessage("shape");
  }
}
