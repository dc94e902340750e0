package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static dev.neurite.nn.schedule.Sequences.assertRates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecewiseScheduleTest {
  @Test
  void aBoundaryIsTheLastStepOfTheValueBeforeIt() {
    // Keras PiecewiseConstantDecay: 1.0 for steps 0-2, 0.5 for 3-4, 0.1 afterwards
    assertRates(
        new PiecewiseSchedule(List.of(2L, 4L), List.of(1.0, 0.5, 0.1)),
        1.0,
        1.0,
        1.0,
        0.5,
        0.5,
        0.1,
        0.1,
        0.1);
  }

  @Test
  void theFirstStepMayBeABoundary() {
    assertRates(new PiecewiseSchedule(List.of(0L), List.of(1.0, 0.5)), 1.0, 0.5, 0.5);
  }

  @Test
  void oneValueNeedsNoBoundary() {
    PiecewiseSchedule schedule = new PiecewiseSchedule(List.of(), List.of(0.2));
    assertThat(schedule.learningRate(0)).isEqualTo(0.2);
    assertThat(schedule.learningRate(Long.MAX_VALUE)).isEqualTo(0.2);
  }

  @Test
  void ratesMayRiseAndPause() {
    assertRates(new PiecewiseSchedule(List.of(0L, 1L), List.of(0.1, 0.0, 0.3)), 0.1, 0.0, 0.3);
  }

  @Test
  void copiesItsLists() {
    List<Long> boundaries = new ArrayList<>(List.of(1L));
    List<Double> values = new ArrayList<>(List.of(1.0, 0.5));
    PiecewiseSchedule schedule = new PiecewiseSchedule(boundaries, values);
    boundaries.set(0, 100L);
    values.set(1, 7.0);
    assertRates(schedule, 1.0, 1.0, 0.5);
  }

  @Test
  void refusesListsThatDoNotFit() {
    assertRefused(
        () -> new PiecewiseSchedule(List.of(1L, 2L), List.of(1.0, 2.0)),
        "values.size() is 2, needs 3, one more than boundaries");
    assertRefused(
        () -> new PiecewiseSchedule(List.of(), List.of()),
        "values.size() is 0, needs 1, one more than boundaries");
    assertRefused(
        () -> new PiecewiseSchedule(List.of(-1L), List.of(1.0, 0.5)),
        "boundaries[0] is -1, needs a step above -1");
    assertRefused(
        () -> new PiecewiseSchedule(List.of(5L, 5L), List.of(1.0, 0.5, 0.1)),
        "boundaries[1] is 5, needs a step above 5");
    assertRefused(
        () -> new PiecewiseSchedule(List.of(5L), List.of(1.0, -0.5)),
        "values[1] is -0.5, needs a finite number of 0 or more");
    assertRefused(
        () -> new PiecewiseSchedule(List.of(), List.of(Double.NaN)),
        "values[0] is NaN, needs a finite number of 0 or more");
    assertThatNullPointerException()
        .isThrownBy(() -> new PiecewiseSchedule(Arrays.asList(1L, null), List.of(1.0, 0.5, 0.1)));
  }
}
