package dev.neurite.nn.schedule;

import java.util.Objects;

/**
 * Decay by a constant rate per period: {@code η(t) = learningRate · decayRate^(t / decaySteps)},
 * the exponent floored when the shape is a staircase. It never ends: the rate goes on falling
 * towards 0.
 *
 * <p>Source: Keras {@code ExponentialDecay}; with {@code decaySteps} = 1 PyTorch {@code
 * ExponentialLR}.
 *
 * @param learningRate the rate of step 0, finite and above 0
 * @param decayRate what is left of the rate after {@code decaySteps} steps, in (0, 1]
 * @param decaySteps the steps of a period, at least 1
 * @param shape whether the rate falls at every step or only after whole periods
 */
public record ExponentialSchedule(
    double learningRate, double decayRate, long decaySteps, DecayShape shape) implements Schedule {
  /**
   * @throws IllegalArgumentException if a value is outside its range
   * @throws NullPointerException if the shape is null
   */
  public ExponentialSchedule {
    Require.positive("learningRate", learningRate);
    Require.aboveZeroToOne("decayRate", decayRate);
    Require.atLeast(1, "decaySteps", decaySteps);
    Objects.requireNonNull(shape, "shape");
  }

  /** A smooth decay, the default of Keras. */
  public ExponentialSchedule(double learningRate, double decayRate, long decaySteps) {
    this(learningRate, decayRate, decaySteps, DecayShape.SMOOTH);
  }

  @Override
  public double learningRate(long step) {
    Require.step(step);
    return learningRate * Math.pow(decayRate, shape.periods(step, decaySteps));
  }
}
