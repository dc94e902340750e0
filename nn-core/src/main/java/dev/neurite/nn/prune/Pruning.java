package dev.neurite.nn.prune;

import dev.neurite.nn.model.Model;

/** A way to choose what a network can do without. */
public sealed interface Pruning permits UnitPruning, WeightPruning {
  /**
   * Prunes a network, or removes part of it.
   *
   * @param model what to choose from; read
   * @param target the network whose weights are wanted, of the same layers: the model itself, or
   *     another state of it such as its first values; read
   * @param sparsity share that is pruned afterwards, in [0, 1)
   * @return a new network with what is left of the target
   * @throws IllegalArgumentException if the model cannot be pruned so
   */
  Model prune(Model model, Model target, double sparsity);

  /**
   * Prunes a network, or removes part of it.
   *
   * @param model read
   * @param sparsity share that is pruned afterwards, in [0, 1)
   * @return a new network with what is left
   * @throws IllegalArgumentException if the model cannot be pruned so
   */
  default Model pruned(Model model, double sparsity) {
    return prune(model, model, sparsity);
  }
}
