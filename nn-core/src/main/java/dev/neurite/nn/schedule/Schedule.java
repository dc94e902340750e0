package dev.neurite.nn.schedule;

import java.util.List;
import java.util.Optional;

/**
 * The learning rate of every optimiser step.
 *
 * <p>Implementations are immutable records, safe to share between threads. A rate is finite and
 * never negative, for every step from 0 to {@link Long#MAX_VALUE}.
 */
public sealed interface Schedule
    permits ConstantSchedule,
        StepSchedule,
        PiecewiseSchedule,
        ExponentialSchedule,
        InverseTimeSchedule,
        PolynomialSchedule,
        CosineSchedule,
        CosineRestartsSchedule,
        OneCycleSchedule,
        WarmupSchedule,
        PlateauSchedule {

  /**
   * The rate of one step; for a schedule with a plateau, the rate before any reduction.
   *
   * @param step the 0-based optimiser step
   * @return the rate, finite and at least 0
   * @throws IllegalArgumentException if the step is negative
   */
  double learningRate(long step);

  /**
   * The rate of one step, given how training has gone. Without a {@link #plateau()} the state is
   * ignored, so a trainer can ask every schedule this way.
   *
   * @param step the 0-based optimiser step
   * @param state the state of the plateau, {@link PlateauState#initial()} if there is none
   * @return the rate, finite and at least 0
   * @throws IllegalArgumentException if the step is negative
   */
  default double learningRate(long step, PlateauState state) {
    return learningRate(step);
  }

  /** The plateau whose state the rate depends on; empty for a function of the step alone. */
  default Optional<PlateauSchedule> plateau() {
    return Optional.empty();
  }

  /**
   * The steps at which a new cycle begins, ascending; empty for a schedule without cycles. Step 0
   * begins the first cycle and is no restart. There is one entry per cycle, so ask for the length
   * of the run.
   *
   * @param untilStep the first step that is not looked at: the restarts lie in {@code [1,
   *     untilStep)}
   * @throws IllegalArgumentException if {@code untilStep} is negative
   */
  default List<Long> restarts(long untilStep) {
    Require.untilStep(untilStep);
    return List.of();
  }
}
