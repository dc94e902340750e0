package dev.neurite.nn.schedule;

/**
 * A drop by a factor at regular intervals: {@code η(t) = learningRate · factor^⌊t / stepsPerDrop⌋}.
 * It never ends: the rate goes on falling towards 0.
 *
 * <p>Source: PyTorch {@code StepLR} ({@code gamma} is the factor), computed from the step instead
 * of multiplied up.
 *
 * @param learningRate the rate of the first {@code stepsPerDrop} steps, finite and above 0
 * @param stepsPerDrop the steps from one drop to the next, at least 1; step {@code stepsPerDrop} is
 *     the first with the lower rate
 * @param factor the rate after a drop as a part of the rate before it, in (0, 1]
 */
public record StepSchedule(double learningRate, long stepsPerDrop, double factor)
    implements Schedule {
  /**
   * @throws IllegalArgumentException if a value is outside its range
   */
  public StepSchedule {
    Require.positive("learningRate", learningRate);
    Require.atLeast(1, "stepsPerDrop", stepsPerDrop);
    Require.aboveZeroToOne("factor", factor);
  }

  /** Drops to a tenth, the default of PyTorch. */
  public StepSchedule(double learningRate, long stepsPerDrop) {
    this(learningRate, stepsPerDrop, 0.1);
  }

  @Override
  public double learningRate(long step) {
    Require.step(step);
    return learningRate * Math.pow(factor, DecayShape.STAIRCASE.periods(step, stepsPerDrop));
  }
}
