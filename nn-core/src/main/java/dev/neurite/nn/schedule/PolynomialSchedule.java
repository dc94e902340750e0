package dev.neurite.nn.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decay to an end along a power of the remaining time; with power 1 a straight line:
 *
 * <pre>{@code
 * η(t) = endLearningRate + (learningRate − endLearningRate) · (1 − min(t, T) / T)^power
 * }</pre>
 *
 * with {@code T = decaySteps}. Afterwards the rate holds its end, or cycles: then {@code T =
 * decaySteps · max(1, ⌈t / decaySteps⌉)} grows with the step, so the end is met at every multiple
 * of {@code decaySteps} and the rate jumps up at the step after, each time to a lower height.
 *
 * <p>Source: Keras {@code PolynomialDecay}; without cycling and with end 0 PyTorch {@code
 * PolynomialLR}.
 *
 * @param learningRate the rate of step 0, finite and above 0
 * @param endLearningRate the rate at the end, from 0 to {@code learningRate}
 * @param decaySteps the step at which the end is met, at least 1
 * @param power the exponent, finite and above 0
 * @param afterDecay what happens after {@code decaySteps} steps
 */
public record PolynomialSchedule(
    double learningRate,
    double endLearningRate,
    long decaySteps,
    double power,
    AfterDecay afterDecay)
    implements Schedule {
  /** What happens once the end is met. */
  public enum AfterDecay {
    /** The rate stays at its end. */
    HOLD,
    /** The rate jumps up and falls to its end again. */
    CYCLE
  }

  /**
   * @throws IllegalArgumentException if a value is outside its range
   * @throws NullPointerException if {@code afterDecay} is null
   */
  public PolynomialSchedule {
    Require.positive("learningRate", learningRate);
    Require.floor("endLearningRate", endLearningRate, "learningRate", learningRate);
    Require.atLeast(1, "decaySteps", decaySteps);
    Require.positive("power", power);
    Objects.requireNonNull(afterDecay, "afterDecay");
  }

  /** A straight line to 0.0001 that stays there, the defaults of Keras. */
  public PolynomialSchedule(double learningRate, long decaySteps) {
    this(learningRate, 1e-4, decaySteps, 1, AfterDecay.HOLD);
  }

  @Override
  public double learningRate(long step) {
    Require.step(step);
    double horizonSteps =
        switch (afterDecay) {
          case HOLD -> decaySteps;
          case CYCLE -> (double) decaySteps * (cyclesBefore(step) + 1);
        };
    double remaining = 1 - Math.min(1, step / horizonSteps);
    return Annealing.linear(endLearningRate, learningRate, Math.pow(remaining, power));
  }

  /**
   * {@inheritDoc}
   *
   * <p>With cycling, the steps {@code k · decaySteps + 1}: a multiple of {@code decaySteps} still
   * has the end rate.
   */
  @Override
  public List<Long> restarts(long untilStep) {
    Require.untilStep(untilStep);
    List<Long> restarts = new ArrayList<>();
    if (afterDecay == AfterDecay.CYCLE && untilStep > 0) {
      long cycles = cyclesBefore(untilStep - 1);
      for (long cycle = 1; cycle <= cycles; cycle++) {
        restarts.add(cycle * decaySteps + 1);
      }
    }
    return List.copyOf(restarts);
  }

  /** Cycles that ended before the step: {@code max(1, ⌈step / decaySteps⌉) − 1}. */
  private long cyclesBefore(long step) {
    return Math.max(0, step - 1) / decaySteps;
  }
}
