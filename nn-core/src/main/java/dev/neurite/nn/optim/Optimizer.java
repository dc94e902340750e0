package dev.neurite.nn.optim;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.RangeTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an optimiser for the parameters of one model; a step takes no memory.
 *
 * <p>What a {@link Mask} has pruned stays pruned: its gradient is set to 0 before it is used for
 * anything, its value after the update, and its state when the mask is first seen. So a step does
 * not depend on what a pruned weight was, and leaves it exactly 0.
 *
 * <p>Order of use: {@code tape.forward}, {@code tape.backward}, {@link #step}, {@link
 * #zeroGradients}.
 */
public final class Optimizer {
  /** Below this many elements a part is not worth another thread. */
  private static final int SMALLEST_PART = 1 << 15;

  /** Elements of a masked parameter that are updated in one go, so that they stay in the cache. */
  private static final int MASKED_BLOCK = 1 << 11;

  private final OptimizerSpec spec;
  private final List<Parameter> parameters;
  private final Engine engine;

  /** The mask that the state of each parameter has been cleared by. */
  private final @Nullable Mask[] masks;

  private final float[][][] slots;
  private final MaxNorm maxNorm;
  private final UpdateStep update = new UpdateStep();
  private final RangeTask updatePart = this::updatePart;
  private final RangeTask projectPart = this::projectPart;
  private long steps;
  private int current;
  private float[] gradient = {};

  /**
   * Starts with an empty state.
   *
   * @param spec what to do
   * @param parameters what to change, in a fixed order
   * @param engine what to run on; not closed
   */
  public Optimizer(OptimizerSpec spec, List<Parameter> parameters, Engine engine) {
    this.spec = spec;
    this.parameters = List.copyOf(parameters);
    this.engine = engine;
    maxNorm =
        new MaxNorm(
            spec.maxNorm(),
            spec.maxNorm() > 0
                ? parameters.stream().mapToInt(Parameter::columns).max().orElse(0)
                : 0);
    masks = new @Nullable Mask[parameters.size()];
    slots = new float[parameters.size()][spec.rule().slots()][];
    for (int i = 0; i < slots.length; i++) {
      for (int slot = 0; slot < slots[i].length; slot++) {
        slots[i][slot] = new float[parameters.get(i).size()];
      }
    }
  }

  /** Number of steps done. */
  public long steps() {
    return steps;
  }

  /** Sets all gradients to zero. */
  public void zeroGradients() {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).zeroGradient();
    }
  }

  /**
   * Changes every parameter by its gradient, which is clipped where it stands: until {@link
   * #zeroGradients} it is the clipped one.
   *
   * @param learningRate η, finite and at least 0
   * @throws IllegalArgumentException for another rate
   */
  public void step(double learningRate) {
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learningRate must be a finite number from 0, received " + learningRate);
    }
    steps++;
    for (int i = 0; i < slots.length; i++) {
      if (parameters.get(i).mask() != masks[i]) {
        clearPruned(i);
      }
    }
    double limit = spec.clipValue() > 0 ? spec.clipValue() : Double.POSITIVE_INFINITY;
    update.begin(steps, learningRate, clipFactor(), limit);
    for (current = 0; current < slots.length; current++) {
      Parameter parameter = parameters.get(current);
      boolean kernel = parameter.role() == Parameter.Role.KERNEL;
      update.decayBy(kernel ? spec.l2() : 0, kernel ? spec.weightDecay() : 0);
      gradient = parameter.gradient().data;
      engine.workers().run(updatePart, parameter.size(), SMALLEST_PART);
      if (kernel && spec.maxNorm() > 0) {
        int smallest = SMALLEST_PART / Math.max(1, parameter.rows()) + 1;
        engine.workers().run(projectPart, parameter.columns(), smallest);
      }
    }
  }

  private void updatePart(Kernels kernels, int from, int to) {
    float[] values = parameters.get(current).value().data;
    @Nullable Mask mask = masks[current];
    if (mask == null) {
      update.clip(gradient, from, to);
      spec.rule().apply(update, values, gradient, slots[current], from, to);
      return;
    }
    for (int begin = from; begin < to; begin += MASKED_BLOCK) {
      int end = Math.min(to, begin + MASKED_BLOCK);
      update.clip(gradient, begin, end);
      mask.applyTo(gradient, begin, end);
      spec.rule().apply(update, values, gradient, slots[current], begin, end);
      mask.applyTo(values, begin, end);
    }
  }

  private void projectPart(Kernels kernels, int from, int to) {
    Parameter parameter = parameters.get(current);
    maxNorm.project(parameter.value().data, parameter.rows(), parameter.columns(), from, to);
  }

  /** Clears what is known of weights that have been pruned since the last step. */
  private void clearPruned(int parameter) {
    @Nullable Mask mask = parameters.get(parameter).mask();
    masks[parameter] = mask;
    if (mask == null) {
      return;
    }
    for (float[] slot : slots[parameter]) {
      for (int j = 0; j < slot.length; j++) {
        if (!mask.keeps(j)) {
          slot[j] = 0;
        }
      }
    }
  }

  /** Whether all values of all parameters are finite. */
  public boolean isFinite() {
    for (int i = 0; i < parameters.size(); i++) {
      float[] values = parameters.get(i).value().data;
      float product = 0;
      for (int j = 0; j < parameters.get(i).size(); j++) {
        product += values[j] * 0; // NaN as soon as one value is not finite
      }
      if (product != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The Euclidean norm of the gradient over all parameters, without that of pruned weights; after
   * {@link #step} that of the clipped gradient.
   */
  public double gradientNorm() {
    double sum = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      float[] values = parameter.gradient().data;
      @Nullable Mask mask = parameter.mask();
      if (mask != null) {
        mask.applyTo(values, 0, parameter.size());
      }
      sum += engine.workers().kernels().squaredNorm(values, 0, parameter.size());
    }
    return Math.sqrt(sum);
  }

  private double clipFactor() {
    if (spec.clipNorm() == 0) {
      return 1;
    }
    double norm = gradientNorm();
    return norm > spec.clipNorm() ? spec.clipNorm() / norm : 1;
  }

  /** A copy of the state. */
  public OptimizerState state() {
    List<List<float[]>> copy = new ArrayList<>();
    for (float[][] arrays : slots) {
      List<float[]> copies = new ArrayList<>();
      for (float[] array : arrays) {
        copies.add(array.clone());
      }
      copy.add(copies);
    }
    return new OptimizerState(steps, copy);
  }

  /**
   * Takes over a state.
   *
   * @throws IllegalArgumentException if it does not fit the rule and the parameters
   */
  public void restore(OptimizerState state) {
    if (state.slots().size() != slots.length) {
      throw new IllegalArgumentException(
          "optimiser state is for %d parameters, the model has %d"
              .formatted(state.slots().size(), slots.length));
    }
    for (int i = 0; i < slots.length; i++) {
      List<float[]> arrays = state.slots().get(i);
      if (arrays.size() != slots[i].length) {
        throw new IllegalArgumentException(
            "optimiser state of %s has %d arrays, the rule needs %d"
                .formatted(parameters.get(i), arrays.size(), slots[i].length));
      }
      for (int slot = 0; slot < slots[i].length; slot++) {
        if (arrays.get(slot).length != slots[i][slot].length) {
          throw new IllegalArgumentException(
              "optimiser state of %s has %d values, needed are %d"
                  .formatted(parameters.get(i), arrays.get(slot).length, slots[i][slot].length));
        }
      }
    }
    for (int i = 0; i < slots.length; i++) {
      for (int slot = 0; slot < slots[i].length; slot++) {
        float[] values = state.slots().get(i).get(slot);
        System.arraycopy(values, 0, slots[i][slot], 0, values.length);
      }
    }
    Arrays.fill(masks, null);
    steps = state.steps();
  }
}
