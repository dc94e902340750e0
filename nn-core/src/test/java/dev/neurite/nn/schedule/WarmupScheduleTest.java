package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static dev.neurite.nn.schedule.Sequences.ROUNDING;
import static dev.neurite.nn.schedule.Sequences.assertRates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WarmupScheduleTest {
  static List<Schedule> samples() {
    return SampleSchedules.ALL;
  }

  @Test
  void equalsTheSequenceOfPyTorch() {
    // LinearLR(lr=0.3) of torch 2.13: from a third over 5 steps
    assertRates(
        new WarmupSchedule(new ConstantSchedule(0.3), 5),
        0.1,
        0.14,
        0.18,
        0.22,
        0.26,
        0.3,
        0.3,
        0.3);
  }

  @Test
  void equalsTheSequenceOfPyTorchBeforeRestarts() {
    // SequentialLR([LinearLR(0.25, 1, 4), CosineAnnealingWarmRestarts(2, 2)], [4]), lr=0.4
    WarmupSchedule schedule = new WarmupSchedule(new CosineRestartsSchedule(0.4, 2, 2), 4, 0.25);
    assertRates(
        schedule,
        0.1,
        0.175,
        0.25,
        0.325,
        0.4,
        0.2,
        0.4,
        0.3414213562373095,
        0.2,
        0.05857864376269051,
        0.4,
        0.38477590650225735);
    assertThat(schedule.restarts(6)).isEmpty();
    assertThat(schedule.restarts(12)).containsExactly(6L, 10L);
    assertThat(schedule.restarts(3)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void risesBeforeAnyOtherAndThenMovesIt(Schedule after) {
    WarmupSchedule schedule = new WarmupSchedule(after, 8, 0.5);
    for (long step = 0; step < 8; step++) {
      assertThat(schedule.learningRate(step))
          .isCloseTo(after.learningRate(0) * (8 + step) / 16, within(ROUNDING));
    }
    for (long step = 0; step < 100; step++) {
      assertThat(schedule.learningRate(8 + step)).isEqualTo(after.learningRate(step));
    }
  }

  @Test
  void mayStartFromNothingOrFromTheFullRate() {
    assertRates(new WarmupSchedule(new ConstantSchedule(0.3), 3, 0), 0, 0.1, 0.2, 0.3, 0.3);
    assertRates(new WarmupSchedule(new ConstantSchedule(0.3), 3, 1), 0.3, 0.3, 0.3, 0.3);
  }

  @Test
  void aPlateauIsReducedDuringTheRiseAndItsMinimumDoesNotLiftIt() {
    PlateauSchedule plateau = new PlateauSchedule(0.8, 0.5, 2, 0, 0, 0.3);
    WarmupSchedule schedule = new WarmupSchedule(plateau, 4, 0);
    PlateauState half = new PlateauState(0.5, 1, 0, 0);
    PlateauState eighth = new PlateauState(0.125, 1, 0, 0);

    assertThat(schedule.plateau()).contains(plateau);
    assertThat(schedule.learningRate(1)).isCloseTo(0.2, within(ROUNDING));
    assertThat(schedule.learningRate(1, half)).isCloseTo(0.1, within(ROUNDING));
    assertThat(schedule.learningRate(4, half)).isEqualTo(0.4);
    assertThat(schedule.learningRate(0, eighth)).isZero();
    assertThat(schedule.learningRate(2, eighth)).isCloseTo(0.15, within(ROUNDING));
    assertThat(schedule.learningRate(4, eighth)).isEqualTo(0.3);
  }

  @Test
  void twoRisesFollowEachOther() {
    WarmupSchedule schedule =
        new WarmupSchedule(new WarmupSchedule(new ConstantSchedule(0.8), 2, 0.5), 2, 0.5);
    assertRates(schedule, 0.2, 0.3, 0.4, 0.6, 0.8, 0.8);
  }

  @Test
  void risesFromAThirdByDefault() {
    Schedule after = new ConstantSchedule(0.3);
    assertThat(new WarmupSchedule(after, 5)).isEqualTo(new WarmupSchedule(after, 5, 1.0 / 3));
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    Schedule after = new ConstantSchedule(0.3);
    assertRefused(() -> new WarmupSchedule(after, 0), "warmupSteps is 0, needs 1 or more");
    assertRefused(
        () -> new WarmupSchedule(after, 5, -0.1), "startFactor is -0.1, needs a number in [0, 1]");
    assertRefused(
        () -> new WarmupSchedule(after, 5, 1.1), "startFactor is 1.1, needs a number in [0, 1]");
    assertThatNullPointerException()
        .isThrownBy(() -> new WarmupSchedule(null, 5, 0.1))
        .withMessage("after");
  }
}
