package dev.neurite.nn.schedule;

import java.util.List;

/**
 * Constant rates between given steps: {@code η(t) = values[i]} for the first {@code i} with {@code
 * t ≤ boundaries[i]}, and the last value after the last boundary, for ever.
 *
 * <p>Source: Keras {@code PiecewiseConstantDecay}. The intervals are closed on the right: a
 * boundary is the <em>last</em> step with the value before it.
 *
 * @param boundaries the last step of every value but the last one, strictly increasing from 0 or
 *     more; may be empty
 * @param values the rates, one more than boundaries, each finite and at least 0 (0 pauses learning)
 */
public record PiecewiseSchedule(List<Long> boundaries, List<Double> values) implements Schedule {
  /**
   * Copies both lists.
   *
   * @throws IllegalArgumentException if the lists do not fit or a value is outside its range
   * @throws NullPointerException if a list or an element is null
   */
  public PiecewiseSchedule {
    boundaries = List.copyOf(boundaries);
    values = List.copyOf(values);
    if (values.size() != boundaries.size() + 1) {
      throw Require.refused(
          "values.size()", values.size(), (boundaries.size() + 1) + ", one more than boundaries");
    }
    long previous = -1;
    for (int i = 0; i < boundaries.size(); i++) {
      long boundary = boundaries.get(i);
      if (boundary <= previous) {
        throw Require.refused("boundaries[" + i + "]", boundary, "a step above " + previous);
      }
      previous = boundary;
    }
    for (int i = 0; i < values.size(); i++) {
      Require.notNegative("values[" + i + "]", values.get(i));
    }
  }

  @Override
  public double learningRate(long step) {
    Require.step(step);
    int i = 0;
    while (i < boundaries.size() && step > boundaries.get(i)) {
      i++;
    }
    return values.get(i);
  }
}
