package dev.neurite.nn.schedule;

/**
 * The same rate at every step: {@code η(t) = learningRate}.
 *
 * @param learningRate the rate, finite and above 0
 */
public record ConstantSchedule(double learningRate) implements Schedule {
  /**
   * @throws IllegalArgumentException if the rate is not a finite number above 0
   */
  public ConstantSchedule {
    Require.positive("learningRate", learningRate);
  }

  @Override
  public double learningRate(long step) {
    Require.step(step);
    return learningRate;
  }
}
