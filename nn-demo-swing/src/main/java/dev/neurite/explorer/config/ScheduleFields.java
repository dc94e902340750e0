package dev.neurite.explorer.config;

import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.schedule.CosineRestartsSchedule;
import dev.neurite.nn.schedule.CosineSchedule;
import dev.neurite.nn.schedule.Schedule;
import dev.neurite.nn.schedule.WarmupSchedule;
import java.util.List;

/**
 * The fields of schedules that have some of their own.
 *
 * @param cycles number of cycles of a run, at least 1
 * @param multiplier length of a cycle as a multiple of the one before, at least 1
 * @param minimumShare smallest rate as a share of the largest, 0 to 1
 * @param warmUpShare share of the run that the rate rises, above 0 and below 1
 */
record ScheduleFields(int cycles, int multiplier, double minimumShare, double warmUpShare) {
  private static final double START_FACTOR = 0.1;

  /** The fields that a schedule has. */
  static List<Field.Kind> of(ScheduleChoice choice) {
    return switch (choice) {
      case COSINE -> List.of(Field.Kind.MINIMUM);
      case COSINE_RESTARTS -> List.of(Field.Kind.CYCLES, Field.Kind.MULTIPLIER, Field.Kind.MINIMUM);
      case WARMUP_COSINE -> List.of(Field.Kind.WARM_UP, Field.Kind.MINIMUM);
      case CONSTANT, STEP, EXPONENTIAL, ONE_CYCLE, PLATEAU -> List.of();
    };
  }

  /** The schedule of a run. */
  Schedule schedule(ScheduleChoice choice, double learningRate, int epochs, int stepsPerEpoch) {
    long steps = (long) epochs * stepsPerEpoch;
    double minimum = learningRate * minimumShare;
    return switch (choice) {
      case COSINE -> new CosineSchedule(learningRate, minimum, steps);
      case COSINE_RESTARTS ->
          new CosineRestartsSchedule(learningRate, firstCycle(steps), multiplier, minimum, 1);
      case WARMUP_COSINE -> {
        long warmUp = Math.max(1, Math.round(steps * warmUpShare));
        yield new WarmupSchedule(
            new CosineSchedule(learningRate, minimum, Math.max(1, steps - warmUp)),
            warmUp,
            START_FACTOR);
      }
      case CONSTANT, STEP, EXPONENTIAL, ONE_CYCLE, PLATEAU ->
          choice.schedule(learningRate, epochs, stepsPerEpoch);
    };
  }

  /** Steps of the first cycle, so that the run ends with the last one or a little before. */
  private long firstCycle(long steps) {
    long parts = 0;
    long length = 1;
    for (int i = 0; i < cycles; i++) {
      parts += length;
      length *= multiplier;
    }
    return Math.max(1, (steps + parts - 1) / parts);
  }
}
