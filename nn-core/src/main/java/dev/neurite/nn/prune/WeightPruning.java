package dev.neurite.nn.prune;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prunes the weights of smallest magnitude, one by one or in blocks; biases never.
 *
 * <p>With W weights in all kernels, the sparsity s prunes exactly {@code round(s · W)} of them in
 * the global scope, and {@code round(r · w)} of the w weights of each layer that is not spared in
 * the layer scope, with {@code r = s · W / (weights not spared)}. Of weights of the same magnitude
 * those that stand first are pruned, in the order of the layers and row-major. Weights that are
 * pruned already count and stay pruned.
 *
 * <p>A block of width b is b neighbouring weights of one input, to the outputs from a multiple of b
 * on; the last one of an input is narrower where b does not divide the number of outputs. Blocks go
 * by the mean magnitude of all their weights, as a float, those that are pruned counted as 0; of
 * equal ones those that stand first. The numbers stay exact: of the last block to go only as many
 * weights are pruned as are wanted, its smallest. Blocks cost accuracy, because some larger weights
 * go and some smaller ones stay, but what is left of the network is answered by whole vectors.
 * Sources: Narang et al., "Block-sparse recurrent neural networks", 2017; Mao et al., "Exploring
 * the regularity of sparse structure in convolutional neural networks", 2017.
 *
 * @param scope among which weights the smallest are looked for
 * @param sparesOutput whether the last layer keeps all its weights
 * @param blockWidth how many neighbouring weights are pruned together, 1 for one by one, at most
 *     {@value #MAX_BLOCK_WIDTH}
 */
public record WeightPruning(PruningScope scope, boolean sparesOutput, int blockWidth)
    implements Pruning {
  /** Widest block. */
  public static final int MAX_BLOCK_WIDTH = 64;

  /** The width of block with which a sparse network answers fastest. */
  public static final int FAST_BLOCK_WIDTH = 16;

  /** Checks that a scope is there, and the width of blocks. */
  public WeightPruning {
    Objects.requireNonNull(scope, "scope");
    if (blockWidth < 1 || blockWidth > MAX_BLOCK_WIDTH) {
      throw new IllegalArgumentException(
          "blockWidth must be 1...%d, received %d".formatted(MAX_BLOCK_WIDTH, blockWidth));
    }
  }

  /** Weights one by one. */
  public WeightPruning(PruningScope scope, boolean sparesOutput) {
    this(scope, sparesOutput, 1);
  }

  /** The smallest of all weights, wherever they are. */
  public static WeightPruning global() {
    return new WeightPruning(PruningScope.GLOBAL, false);
  }

  /** Kernels that are pruned together, and how many of their weights are pruned afterwards. */
  private record Group(List<Parameter> kernels, int count) {}

  /**
   * Prunes a model.
   *
   * @param model changed: its masks, and the weights that they prune
   * @param sparsity share of all its weights that is pruned afterwards, in [0, 1)
   * @throws IllegalArgumentException if the sparsity is not in [0, 1), needs weights of a spared
   *     layer, or is less than what is pruned already
   */
  public void prune(Model model, double sparsity) {
    check(model, sparsity);
    pruneAtLeast(model, sparsity);
  }

  @Override
  public Model prune(Model model, Model target, double sparsity) {
    Model chosen = model.copy();
    prune(chosen, sparsity);
    if (target == model) {
      return chosen;
    }
    Model pruned = target.copyAs(model.spec());
    for (int i = 0; i < pruned.parameters().size(); i++) {
      @Nullable Mask mask = chosen.parameters().get(i).mask();
      if (mask != null) {
        pruned.parameters().get(i).prune(mask);
      }
    }
    return pruned;
  }

  /**
   * Prunes a model, but leaves alone what has been pruned more already.
   *
   * @param model changed: its masks, and the weights that they prune
   * @param sparsity in [0, 1)
   * @throws IllegalArgumentException if the sparsity is not in [0, 1) or needs weights of a spared
   *     layer
   */
  public void pruneAtLeast(Model model, double sparsity) {
    for (Group group : groups(model, sparsity)) {
      int more = group.count - pruned(group.kernels);
      if (more > 0) {
        if (blockWidth == 1) {
          pruneMore(group.kernels, more);
        } else {
          new SmallestBlocks(group.kernels, blockWidth).prune(more);
        }
      }
    }
  }

  /**
   * Checks that a model could be pruned so; changes nothing.
   *
   * @throws IllegalArgumentException as {@link #prune} would
   */
  public void check(Model model, double sparsity) {
    for (Group group : groups(model, sparsity)) {
      int pruned = pruned(group.kernels);
      if (group.count < pruned) {
        throw new IllegalArgumentException(
            "%s: at sparsity %s %,d weights are pruned, but %,d are pruned already and stay so"
                .formatted(
                    group.kernels.size() == 1 ? group.kernels.get(0).name() : "all layers",
                    sparsity,
                    group.count,
                    pruned));
      }
    }
  }

  /**
   * The smallest sparsity that leaves a network no more than so many parameters; biases and spared
   * layers count.
   *
   * @param parameters wanted number of weights and biases that are left
   * @throws IllegalArgumentException if the network has no more than that, or if what cannot be
   *     pruned is more
   */
  public double sparsityFor(ModelSpec spec, int parameters) {
    int all = spec.parameterCount();
    int weights = spec.weightCount();
    long prunable = prunable(spec);
    if (parameters < all - prunable) {
      throw new IllegalArgumentException(
          "%,d parameters are wanted, but %,d biases%s cannot be pruned, so %,d are the fewest"
              .formatted(
                  parameters,
                  all - weights,
                  sparesOutput
                      ? " and %,d weights of the spared output layer".formatted(weights - prunable)
                      : "",
                  all - prunable));
    }
    if (parameters >= all) {
      throw new IllegalArgumentException(
          "%,d parameters are wanted, the network %s has only %,d"
              .formatted(parameters, spec.widths(), all));
    }
    for (int pruned = all - parameters; pruned < weights; pruned++) {
      double sparsity = (double) pruned / weights;
      if (Arrays.stream(counts(spec, sparsity)).asLongStream().sum() >= all - parameters) {
        return sparsity;
      }
    }
    throw new IllegalArgumentException(
        "%,d parameters would leave the network %s no weight".formatted(parameters, spec.widths()));
  }

  /** How many weights are pruned: one number in the global scope, one for each kernel otherwise. */
  private int[] counts(ModelSpec spec, double sparsity) {
    Sparsity.require("sparsity", sparsity);
    long wanted = Math.round(sparsity * spec.weightCount());
    long prunable = prunable(spec);
    if (wanted > prunable) {
      throw new IllegalArgumentException(
          "sparsity %s needs %,d weights pruned, but only %,d of %,d are not in the spared output layer"
              .formatted(sparsity, wanted, prunable, spec.weightCount()));
    }
    if (scope == PruningScope.GLOBAL) {
      return new int[] {(int) wanted};
    }
    double share =
        prunable == spec.weightCount() ? sparsity : sparsity * spec.weightCount() / prunable;
    List<Integer> sizes = sizes(spec);
    int[] counts = new int[sizes.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (int) Math.min(sizes.get(i), Math.round(share * sizes.get(i)));
    }
    return counts;
  }

  private long prunable(ModelSpec spec) {
    return sizes(spec).stream().mapToLong(Integer::longValue).sum();
  }

  /** Weights of each kernel that is not spared. */
  private List<Integer> sizes(ModelSpec spec) {
    List<Integer> sizes = new ArrayList<>();
    int width = spec.inputs();
    for (var dense : spec.denseLayers()) {
      sizes.add(width * dense.units());
      width = dense.units();
    }
    return sparesOutput ? sizes.subList(0, sizes.size() - 1) : sizes;
  }

  private List<Group> groups(Model model, double sparsity) {
    int[] counts = counts(model.spec(), sparsity);
    List<Parameter> kernels =
        model.parameters().stream()
            .filter(p -> p.role() == Parameter.Role.KERNEL)
            .limit(sizes(model.spec()).size())
            .toList();
    if (scope == PruningScope.GLOBAL) {
      return List.of(new Group(kernels, counts[0]));
    }
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < kernels.size(); i++) {
      groups.add(new Group(List.of(kernels.get(i)), counts[i]));
    }
    return groups;
  }

  /** How many weights of some kernels are pruned. */
  static int pruned(List<Parameter> kernels) {
    int pruned = 0;
    for (Parameter kernel : kernels) {
      @Nullable Mask mask = kernel.mask();
      pruned += mask == null ? 0 : mask.pruned();
    }
    return pruned;
  }

  /**
   * Prunes the smallest weights of some kernels.
   *
   * @param more how many of those that are left, at least 1
   */
  static void pruneMore(List<Parameter> kernels, int more) {
    SmallestMagnitudes smallest = SmallestMagnitudes.of(kernels, more);
    int ties = smallest.ties();
    for (Parameter kernel : kernels) {
      float[] values = kernel.value().data;
      @Nullable Mask mask = kernel.mask();
      BitSet kept = new BitSet(kernel.size());
      for (int i = 0; i < kernel.size(); i++) {
        if (mask != null && !mask.keeps(i)) {
          continue;
        }
        int magnitude = SmallestMagnitudes.magnitude(values[i]);
        boolean isSmall = magnitude < smallest.threshold();
        if (magnitude == smallest.threshold() && ties > 0) {
          isSmall = true;
          ties--;
        }
        kept.set(i, !isSmall);
      }
      kernel.prune(Mask.of(kernel.rows(), kernel.columns(), kept));
    }
  }

  @Override
  public String toString() {
    return "smallest "
        + (blockWidth == 1 ? "" : "blocks of %d ".formatted(blockWidth))
        + (scope == PruningScope.GLOBAL ? "weights of all layers" : "weights of each layer")
        + (sparesOutput ? ", output layer spared" : "");
  }
}
