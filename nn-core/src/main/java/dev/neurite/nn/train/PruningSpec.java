package dev.neurite.nn.train;

import dev.neurite.nn.prune.GradualPruning;
import dev.neurite.nn.prune.Pruning;
import dev.neurite.nn.prune.PruningRounds;
import dev.neurite.nn.prune.UnitPruning;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a model is pruned and trained again; an immutable, validated value.
 *
 * <p>One round is one-shot pruning, more are iterative pruning. Where the training has a {@link
 * GradualPruning}, nothing is pruned before it.
 *
 * @param pruning what is pruned
 * @param sparsity share of the weights (or hidden units) that is pruned in the end, in [0, 1)
 * @param rounds of pruning and training, see {@link PruningRounds}
 * @param rewinds whether what is left gets its first values back before each training
 * @param fineTuning how it is trained after it is pruned; null for not at all
 */
public record PruningSpec(
    Pruning pruning,
    double sparsity,
    int rounds,
    boolean rewinds,
    @Nullable TrainingSpec fineTuning) {
  /** Checks the numbers and that the parts fit together. */
  public PruningSpec {
    Objects.requireNonNull(pruning, "pruning");
    new PruningRounds(0, sparsity, rounds);
    if (rounds > 1 && pruning instanceof UnitPruning) {
      throw new IllegalArgumentException(
          "units are removed in one round, received %d rounds".formatted(rounds));
    }
    if (fineTuning == null && (rounds > 1 || rewinds)) {
      throw new IllegalArgumentException("rounds and rewinding need training after pruning");
    }
    @Nullable GradualPruning gradual = fineTuning == null ? null : fineTuning.pruning();
    if (gradual != null
        && (rounds > 1
            || rewinds
            || !gradual.weights().equals(pruning)
            || gradual.finalSparsity() != sparsity)) {
      throw new IllegalArgumentException(
          "gradual pruning of the %s to %s cannot be combined with %d rounds, rewinding or another pruning"
              .formatted(gradual.weights(), gradual.finalSparsity(), rounds));
    }
  }

  /** Whether weights are pruned during the training. */
  public boolean isGradual() {
    return fineTuning != null && fineTuning.pruning() != null;
  }
}
