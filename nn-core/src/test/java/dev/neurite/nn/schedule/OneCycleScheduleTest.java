package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static dev.neurite.nn.schedule.Sequences.assertRates;
import static dev.neurite.nn.schedule.Sequences.assertRatesFrom;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneCycleScheduleTest {
  @Test
  void equalsTheSequenceOfPyTorchWithThePeakBetweenSteps() {
    // OneCycleLR(max_lr=0.1, total_steps=12) of torch 2.13
    assertRates(
        new OneCycleSchedule(0.1, 12),
        0.0040000000000000036,
        0.0349789654219583,
        0.08792851591221287,
        0.09944154354509119,
        0.09330129698414118,
        0.0811745653949763,
        0.06473789976951033,
        0.046263710266697504,
        0.028306099820869922,
        0.01334775301888306,
        0.0034566987425395223,
        4e-07);
  }

  @Test
  void equalsTheSequenceOfPyTorchWithThePeakOnAStep() {
    // OneCycleLR(max_lr=0.1, total_steps=10) of torch 2.13
    assertRates(
        new OneCycleSchedule(0.1, 10),
        0.0040000000000000036,
        0.052000000000000005,
        0.1,
        0.09504846320134738,
        0.0811745653949763,
        0.06112620219362893,
        0.03887419780637107,
        0.0188258346050237,
        0.004951936798652629,
        4e-07);
  }

  @Test
  void aShortRunOnlyFallsAsInPyTorch() {
    // OneCycleLR(max_lr=0.1, total_steps=3) of torch 2.13: the peak lies before step 0
    assertRates(
        new OneCycleSchedule(0.1, 3), 0.09944154354509119, 0.046263710266697504, 4e-07, 4e-07);
  }

  @Test
  void staysAtTheFinalRate() {
    OneCycleSchedule schedule = new OneCycleSchedule(0.1, 100, 0.5, 10, 100);
    assertThat(schedule.learningRate(98)).isGreaterThan(1e-4);
    assertRatesFrom(99, schedule, 1e-4, 1e-4, 1e-4);
    assertThat(schedule.learningRate(Long.MAX_VALUE)).isEqualTo(schedule.learningRate(99));
  }

  @Test
  void meetsStartAndPeakExactly() {
    OneCycleSchedule schedule = new OneCycleSchedule(0.3, 100, 0.5, 10, 100);
    assertThat(schedule.learningRate(0)).isEqualTo(0.3 / 10);
    assertThat(schedule.learningRate(49)).isEqualTo(0.3);
  }

  @Test
  void awkwardLengthsHaveRates() {
    // the peak on step 0, one step in all, and a peak that rounds to the last step
    assertThat(new OneCycleSchedule(0.1, 10, 0.1, 25, 1e4).learningRate(0)).isEqualTo(0.1);
    assertRates(new OneCycleSchedule(0.1, 1), 4e-07, 4e-07);
    OneCycleSchedule steep = new OneCycleSchedule(0.1, Long.MAX_VALUE, Math.nextDown(1.0), 25, 1e4);
    for (long step = Long.MAX_VALUE; step > Long.MAX_VALUE - 5000; step -= 100) {
      assertThat(steep.learningRate(step)).isBetween(0.0, 0.1);
    }
  }

  @Test
  void hasTheDefaultsOfPyTorch() {
    assertThat(new OneCycleSchedule(0.1, 12))
        .isEqualTo(new OneCycleSchedule(0.1, 12, 0.3, 25, 10_000));
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertRefused(
        () -> new OneCycleSchedule(0, 9), "peakLearningRate is 0.0, needs a finite number above 0");
    assertRefused(() -> new OneCycleSchedule(1, 0), "totalSteps is 0, needs 1 or more");
    assertRefused(
        () -> new OneCycleSchedule(1, 9, 1, 25, 1e4),
        "warmupFraction is 1.0, needs a number in [0, 1)");
    assertRefused(
        () -> new OneCycleSchedule(1, 9, -0.1, 25, 1e4),
        "warmupFraction is -0.1, needs a number in [0, 1)");
    assertRefused(
        () -> new OneCycleSchedule(1, 9, 0.3, 0.5, 1e4),
        "divisor is 0.5, needs a finite number of 1 or more");
    assertRefused(
        () -> new OneCycleSchedule(1, 9, 0.3, 25, Double.POSITIVE_INFINITY),
        "finalDivisor is Infinity, needs a finite number of 1 or more");
  }
}
