package dev.neurite.nn.schedule;

import java.util.Optional;

/**
 * A constant rate that is reduced whenever a metric stops improving. The only schedule that depends
 * on how training goes; it does so through a {@link PlateauState}, which {@link #next} advances
 * once per epoch:
 *
 * <pre>{@code
 * η(t, state) = max(learningRate · state.scale, minimumLearningRate)
 * }</pre>
 *
 * <p>An epoch improves if {@code metric < bestMetric − minimumImprovement}. After {@code
 * patienceEpochs} epochs in a row without improvement the scale is multiplied by {@code factor};
 * then {@code cooldownEpochs} epochs follow whose failures are not counted. Once the rate is at its
 * minimum the scale stays.
 *
 * <p>Source: Keras {@code ReduceLROnPlateau} (absolute improvement; the reduction follows the
 * {@code patienceEpochs}-th failure, where PyTorch waits for one more). The cool-down is PyTorch's,
 * exactly {@code cooldownEpochs} epochs, where Keras counts the last of them again.
 *
 * @param learningRate the rate before any reduction, finite and above 0
 * @param factor the rate after a reduction as a part of the rate before it, in (0, 1)
 * @param patienceEpochs the epochs in a row without improvement that lead to a reduction, at least
 *     1
 * @param minimumImprovement how far the metric must fall below the best one, absolute, finite and
 *     at least 0
 * @param cooldownEpochs the epochs after a reduction that are not counted, at least 0
 * @param minimumLearningRate the rate below which nothing is reduced, from 0 to {@code
 *     learningRate}
 */
public record PlateauSchedule(
    double learningRate,
    double factor,
    int patienceEpochs,
    double minimumImprovement,
    int cooldownEpochs,
    double minimumLearningRate)
    implements Schedule {
  /**
   * @throws IllegalArgumentException if a value is outside its range
   */
  public PlateauSchedule {
    Require.positive("learningRate", learningRate);
    if (!(factor > 0 && factor < 1)) {
      throw Require.refused("factor", factor, "a number in (0, 1)");
    }
    Require.atLeast(1, "patienceEpochs", patienceEpochs);
    Require.notNegative("minimumImprovement", minimumImprovement);
    Require.atLeast(0, "cooldownEpochs", cooldownEpochs);
    Require.floor("minimumLearningRate", minimumLearningRate, "learningRate", learningRate);
  }

  /**
   * A tenth after 10 epochs without an improvement of 0.0001, no cool-down, no minimum: the
   * defaults of Keras.
   */
  public PlateauSchedule(double learningRate) {
    this(learningRate, 0.1, 10, 1e-4, 0, 0);
  }

  @Override
  public double learningRate(long step) {
    return learningRate(step, PlateauState.initial());
  }

  @Override
  public double learningRate(long step, PlateauState state) {
    Require.step(step);
    return Math.max(learningRate * state.scale(), minimumLearningRate);
  }

  @Override
  public Optional<PlateauSchedule> plateau() {
    return Optional.of(this);
  }

  /**
   * The state after one more epoch.
   *
   * @param state the state before the epoch
   * @param metric what the epoch achieved, lower being better; NaN counts as no improvement
   */
  public PlateauState next(PlateauState state, double metric) {
    boolean improved = metric < state.bestMetric() - minimumImprovement;
    boolean coolingDown = state.cooldownEpochsLeft() > 0;
    double bestMetric = improved ? metric : state.bestMetric();
    int failures = improved || coolingDown ? 0 : state.epochsWithoutImprovement() + 1;
    int cooldownEpochsLeft = Math.max(0, state.cooldownEpochsLeft() - 1);

    boolean reducible = learningRate * state.scale() > minimumLearningRate;
    return failures >= patienceEpochs && reducible
        ? new PlateauState(state.scale() * factor, bestMetric, 0, cooldownEpochs)
        : new PlateauState(state.scale(), bestMetric, failures, cooldownEpochsLeft);
  }
}
