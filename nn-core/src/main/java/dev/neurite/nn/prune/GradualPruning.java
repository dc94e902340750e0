package dev.neurite.nn.prune;

import java.util.Objects;

/**
 * Pruning during a training run, more and more until the end sparsity is reached; a pure function
 * of the step.
 *
 * <p>With steps t from 0, {@code s(t) = s_f + (s_i - s_f)·(1 - (t - begin) / (end - begin))³} for
 * {@code begin <= t <= end}; weights are pruned before the steps {@code begin, begin + frequency,
 * begin + 2·frequency ...} and {@code end}. Source: Zhu and Gupta, "To prune, or not to prune",
 * 2017, with {@code end = begin + n·Δt}; where the frequency does not divide the span, the last
 * change comes sooner than a frequency.
 *
 * @param weights which weights are pruned
 * @param initialSparsity s_i in [0, 1), at most the final one
 * @param finalSparsity s_f in [0, 1)
 * @param beginStep first step before which weights are pruned, at least 0
 * @param endStep last one, at least beginStep
 * @param frequencySteps steps from one change to the next, at least 1
 */
public record GradualPruning(
    WeightPruning weights,
    double initialSparsity,
    double finalSparsity,
    long beginStep,
    long endStep,
    int frequencySteps) {
  /** Steps between two changes that fit most runs; 100 to 1,000 make little difference. */
  public static final int DEFAULT_FREQUENCY_STEPS = 100;

  /** Checks the numbers. */
  public GradualPruning {
    Objects.requireNonNull(weights, "weights");
    Sparsity.require("initialSparsity", initialSparsity);
    Sparsity.require("finalSparsity", finalSparsity);
    if (initialSparsity > finalSparsity) {
      throw new IllegalArgumentException(
          "initialSparsity must be at most finalSparsity %s, received %s"
              .formatted(finalSparsity, initialSparsity));
    }
    if (beginStep < 0 || endStep < beginStep) {
      throw new IllegalArgumentException(
          "pruning must begin at step 0 or later and end no sooner, received %d...%d"
              .formatted(beginStep, endStep));
    }
    if (frequencySteps < 1) {
      throw new IllegalArgumentException(
          "frequencySteps must be at least 1, received " + frequencySteps);
    }
  }

  /** Whether weights are pruned before a step. */
  public boolean isDue(long step) {
    return step == endStep
        || (step >= beginStep && step < endStep && (step - beginStep) % frequencySteps == 0);
  }

  /** The sparsity of a step: 0 before the first, the final one from the end on. */
  public double sparsity(long step) {
    if (step < beginStep) {
      return 0;
    }
    if (step >= endStep) {
      return finalSparsity;
    }
    double left = 1 - (double) (step - beginStep) / (endStep - beginStep);
    return finalSparsity + (initialSparsity - finalSparsity) * left * left * left;
  }
}
