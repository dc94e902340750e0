package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static dev.neurite.nn.schedule.Sequences.assertRates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class InverseTimeScheduleTest {
  @Test
  void fallsLikeOneOverTheTime() {
    // Keras InverseTimeDecay, by hand: 0.6 / (1 + t/2)
    assertRates(
        new InverseTimeSchedule(0.6, 1, 2), 0.6, 0.4, 0.3, 0.24, 0.2, 0.6 / 3.5, 0.15, 0.6 / 4.5);
    // 1 / (1 + 0.5·t/2)
    assertRates(new InverseTimeSchedule(1, 0.5, 2), 1, 0.8, 1 / 1.5, 1 / 1.75, 0.5);
  }

  @Test
  void fallsAfterWholePeriodsOnAStaircase() {
    assertRates(
        new InverseTimeSchedule(0.6, 1, 2, DecayShape.STAIRCASE),
        0.6,
        0.6,
        0.3,
        0.3,
        0.2,
        0.2,
        0.15);
  }

  @Test
  void approachesZeroInTheEnd() {
    assertThat(new InverseTimeSchedule(1, 1, 1).learningRate(Long.MAX_VALUE))
        .isPositive()
        .isLessThan(1.1e-19);
    assertThat(new InverseTimeSchedule(1, Double.MAX_VALUE, 1).learningRate(Long.MAX_VALUE))
        .isZero();
  }

  @Test
  void isSmoothByDefault() {
    assertThat(new InverseTimeSchedule(1, 0.5, 3))
        .isEqualTo(new InverseTimeSchedule(1, 0.5, 3, DecayShape.SMOOTH));
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertRefused(
        () -> new InverseTimeSchedule(0, 0.5, 3),
        "learningRate is 0.0, needs a finite number above 0");
    assertRefused(
        () -> new InverseTimeSchedule(1, 0, 3), "decayRate is 0.0, needs a finite number above 0");
    assertRefused(() -> new InverseTimeSchedule(1, 2, -3), "decaySteps is -3, needs 1 or more");
    assertThatNullPointerException()
        .isThrownBy(() -> new InverseTimeSchedule(1, 0.5, 3, null))
        .withMessage("shape");
  }
}
