package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlateauScheduleTest {
  private static final double NAN = Double.NaN;

  @Test
  void equalsTheSequenceOfPyTorch() {
    // ReduceLROnPlateau(lr=1, factor=0.5, patience=1, threshold=0.1, threshold_mode='abs',
    // cooldown=2, min_lr=0.2) of torch 2.13, whose patience is one less than ours
    PlateauSchedule schedule = new PlateauSchedule(1, 0.5, 2, 0.1, 2, 0.2);
    double[] metrics = {
      1.0, 0.95, 0.95, 0.95, 0.95, 0.95, 0.95, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, NAN, 0.5
    };
    assertThat(ratesAfter(schedule, metrics))
        .containsExactly(
            1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2,
            0.2);
  }

  @Test
  void reducesAfterAsManyFailuresAsKeras() {
    // ReduceLROnPlateau(patience=3): the reduction follows the third epoch without improvement
    PlateauSchedule schedule = new PlateauSchedule(1, 0.5, 3, 0, 0, 0);
    assertThat(ratesAfter(schedule, 1, 1, 1, 1, 1, 1, 1, 1))
        .containsExactly(1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.25, 0.25);
  }

  @Test
  void anImprovementStartsThePatienceAnew() {
    PlateauSchedule schedule = new PlateauSchedule(1, 0.5, 2, 0, 0, 0);
    assertThat(ratesAfter(schedule, 5, 5, 4, 4, 3, 3, 3))
        .containsExactly(1., 1., 1., 1., 1., 1., 0.5);
  }

  @Test
  void theImprovementMustExceedTheMinimum() {
    PlateauSchedule schedule = new PlateauSchedule(1, 0.5, 9, 0.25, 0, 0);
    PlateauState first = schedule.next(PlateauState.initial(), 2);
    assertThat(first).isEqualTo(new PlateauState(1, 2, 0, 0));
    assertThat(schedule.next(first, 1.75)).isEqualTo(new PlateauState(1, 2, 1, 0));
    assertThat(schedule.next(first, Math.nextDown(1.75)))
        .isEqualTo(new PlateauState(1, Math.nextDown(1.75), 0, 0));
  }

  @Test
  void noNumberIsNoImprovement() {
    PlateauSchedule schedule = new PlateauSchedule(1, 0.5, 2, 0, 0, 0);
    PlateauState once = schedule.next(PlateauState.initial(), NAN);
    assertThat(once).isEqualTo(new PlateauState(1, Double.POSITIVE_INFINITY, 1, 0));
    assertThat(schedule.next(once, NAN))
        .isEqualTo(new PlateauState(0.5, Double.POSITIVE_INFINITY, 0, 0));
    assertThat(schedule.next(once, 3)).isEqualTo(new PlateauState(1, 3, 0, 0));
  }

  @Test
  void theCooldownLastsItsEpochs() {
    PlateauSchedule schedule = new PlateauSchedule(1, 0.5, 1, 0, 2, 0);
    PlateauState state = schedule.next(PlateauState.initial(), 1);
    state = schedule.next(state, 1);
    assertThat(state).isEqualTo(new PlateauState(0.5, 1, 0, 2));
    state = schedule.next(state, 1);
    assertThat(state).isEqualTo(new PlateauState(0.5, 1, 0, 1));
    state = schedule.next(state, 0.9); // improvements count while cooling down
    assertThat(state).isEqualTo(new PlateauState(0.5, 0.9, 0, 0));
    state = schedule.next(state, 1);
    assertThat(state).isEqualTo(new PlateauState(0.25, 0.9, 0, 2));
  }

  @Test
  void atTheMinimumTheScaleStays() {
    PlateauSchedule schedule = new PlateauSchedule(1, 0.5, 1, 0, 0, 0.3);
    PlateauState state = schedule.next(PlateauState.initial(), 1);
    for (int failure = 0; failure < 5; failure++) {
      state = schedule.next(state, 1);
    }
    assertThat(state).isEqualTo(new PlateauState(0.25, 1, 3, 0));
    assertThat(schedule.learningRate(77, state)).isEqualTo(0.3);
  }

  @Test
  void theScaleMayVanishWithoutAMinimum() {
    PlateauSchedule schedule = new PlateauSchedule(1, 1e-200, 1, 0, 0, 0);
    assertThat(ratesAfter(schedule, 1, 1, 1, 1)).containsExactly(1.0, 1e-200, 0.0, 0.0);
  }

  @Test
  void theStepAloneGivesTheBaseRate() {
    PlateauSchedule schedule = new PlateauSchedule(0.7, 0.5, 1, 0, 0, 0.3);
    assertThat(schedule.learningRate(0)).isEqualTo(0.7);
    assertThat(schedule.learningRate(Long.MAX_VALUE)).isEqualTo(0.7);
    assertThat(schedule.plateau()).containsSame(schedule);
  }

  @Test
  void hasTheDefaultsOfKeras() {
    assertThat(new PlateauSchedule(0.7)).isEqualTo(new PlateauSchedule(0.7, 0.1, 10, 1e-4, 0, 0));
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertRefused(
        () -> new PlateauSchedule(0), "learningRate is 0.0, needs a finite number above 0");
    assertRefused(
        () -> new PlateauSchedule(1, 1, 2, 0, 0, 0), "factor is 1.0, needs a number in (0, 1)");
    assertRefused(
        () -> new PlateauSchedule(1, NAN, 2, 0, 0, 0), "factor is NaN, needs a number in (0, 1)");
    assertRefused(
        () -> new PlateauSchedule(1, 0.5, 0, 0, 0, 0), "patienceEpochs is 0, needs 1 or more");
    assertRefused(
        () -> new PlateauSchedule(1, 0.5, 2, -1, 0, 0),
        "minimumImprovement is -1.0, needs a finite number of 0 or more");
    assertRefused(
        () -> new PlateauSchedule(1, 0.5, 2, 0, -1, 0), "cooldownEpochs is -1, needs 0 or more");
    assertRefused(
        () -> new PlateauSchedule(1, 0.5, 2, 0, 0, 2),
        "minimumLearningRate is 2.0, needs a number from 0 to learningRate = 1.0");
  }

  @Test
  void statesRefuseValuesOutsideTheirRange() {
    assertRefused(() -> new PlateauState(-1, 1, 0, 0), "scale is -1.0, needs a number in [0, 1]");
    assertRefused(() -> new PlateauState(1.5, 1, 0, 0), "scale is 1.5, needs a number in [0, 1]");
    assertRefused(() -> new PlateauState(1, NAN, 0, 0), "bestMetric is NaN, needs a number");
    assertRefused(
        () -> new PlateauState(1, 1, -1, 0), "epochsWithoutImprovement is -1, needs 0 or more");
    assertRefused(() -> new PlateauState(1, 1, 0, -1), "cooldownEpochsLeft is -1, needs 0 or more");
  }

  private static List<Double> ratesAfter(PlateauSchedule schedule, double... metrics) {
    List<Double> rates = new ArrayList<>();
    PlateauState state = PlateauState.initial();
    for (double metric : metrics) {
      state = schedule.next(state, metric);
      rates.add(schedule.learningRate(0, state));
    }
    return rates;
  }
}
