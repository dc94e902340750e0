package dev.neurite.nn.schedule;

/**
 * Half a cosine from a rate down to a minimum, which is kept afterwards:
 *
 * <pre>{@code
 * η(t) = minimum + ½ · (learningRate − minimum) · (1 + cos(π · min(t, decaySteps) / decaySteps))
 * }</pre>
 *
 * <p>Source: Loshchilov and Hutter, SGDR (2017), equation 5, without restarts. The minimum is an
 * absolute rate as in PyTorch {@code CosineAnnealingLR}, not a fraction as in Keras {@code
 * CosineDecay}; after the last step the rate stays low as in Keras, while PyTorch would rise again.
 *
 * @param learningRate the rate of step 0, finite and above 0
 * @param minimumLearningRate the rate from step {@code decaySteps} on, from 0 to {@code
 *     learningRate}
 * @param decaySteps the step at which the minimum is met, at least 1
 */
public record CosineSchedule(double learningRate, double minimumLearningRate, long decaySteps)
    implements Schedule {
  /**
   * @throws IllegalArgumentException if a value is outside its range
   */
  public CosineSchedule {
    Require.positive("learningRate", learningRate);
    Require.floor("minimumLearningRate", minimumLearningRate, "learningRate", learningRate);
    Require.atLeast(1, "decaySteps", decaySteps);
  }

  /** Down to 0, the default of PyTorch and Keras. */
  public CosineSchedule(double learningRate, long decaySteps) {
    this(learningRate, 0, decaySteps);
  }

  @Override
  public double learningRate(long step) {
    Require.step(step);
    double fraction = (double) Math.min(step, decaySteps) / decaySteps;
    return Annealing.cosine(learningRate, minimumLearningRate, fraction);
  }
}
