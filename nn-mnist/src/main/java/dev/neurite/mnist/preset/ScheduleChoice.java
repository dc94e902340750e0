package dev.neurite.mnist.preset;

import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.schedule.CosineRestartsSchedule;
import dev.neurite.nn.schedule.CosineSchedule;
import dev.neurite.nn.schedule.ExponentialSchedule;
import dev.neurite.nn.schedule.OneCycleSchedule;
import dev.neurite.nn.schedule.PlateauSchedule;
import dev.neurite.nn.schedule.Schedule;
import dev.neurite.nn.schedule.StepSchedule;
import dev.neurite.nn.schedule.WarmupSchedule;
import java.util.Locale;

/** Learning-rate schedules by name, each fitted to the length of a run. */
public enum ScheduleChoice {
  /** One rate for all steps. */
  CONSTANT("Constant"),
  /** Halved after every quarter of the run. */
  STEP("Step"),
  /** Falls smoothly to 96 % per epoch. */
  EXPONENTIAL("Exponential"),
  /** Half a cosine down to a hundredth. */
  COSINE("Cosine"),
  /**
   * Three cosines with warm restarts, each twice as long as the one before; a run of 7, 14, 21 ...
   * epochs ends at the end of a cycle.
   */
  COSINE_RESTARTS("Cosine with restarts"),
  /** A tenth of the run warming up, then a cosine down to a hundredth. */
  WARMUP_COSINE("Warm-up, then cosine"),
  /** Up to the peak in 40 % of the run, then down to nearly nothing. */
  ONE_CYCLE("One cycle"),
  /** A fifth of the rate whenever the validation loss has not got better for 3 epochs. */
  PLATEAU("Reduce on plateau");

  private static final double MINIMUM_SHARE = 0.01;

  private final String title;

  ScheduleChoice(String title) {
    this.title = title;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /**
   * The peak to start with where an optimiser usually runs at a constant rate: twice that rate for
   * the schedules that anneal along a cosine, whose mean is about half their peak.
   *
   * @param usualRate the optimiser's usual constant rate
   */
  public double defaultPeak(double usualRate) {
    return switch (this) {
      case CONSTANT, STEP, EXPONENTIAL, PLATEAU -> usualRate;
      case COSINE, COSINE_RESTARTS, WARMUP_COSINE, ONE_CYCLE -> 2 * usualRate;
    };
  }

  /**
   * The schedule of a run.
   *
   * @param learningRate the largest rate, above 0
   * @param epochs length of the run, at least 1
   * @param stepsPerEpoch steps of an epoch, at least 1
   */
  public Schedule schedule(double learningRate, int epochs, int stepsPerEpoch) {
    long steps = (long) epochs * stepsPerEpoch;
    double minimum = learningRate * MINIMUM_SHARE;
    return switch (this) {
      case CONSTANT -> new ConstantSchedule(learningRate);
      case STEP -> new StepSchedule(learningRate, Math.max(1, (steps + 3) / 4), 0.5);
      case EXPONENTIAL -> new ExponentialSchedule(learningRate, 0.96, stepsPerEpoch);
      case COSINE -> new CosineSchedule(learningRate, minimum, steps);
      case COSINE_RESTARTS ->
          new CosineRestartsSchedule(learningRate, Math.max(1, (steps + 6) / 7), 2, 0, 1);
      case WARMUP_COSINE -> {
        long warmup = Math.max(1, steps / 10);
        yield new WarmupSchedule(
            new CosineSchedule(learningRate, minimum, Math.max(1, steps - warmup)), warmup, 0.1);
      }
      case ONE_CYCLE -> new OneCycleSchedule(learningRate, Math.max(2, steps), 0.4, 25, 1e4);
      case PLATEAU -> new PlateauSchedule(learningRate, 0.2, 3, 1e-4, 0, minimum / 10);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
