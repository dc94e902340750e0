package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static dev.neurite.nn.schedule.Sequences.ROUNDING;
import static dev.neurite.nn.schedule.Sequences.assertRates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineScheduleTest {
  @Test
  void equalsTheSequenceOfPyTorchAndThenStaysLow() {
    // CosineAnnealingLR(lr=0.5, T_max=5, eta_min=0.01) of torch 2.13, up to T_max
    assertRates(
        new CosineSchedule(0.5, 0.01, 5),
        0.5,
        0.45320916362186214,
        0.33070916362186215,
        0.1792908363781379,
        0.0567908363781379,
        0.01,
        0.01,
        0.01);
  }

  @Test
  void equalsTheFormulaOfKeras() {
    // CosineDecay: η0·[(1−α)·½(1+cos πt/T)+α], α a fraction of η0
    CosineSchedule schedule = new CosineSchedule(0.4, 0.1, 50);
    for (long step = 0; step <= 60; step++) {
      double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(step, 50) / 50));
      assertThat(schedule.learningRate(step))
          .isCloseTo(0.4 * ((1 - 0.25) * cosine + 0.25), within(ROUNDING));
    }
  }

  @Test
  void meetsBothEndsExactly() {
    CosineSchedule schedule = new CosineSchedule(0.3, 0.1, 1000);
    assertThat(schedule.learningRate(0)).isEqualTo(0.3);
    assertThat(schedule.learningRate(999)).isGreaterThan(0.1);
    assertThat(schedule.learningRate(1000)).isEqualTo(0.1);
    assertThat(schedule.learningRate(1001)).isEqualTo(0.1);
    assertThat(schedule.learningRate(Long.MAX_VALUE)).isEqualTo(0.1);
  }

  @Test
  void fallsToZeroByDefault() {
    assertThat(new CosineSchedule(0.3, 9)).isEqualTo(new CosineSchedule(0.3, 0, 9));
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertRefused(
        () -> new CosineSchedule(0, 0, 3), "learningRate is 0.0, needs a finite number above 0");
    assertRefused(
        () -> new CosineSchedule(0.1, 0.2, 3),
        "minimumLearningRate is 0.2, needs a number from 0 to learningRate = 0.1");
    assertRefused(
        () -> new CosineSchedule(0.1, Double.NaN, 3),
        "minimumLearningRate is NaN, needs a number from 0 to learningRate = 0.1");
    assertRefused(() -> new CosineSchedule(0.1, 0, 0), "decaySteps is 0, needs 1 or more");
  }
}
