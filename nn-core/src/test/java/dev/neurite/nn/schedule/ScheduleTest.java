package dev.neurite.nn.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.neurite.nn.schedule.PolynomialSchedule.AfterDecay;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every schedule promises, whatever its formula. */
class ScheduleTest {
  private static final int KINDS = 11;
  private static final PlateauState REDUCED = new PlateauState(0.25, 1.5, 1, 0);

  static List<Schedule> samples() {
    return SampleSchedules.ALL;
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return Arbitraries.of(SampleSchedules.ALL);
  }

  @Test
  void everyKindIsAmongTheSamples() {
    assertThat(Schedule.class.getPermittedSubclasses()).hasSize(KINDS);
    assertThat(samples().stream().map(Schedule::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(Schedule.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void kindsAreRecords(Schedule schedule) {
    assertThat(schedule.getClass().isRecord()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void negativeStepsAreRefused(Schedule schedule) {
    assertThatThrownBy(() -> schedule.learningRate(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step is -1, needs 0 or more");
    assertThatThrownBy(() -> schedule.learningRate(Long.MIN_VALUE, REDUCED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step is -9223372036854775808, needs 0 or more");
    assertThatThrownBy(() -> schedule.restarts(-2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("untilStep is -2, needs 0 or more");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theOrderOfTheQuestionsDoesNotMatter(Schedule schedule) {
    List<Long> steps = new ArrayList<>(LongStream.range(0, 200).boxed().toList());
    List<Double> inOrder = steps.stream().map(schedule::learningRate).toList();

    Collections.shuffle(steps, new Random(7));
    for (long step : steps) {
      assertThat(schedule.learningRate(step)).isEqualTo(inOrder.get((int) step));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theInitialStateChangesNothing(Schedule schedule) {
    for (long step = 0; step < 100; step++) {
      assertThat(schedule.learningRate(step, PlateauState.initial()))
          .isEqualTo(schedule.learningRate(step));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void onlyAPlateauLooksAtTheState(Schedule schedule) {
    boolean looks =
        LongStream.range(0, 100)
            .anyMatch(step -> schedule.learningRate(step, REDUCED) != schedule.learningRate(step));
    assertThat(schedule.plateau().isPresent()).isEqualTo(looks);
  }

  @Test
  void plateausAreFoundWhereTheyAre() {
    assertThat(samples().stream().filter(schedule -> schedule.plateau().isPresent()))
        .containsExactly(
            new PlateauSchedule(0.5, 0.5, 2, 0.01, 1, 0.2),
            new WarmupSchedule(new PlateauSchedule(0.5, 0.5, 2, 0.01, 1, 0.2), 6, 0.1));
  }

  @Test
  void onlyCyclesRestartAndTheRateRisesExactlyThere() {
    List<Schedule> cyclic =
        samples().stream().filter(schedule -> !schedule.restarts(1000).isEmpty()).toList();
    assertThat(cyclic)
        .containsExactly(
            new PolynomialSchedule(0.5, 0.01, 13, 1.5, AfterDecay.CYCLE),
            new CosineRestartsSchedule(0.5, 5, 1, 0.01, 0.9),
            new CosineRestartsSchedule(0.5, 5, 2, 0.01, 0.9),
            new CosineRestartsSchedule(0.5, 2, 3),
            new WarmupSchedule(new CosineRestartsSchedule(0.5, 5, 2, 0.01, 0.9), 6, 0));
    for (Schedule schedule : cyclic) {
      long firstFullStep = schedule instanceof WarmupSchedule warmup ? warmup.warmupSteps() : 0;
      List<Long> rises =
          LongStream.range(firstFullStep + 1, 200)
              .filter(step -> schedule.learningRate(step) > schedule.learningRate(step - 1))
              .boxed()
              .toList();
      assertThat(schedule.restarts(200)).isEqualTo(rises);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void restartsStopBeforeTheGivenStep(Schedule schedule) {
    List<Long> all = schedule.restarts(60);
    for (long untilStep = 0; untilStep < 60; untilStep++) {
      long limit = untilStep;
      assertThat(schedule.restarts(untilStep))
          .isEqualTo(all.stream().filter(restart -> restart < limit).toList());
    }
  }

  @Property(tries = 2000)
  void ratesAreFiniteAndNotNegative(
      @ForAll("schedules") Schedule schedule, @ForAll @LongRange(min = 0) long step) {
    assertThat(schedule.learningRate(step)).isFinite().isNotNegative();
    assertThat(schedule.learningRate(step, REDUCED)).isFinite().isNotNegative();
  }

  @Property(tries = 1000)
  void ratesAreFiniteAndNotNegativeNearTheStartToo(
      @ForAll("schedules") Schedule schedule, @ForAll @IntRange(max = 300) int step) {
    assertThat(schedule.learningRate(step)).isFinite().isNotNegative();
    assertThat(schedule.learningRate(step, REDUCED)).isFinite().isNotNegative();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theLastStepThereIsHasARate(Schedule schedule) {
    assertThat(schedule.learningRate(Long.MAX_VALUE)).isFinite().isNotNegative();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void askingAllocatesNothing(Schedule schedule) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long leastBytes = Long.MAX_VALUE; // of several rounds: loading and compiling allocate as well
    double sum = 0;
    for (int round = 0; round < 10; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (long step = 0; step < 500; step++) {
        sum += schedule.learningRate(step) + schedule.learningRate(step, REDUCED);
      }
      leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(sum).isPositive();
    assertThat(leastBytes).isZero();
  }
}
