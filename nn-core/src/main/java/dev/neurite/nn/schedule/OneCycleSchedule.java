package dev.neurite.nn.schedule;

/**
 * One rise to a peak, one fall far below the start, both along half a cosine:
 *
 * <pre>{@code
 * start = peak / divisor,  final = start / finalDivisor,
 * p = warmupFraction · totalSteps − 1,  q = totalSteps − 1
 * η(t) = start → peak  over t in [0, p],  then peak → final  over t in [p, q]
 * a → b at fraction f:  b + ½ · (a − b) · (1 + cos(π · f))
 * }</pre>
 *
 * The peak lies at {@code p}, which may fall between two steps; with {@code warmupFraction ·
 * totalSteps < 1} it lies before step 0 and the rate only falls. From step {@code totalSteps − 1}
 * on the rate stays at the final one.
 *
 * <p>Source: Smith and Topin, Super-Convergence (2018), in the form of PyTorch {@code OneCycleLR}
 * with two phases and cosine annealing; PyTorch refuses steps after the end. The momentum, which
 * PyTorch moves against the rate, is not touched.
 *
 * @param peakLearningRate the highest rate, finite and above 0
 * @param totalSteps the steps of the run, at least 1
 * @param warmupFraction the part of the run before the peak, in [0, 1)
 * @param divisor the peak as a multiple of the start, finite and at least 1
 * @param finalDivisor the start as a multiple of the final rate, finite and at least 1
 */
public record OneCycleSchedule(
    double peakLearningRate,
    long totalSteps,
    double warmupFraction,
    double divisor,
    double finalDivisor)
    implements Schedule {
  /**
   * @throws IllegalArgumentException if a value is outside its range
   */
  public OneCycleSchedule {
    Require.positive("peakLearningRate", peakLearningRate);
    Require.atLeast(1, "totalSteps", totalSteps);
    if (!(warmupFraction >= 0 && warmupFraction < 1)) {
      throw Require.refused("warmupFraction", warmupFraction, "a number in [0, 1)");
    }
    Require.atLeastOne("divisor", divisor);
    Require.atLeastOne("finalDivisor", finalDivisor);
  }

  /** Peak after three tenths of the run, divisors 25 and 10,000: the defaults of PyTorch. */
  public OneCycleSchedule(double peakLearningRate, long totalSteps) {
    this(peakLearningRate, totalSteps, 0.3, 25, 1e4);
  }

  @Override
  public double learningRate(long step) {
    Require.step(step);
    double startLearningRate = peakLearningRate / divisor;
    double finalLearningRate = startLearningRate / finalDivisor;
    long lastStep = totalSteps - 1;
    if (step >= lastStep) {
      return finalLearningRate;
    }
    double peakStep = warmupFraction * totalSteps - 1;
    return peakStep > 0 && step <= peakStep
        ? Annealing.cosine(startLearningRate, peakLearningRate, step / peakStep)
        : Annealing.cosine(
            peakLearningRate, finalLearningRate, (step - peakStep) / (lastStep - peakStep));
  }
}
