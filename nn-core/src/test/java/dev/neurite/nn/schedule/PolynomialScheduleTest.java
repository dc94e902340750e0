package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static dev.neurite.nn.schedule.Sequences.ROUNDING;
import static dev.neurite.nn.schedule.Sequences.assertRates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.schedule.PolynomialSchedule.AfterDecay;
import org.junit.jupiter.api.Test;

class PolynomialScheduleTest {
  @Test
  void equalsTheSequenceOfPyTorch() {
    // PolynomialLR(lr=0.5, total_iters=4, power=2) of torch 2.13
    assertRates(
        new PolynomialSchedule(0.5, 0, 4, 2, AfterDecay.HOLD),
        0.5,
        0.28125,
        0.125,
        0.03125,
        0,
        0,
        0);
  }

  @Test
  void isAStraightLineWithPowerOne() {
    assertRates(
        new PolynomialSchedule(0.5, 0.1, 4, 1, AfterDecay.HOLD), 0.5, 0.4, 0.3, 0.2, 0.1, 0.1);
  }

  @Test
  void meetsBothEndsExactly() {
    PolynomialSchedule schedule = new PolynomialSchedule(0.3, 0.1, 7, 0.7, AfterDecay.HOLD);
    assertThat(schedule.learningRate(0)).isEqualTo(0.3);
    assertThat(schedule.learningRate(7)).isEqualTo(0.1);
    assertThat(schedule.learningRate(Long.MAX_VALUE)).isEqualTo(0.1);
  }

  @Test
  void cyclesFromLowerAndLowerPeaks() {
    // Keras PolynomialDecay(cycle=True), by hand: 1 − t/4, then 1 − t/8, then 1 − t/12
    assertRates(
        new PolynomialSchedule(1, 0, 4, 1, AfterDecay.CYCLE),
        1,
        0.75,
        0.5,
        0.25,
        0,
        0.375,
        0.25,
        0.125,
        0,
        0.25,
        2 / 12.0,
        1 / 12.0,
        0,
        3 / 16.0);
  }

  @Test
  void cyclesAsTheFormulaSays() {
    PolynomialSchedule schedule = new PolynomialSchedule(0.5, 0.05, 7, 1.5, AfterDecay.CYCLE);
    for (long step = 0; step < 500; step++) {
      double horizon = 7 * (step == 0 ? 1 : Math.ceil(step / 7.0));
      double expected = (0.5 - 0.05) * Math.pow(1 - step / horizon, 1.5) + 0.05;
      assertThat(schedule.learningRate(step)).isCloseTo(expected, within(ROUNDING));
    }
  }

  @Test
  void everyMultipleFarOutHasTheEndRate() {
    PolynomialSchedule schedule = new PolynomialSchedule(0.5, 0.05, 1000, 1, AfterDecay.CYCLE);
    assertThat(schedule.learningRate(1_000_000_000_000L)).isEqualTo(0.05);
    assertThat(schedule.learningRate(1_000_000_000_001L)).isGreaterThan(0.05);
    assertThat(schedule.learningRate(Long.MAX_VALUE)).isBetween(0.05, 0.5);
  }

  @Test
  void restartsTheStepAfterEachEnd() {
    PolynomialSchedule schedule = new PolynomialSchedule(1, 0, 4, 1, AfterDecay.CYCLE);
    assertThat(schedule.restarts(0)).isEmpty();
    assertThat(schedule.restarts(5)).isEmpty();
    assertThat(schedule.restarts(6)).containsExactly(5L);
    assertThat(schedule.restarts(14)).containsExactly(5L, 9L, 13L);
    assertThat(new PolynomialSchedule(1, 0, 4, 1, AfterDecay.HOLD).restarts(14)).isEmpty();
  }

  @Test
  void restartsDoNotOverflow() {
    PolynomialSchedule schedule = new PolynomialSchedule(1, 0, 1L << 61, 1, AfterDecay.CYCLE);
    assertThat(schedule.restarts(Long.MAX_VALUE))
        .containsExactly((1L << 61) + 1, (1L << 62) + 1, 3 * (1L << 61) + 1);
  }

  @Test
  void isAStraightLineToKerasEndByDefault() {
    assertThat(new PolynomialSchedule(1, 3))
        .isEqualTo(new PolynomialSchedule(1, 1e-4, 3, 1, AfterDecay.HOLD));
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertRefused(
        () -> new PolynomialSchedule(0, 3), "learningRate is 0.0, needs a finite number above 0");
    assertRefused(
        () -> new PolynomialSchedule(0.1, 0.2, 3, 1, AfterDecay.HOLD),
        "endLearningRate is 0.2, needs a number from 0 to learningRate = 0.1");
    assertRefused(
        () -> new PolynomialSchedule(0.1, -0.2, 3, 1, AfterDecay.HOLD),
        "endLearningRate is -0.2, needs a number from 0 to learningRate = 0.1");
    assertRefused(() -> new PolynomialSchedule(1, 0), "decaySteps is 0, needs 1 or more");
    assertRefused(
        () -> new PolynomialSchedule(1, 0, 3, 0, AfterDecay.HOLD),
        "power is 0.0, needs a finite number above 0");
    assertThatNullPointerException()
        .isThrownBy(() -> new PolynomialSchedule(1, 0, 3, 1, null))
        .withMessage("afterDecay");
  }
}
