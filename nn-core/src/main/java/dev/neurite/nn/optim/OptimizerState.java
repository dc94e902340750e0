package dev.neurite.nn.optim;

import java.util.List;

/**
 * What an optimiser remembers between steps, as a value.
 *
 * @param steps number of steps done
 * @param slots for each parameter, in order, the rule's state arrays
 */
public record OptimizerState(long steps, List<List<float[]>> slots) {
  /** Checks the number of steps. */
  public OptimizerState {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must be at least 0, received " + steps);
    }
    slots = slots.stream().map(List::copyOf).toList();
  }
}
