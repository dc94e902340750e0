package dev.neurite.nn.schedule;

import java.util.Objects;

/**
 * Decay like one over the time: {@code η(t) = learningRate / (1 + decayRate · t / decaySteps)}, the
 * quotient {@code t / decaySteps} floored when the shape is a staircase. It never ends: the rate
 * goes on falling towards 0.
 *
 * <p>Source: Keras {@code InverseTimeDecay}.
 *
 * @param learningRate the rate of step 0, finite and above 0
 * @param decayRate how much the denominator grows per period, finite and above 0; with 1 the rate
 *     is halved after the first {@code decaySteps} steps
 * @param decaySteps the steps of a period, at least 1
 * @param shape whether the rate falls at every step or only after whole periods
 */
public record InverseTimeSchedule(
    double learningRate, double decayRate, long decaySteps, DecayShape shape) implements Schedule {
  /**
   * @throws IllegalArgumentException if a value is outside its range
   * @throws NullPointerException if the shape is null
   */
  public InverseTimeSchedule {
    Require.positive("learningRate", learningRate);
    Require.positive("decayRate", decayRate);
    Require.atLeast(1, "decaySteps", decaySteps);
    Objects.requireNonNull(shape, "shape");
  }

  /** A smooth decay, the default of Keras. */
  public InverseTimeSchedule(double learningRate, double decayRate, long decaySteps) {
    this(learningRate, decayRate, decaySteps, DecayShape.SMOOTH);
  }

  @Override
  public double learningRate(long step) {
    Require.step(step);
    return learningRate / (1 + decayRate * shape.periods(step, decaySteps));
  }
}
