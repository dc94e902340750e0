package dev.neurite.nn.optim;

import java.util.Objects;

/**
 * How a model is changed at each step: the rule and what goes with it.
 *
 * <p>Order within a step: gradients are clipped by global norm, then by value, the L2 term is
 * added; weights shrink by the decoupled decay; the rule is applied; units are projected to the
 * max-norm. Both decays and the max-norm touch kernels only, never biases.
 *
 * @param rule turns a gradient into a change
 * @param l2 λ of an L2 term: λ·w is added to the gradient of kernels (what PyTorch calls {@code
 *     weight_decay} for SGD and Adam); 0 is none
 * @param weightDecay decoupled decay: kernels are multiplied by {@code 1 - η · weightDecay} each
 *     step (AdamW); 0 is none
 * @param maxNorm largest Euclidean norm of the incoming weights of a unit, projected to after each
 *     step (Srivastava et al. 2014); 0 is none
 * @param clipNorm gradients are scaled down so that their norm over all parameters is at most this;
 *     0 is none
 * @param clipValue each gradient element is clipped to ±clipValue; 0 is none
 */
public record OptimizerSpec(
    UpdateRule rule,
    double l2,
    double weightDecay,
    double maxNorm,
    double clipNorm,
    double clipValue) {
  /** Decoupled decay of {@link #adamW()}. */
  public static final double ADAMW_WEIGHT_DECAY = 0.01;

  /** Checks that no number is negative or not finite. */
  public OptimizerSpec {
    Objects.requireNonNull(rule, "rule");
    checkNotNegative("l2", l2);
    checkNotNegative("weightDecay", weightDecay);
    checkNotNegative("maxNorm", maxNorm);
    checkNotNegative("clipNorm", clipNorm);
    checkNotNegative("clipValue", clipValue);
  }

  /** The rule alone. */
  public static OptimizerSpec of(UpdateRule rule) {
    return new OptimizerSpec(rule, 0, 0, 0, 0, 0);
  }

  /** Adam with its usual values. */
  public static OptimizerSpec adam() {
    return of(new Adam());
  }

  /** Adam with a decoupled weight decay of {@link #ADAMW_WEIGHT_DECAY}. */
  public static OptimizerSpec adamW() {
    return adam().withWeightDecay(ADAMW_WEIGHT_DECAY);
  }

  /** The same with another L2 term. */
  public OptimizerSpec withL2(double newL2) {
    return new OptimizerSpec(rule, newL2, weightDecay, maxNorm, clipNorm, clipValue);
  }

  /** The same with another decoupled decay. */
  public OptimizerSpec withWeightDecay(double newWeightDecay) {
    return new OptimizerSpec(rule, l2, newWeightDecay, maxNorm, clipNorm, clipValue);
  }

  /** The same with another max-norm. */
  public OptimizerSpec withMaxNorm(double newMaxNorm) {
    return new OptimizerSpec(rule, l2, weightDecay, newMaxNorm, clipNorm, clipValue);
  }

  /** The same with another clip by global norm. */
  public OptimizerSpec withClipNorm(double newClipNorm) {
    return new OptimizerSpec(rule, l2, weightDecay, maxNorm, newClipNorm, clipValue);
  }

  /** The same with another clip by value. */
  public OptimizerSpec withClipValue(double newClipValue) {
    return new OptimizerSpec(rule, l2, weightDecay, maxNorm, clipNorm, newClipValue);
  }

  private static void checkNotNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number from 0, received " + value);
    }
  }
}
