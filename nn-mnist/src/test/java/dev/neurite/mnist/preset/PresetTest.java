package dev.neurite.mnist.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.optim.Adam;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.schedule.PlateauState;
import dev.neurite.nn.schedule.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PresetTest {
  private static final double RATE = 0.01;
  private static final double TOLERANCE = 1e-9;

  private static double rate(ScheduleChoice choice, int epochs, int stepsPerEpoch, long step) {
    Schedule schedule = choice.schedule(RATE, epochs, stepsPerEpoch);
    return schedule.learningRate(step, PlateauState.initial());
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE, 101770", "DEEP, 111146", "WIDE, 407050"})
  void presetsHaveTheirParameters(NetworkPreset preset, int parameters) {
    List<DenseSpec> hidden =
        preset.hiddenUnits().stream().map(u -> new DenseSpec(u, Activation.RELU)).toList();
    ModelSpec spec = DigitNetwork.spec(hidden, 0.1f, 0.25f, 10);
    assertThat(spec.parameterCount()).isEqualTo(parameters);
    assertThat(spec.layers()).hasSize(2 + 2 * hidden.size() + 1);
    assertThat(preset.title()).isEqualToIgnoringCase(preset.toString());
  }

  @ParameterizedTest
  @EnumSource(ScheduleChoice.class)
  void everyScheduleStaysWithinZeroAndThePeakAndFitsShortRuns(ScheduleChoice choice) {
    for (int epochs : new int[] {1, 2, 7, 10}) {
      for (int stepsPerEpoch : new int[] {1, 3, 108}) {
        for (long step = 0; step < (long) epochs * stepsPerEpoch; step++) {
          assertThat(rate(choice, epochs, stepsPerEpoch, step)).isBetween(0.0, RATE + TOLERANCE);
        }
      }
    }
  }

  @Test
  void stepHalvesEveryQuarter() {
    assertThat(rate(ScheduleChoice.STEP, 8, 10, 19)).isEqualTo(RATE);
    assertThat(rate(ScheduleChoice.STEP, 8, 10, 20)).isEqualTo(RATE / 2);
    assertThat(rate(ScheduleChoice.STEP, 8, 10, 79)).isCloseTo(RATE / 8, within(TOLERANCE));
  }

  @Test
  void exponentialLosesFourPercentPerEpoch() {
    assertThat(rate(ScheduleChoice.EXPONENTIAL, 8, 10, 10))
        .isCloseTo(RATE * 0.96, within(TOLERANCE));
  }

  @Test
  void cosineEndsAtAHundredth() {
    Schedule schedule = ScheduleChoice.COSINE.schedule(RATE, 8, 10);
    assertThat(schedule.learningRate(0)).isEqualTo(RATE);
    assertThat(schedule.learningRate(80)).isCloseTo(RATE / 100, within(TOLERANCE));
  }

  @Test
  void fourteenEpochsAreCyclesOfTwoFourAndEight() {
    Schedule schedule = ScheduleChoice.COSINE_RESTARTS.schedule(RATE, 14, 430);
    assertThat(schedule.restarts(14 * 430)).containsExactly(2L * 430, 6L * 430);
    assertThat(schedule.learningRate(14 * 430 - 1)).isLessThan(RATE / 1000);
  }

  @Test
  void oneCyclePeaksAtFortyPercent() {
    Schedule schedule = ScheduleChoice.ONE_CYCLE.schedule(RATE, 10, 100);
    long peak = 0;
    for (long step = 1; step < 1000; step++) {
      peak = schedule.learningRate(step) > schedule.learningRate(peak) ? step : peak;
    }
    assertThat(peak).isBetween(398L, 401L);
  }

  @Test
  void warmUpTakesATenth() {
    Schedule schedule = ScheduleChoice.WARMUP_COSINE.schedule(RATE, 10, 100);
    assertThat(schedule.learningRate(0)).isCloseTo(RATE / 10, within(TOLERANCE));
    assertThat(schedule.learningRate(100)).isEqualTo(RATE);
  }

  @Test
  void peaksOfAnnealedSchedulesAreTwiceTheUsualRate() {
    assertThat(ScheduleChoice.CONSTANT.defaultPeak(RATE)).isEqualTo(RATE);
    assertThat(ScheduleChoice.COSINE_RESTARTS.defaultPeak(RATE)).isEqualTo(2 * RATE);
  }

  @Test
  void decayIsDecoupledForAdamwOnly() {
    assertThat(OptimizerChoice.ADAMW.withDecay(0.1))
        .isEqualTo(OptimizerSpec.of(new Adam()).withWeightDecay(0.1));
    assertThat(OptimizerChoice.ADAM.withDecay(0.1))
        .isEqualTo(OptimizerSpec.of(new Adam()).withL2(0.1));
    assertThatThrownBy(() -> OptimizerChoice.ADAM.withDecay(-1)).hasMessageContaining("l2");
  }
}
