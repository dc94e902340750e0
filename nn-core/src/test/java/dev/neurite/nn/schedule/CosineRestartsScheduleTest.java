package dev.neurite.nn.schedule;

import static dev.neurite.nn.schedule.Refusals.assertRefused;
import static dev.neurite.nn.schedule.Sequences.ROUNDING;
import static dev.neurite.nn.schedule.Sequences.assertRates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CosineRestartsScheduleTest {
  /** Digits of the vector in the PyTorch issue. */
  private static final double PUBLISHED = 5e-7;

  /** The rounding of peaks multiplied up from cycle to cycle. */
  private static final double LOOP_ROUNDING = 1e-14;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 4, 1000, 1_000_000_000_000L})
  void equalsTheGoldenVectorOfPyTorchAtEpochs(long stepsPerEpoch) {
    // pytorch/pytorch#23480: lr=0.5, T_0=1, T_mult=2; cycles are epochs 0, 1-2, 3-6, 7-14
    double[] epochs = {0.5, 0.5, 0.25, 0.5, 0.426777, 0.25, 0.073223, 0.5, 0.480970};
    CosineRestartsSchedule schedule = new CosineRestartsSchedule(0.5, stepsPerEpoch, 2);
    for (int epoch = 0; epoch < epochs.length; epoch++) {
      assertThat(schedule.learningRate(epoch * stepsPerEpoch))
          .as("epoch %d", epoch)
          .isCloseTo(epochs[epoch], within(PUBLISHED));
    }
    assertThat(schedule.restarts(8 * stepsPerEpoch))
        .containsExactly(stepsPerEpoch, 3 * stepsPerEpoch, 7 * stepsPerEpoch);
  }

  @Test
  void equalsTheSequenceOfPyTorchWithinEpochs() {
    // CosineAnnealingWarmRestarts(lr=0.5, T_0=1, T_mult=2).step(i / 4) of torch 2.13
    assertRates(
        new CosineRestartsSchedule(0.5, 4, 2),
        0.5,
        0.42677669529663687,
        0.25,
        0.07322330470336313,
        0.5,
        0.4809698831278217,
        0.42677669529663687,
        0.34567085809127246,
        0.25,
        0.15432914190872757,
        0.07322330470336313,
        0.019030116872178315,
        0.5,
        0.4951963201008076);
  }

  @Test
  void equalsTheSequenceOfPyTorchWithAMinimum() {
    // CosineAnnealingWarmRestarts(lr=0.5, T_0=2, T_mult=3, eta_min=0.1) of torch 2.13
    assertRates(
        new CosineRestartsSchedule(0.5, 2, 3, 0.1, 1),
        0.5,
        0.3,
        0.5,
        0.47320508075688783,
        0.4,
        0.3,
        0.2,
        0.12679491924311226,
        0.5,
        0.4969615506024416);
  }

  @Test
  void peaksDecayTowardsTheMinimum() {
    // Keras CosineDecayRestarts: η0·[(1−α)·m_mul^i·½(1+cos πf)+α] with α = 0.2, m_mul = 0.5
    CosineRestartsSchedule schedule = new CosineRestartsSchedule(0.5, 10, 2, 0.1, 0.5);
    assertThat(schedule.learningRate(0)).isEqualTo(0.5);
    assertThat(schedule.learningRate(10)).isCloseTo(0.1 + 0.2, within(ROUNDING));
    assertThat(schedule.learningRate(20)).isCloseTo(0.1 + 0.1, within(ROUNDING));
    assertThat(schedule.learningRate(30)).isCloseTo(0.1 + 0.1, within(ROUNDING));
    assertThat(schedule.learningRate(50)).isCloseTo(0.1 + 0.05, within(ROUNDING));
    assertThat(schedule.learningRate(70)).isCloseTo(0.1 + 0.05, within(ROUNDING));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 300000", // every step is a restart
    "1, 2, 0.75, 10000000",
    "1, 3, 1, 10000000",
    "7, 1, 1, 2000000",
    "7, 2, 0.75, 10000000",
    "7, 3, 1, 10000000",
    "1000, 1, 0.75, 10000000",
    "1000, 2, 1, 10000000",
    "1000, 3, 0.75, 10000000",
    "469, 10, 0.5, 10000000"
  })
  void equalsAPlainLoopAroundEveryRestart(
      long firstCycleSteps, int cycleMultiplier, double peakDecay, long steps) {
    CosineRestartsSchedule schedule =
        new CosineRestartsSchedule(0.5, firstCycleSteps, cycleMultiplier, 0.05, peakDecay);
    List<Long> restarts = new ArrayList<>();
    long cycle = 0;
    long start = 0;
    long length = firstCycleSteps;
    double peak = 0.5;
    long checked = 0;
    for (long step = 0; step < steps; step++) {
      if (step - start == length) { // T_cur has met T_i: PyTorch sets T_cur = 0, T_i ·= T_mult
        cycle++;
        start = step;
        length *= cycleMultiplier;
        peak = 0.05 + (peak - 0.05) * peakDecay;
        restarts.add(step);
      }
      long inCycle = step - start;
      boolean nearRestart = inCycle <= 1 || inCycle >= length - 2;
      if (nearRestart) {
        checked++;
        double rate = 0.05 + 0.5 * (peak - 0.05) * (1 + Math.cos(Math.PI * inCycle / length));
        // Plain comparisons first: an assertion object for each of many steps would take long.
        if (!(Math.abs(schedule.learningRate(step) - rate) <= LOOP_ROUNDING)
            || schedule.cycle(step) != cycle
            || schedule.cycleStart(step) != start) {
          assertThat(schedule.learningRate(step)).as("rate of %d", step).isEqualTo(rate);
          assertThat(schedule.cycle(step)).as("cycle of %d", step).isEqualTo(cycle);
          assertThat(schedule.cycleStart(step)).as("start of %d", step).isEqualTo(start);
        }
      }
    }
    assertThat(restarts).isNotEmpty();
    assertThat(checked).isGreaterThanOrEqualTo(Math.min(3L * restarts.size(), steps));
    assertThat(schedule.restarts(steps)).isEqualTo(restarts);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void restartsAreExactFarOut(int cycleMultiplier) {
    CosineRestartsSchedule schedule = new CosineRestartsSchedule(0.5, 1000, cycleMultiplier);
    long start = 0;
    long length = 1000;
    if (cycleMultiplier == 1) {
      start = 1_000_000_000_000L;
    } else {
      while (start < 1_000_000_000_000L) {
        start += length;
        length *= cycleMultiplier;
      }
    }
    assertThat(schedule.cycleStart(start)).isEqualTo(start);
    assertThat(schedule.learningRate(start)).isEqualTo(0.5);
    assertThat(schedule.learningRate(start - 1)).isLessThan(1e-5);
    assertThat(schedule.cycle(start - 1)).isEqualTo(schedule.cycle(start) - 1);
    assertThat(schedule.cycleStart(start + length - 1)).isEqualTo(start);
    assertThat(schedule.cycleStart(start + length)).isEqualTo(start + length);
  }

  @Test
  void cyclesLongerThanAllStepsDoNotOverflow() {
    CosineRestartsSchedule doubling = new CosineRestartsSchedule(0.5, 1, 2);
    // cycles end after 2^k − 1 steps, the last of them after 2^63 − 1 = Long.MAX_VALUE
    assertThat(doubling.cycle(Long.MAX_VALUE - 1)).isEqualTo(62);
    assertThat(doubling.cycle(Long.MAX_VALUE)).isEqualTo(63);
    assertThat(doubling.cycleStart(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(doubling.learningRate(Long.MAX_VALUE)).isEqualTo(0.5);
    assertThat(doubling.restarts(Long.MAX_VALUE)).hasSize(62).endsWith((1L << 62) - 1);

    CosineRestartsSchedule huge = new CosineRestartsSchedule(0.5, 3, Integer.MAX_VALUE);
    assertThat(huge.restarts(Long.MAX_VALUE)).containsExactly(3L, 3 + 3L * Integer.MAX_VALUE);
    assertThat(huge.cycle(Long.MAX_VALUE)).isEqualTo(2);

    CosineRestartsSchedule single = new CosineRestartsSchedule(0.5, 1, 1);
    assertThat(single.cycle(1_000_000_000_000L)).isEqualTo(1_000_000_000_000L);
    assertThat(single.cycleStart(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @Property(tries = 500)
  void aStepLiesInItsCycle(
      @ForAll @LongRange(min = 1, max = 1_000_000) long firstCycleSteps,
      @ForAll @IntRange(min = 1, max = 5) int cycleMultiplier,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long step) {
    CosineRestartsSchedule schedule =
        new CosineRestartsSchedule(0.5, firstCycleSteps, cycleMultiplier);
    long start = schedule.cycleStart(step);
    double length = firstCycleSteps * Math.pow(cycleMultiplier, (double) schedule.cycle(step));
    assertThat(start).isBetween(0L, step);
    assertThat((double) (step - start)).isLessThan(length);
    assertThat(schedule.learningRate(start)).isEqualTo(0.5);
    if (start > 0) {
      assertThat(schedule.cycle(start - 1)).isEqualTo(schedule.cycle(step) - 1);
    }
  }

  @Test
  void fallsToZeroFromTheSamePeakByDefault() {
    assertThat(new CosineRestartsSchedule(0.5, 7, 2))
        .isEqualTo(new CosineRestartsSchedule(0.5, 7, 2, 0, 1));
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertRefused(
        () -> new CosineRestartsSchedule(0, 7, 2),
        "peakLearningRate is 0.0, needs a finite number above 0");
    assertRefused(
        () -> new CosineRestartsSchedule(1, 0, 2), "firstCycleSteps is 0, needs 1 or more");
    assertRefused(
        () -> new CosineRestartsSchedule(1, 7, 0), "cycleMultiplier is 0, needs 1 or more");
    assertRefused(
        () -> new CosineRestartsSchedule(1, 7, 2, 1.5, 1),
        "minimumLearningRate is 1.5, needs a number from 0 to peakLearningRate = 1.0");
    assertRefused(
        () -> new CosineRestartsSchedule(1, 7, 2, 0, 0),
        "peakDecay is 0.0, needs a number in (0, 1]");
    assertRefused(
        () -> new CosineRestartsSchedule(1, 7, 2, 0, 1.01),
        "peakDecay is 1.01, needs a number in (0, 1]");
  }

  @Test
  void negativeStepsHaveNoCycle() {
    CosineRestartsSchedule schedule = new CosineRestartsSchedule(0.5, 7, 1);
    assertThatThrownBy(() -> schedule.cycle(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step is -1, needs 0 or more");
    assertThatThrownBy(() -> schedule.cycleStart(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step is -1, needs 0 or more");
  }
}
