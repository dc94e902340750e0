package dev.neurite.nn.schedule;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A straight rise before any other schedule, which starts, moved, at its own step 0:
 *
 * <pre>{@code
 * η(t) = after(0) · (startFactor + (1 − startFactor) · t / warmupSteps)   for t < warmupSteps
 * η(t) = after(t − warmupSteps)                                          afterwards
 * }</pre>
 *
 * <p>Source: Goyal et al., Accurate, Large Minibatch SGD (2017); PyTorch {@code LinearLR} followed
 * by another schedule in {@code SequentialLR}. Before a {@link PlateauSchedule} the rise leads to
 * the reduced rate, and the minimum rate of the plateau does not lift the steps of the rise.
 *
 * @param after the schedule after the rise
 * @param warmupSteps the steps of the rise, at least 1; step {@code warmupSteps} is the first with
 *     the full rate
 * @param startFactor the rate of step 0 as a part of {@code after(0)}, in [0, 1]; with 0 the first
 *     step changes nothing
 */
public record WarmupSchedule(Schedule after, long warmupSteps, double startFactor)
    implements Schedule {
  /**
   * @throws IllegalArgumentException if a value is outside its range
   * @throws NullPointerException if {@code after} is null
   */
  public WarmupSchedule {
    Objects.requireNonNull(after, "after");
    Require.atLeast(1, "warmupSteps", warmupSteps);
    Require.zeroToOne("startFactor", startFactor);
  }

  /** A rise from a third, the default of PyTorch. */
  public WarmupSchedule(Schedule after, long warmupSteps) {
    this(after, warmupSteps, 1.0 / 3);
  }

  @Override
  public double learningRate(long step) {
    return learningRate(step, PlateauState.initial());
  }

  @Override
  public double learningRate(long step, PlateauState state) {
    Require.step(step);
    if (step >= warmupSteps) {
      return after.learningRate(step - warmupSteps, state);
    }
    double factor = Annealing.linear(startFactor, 1, (double) step / warmupSteps);
    return factor * after.learningRate(0, state);
  }

  @Override
  public Optional<PlateauSchedule> plateau() {
    return after.plateau();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Those of the schedule after the rise, moved; the end of the rise is no restart.
   */
  @Override
  public List<Long> restarts(long untilStep) {
    Require.untilStep(untilStep);
    return after.restarts(Math.max(0, untilStep - warmupSteps)).stream()
        .map(restart -> restart + warmupSteps)
        .toList();
  }
}
