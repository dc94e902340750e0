package dev.neurite.nn.prune;

import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Chooses the hidden units that matter least; removing them makes the matrices smaller.
 *
 * <p>A unit's weight is {@code ‖incoming‖ · ‖outgoing‖}, the product of the Euclidean norms of its
 * weights, which does not change when a relu unit's incoming weights are scaled up and its outgoing
 * ones down. Of units of the same weight the first are removed. Every layer keeps at least one
 * unit. Sources: Li et al., "Pruning filters for efficient convnets", 2017 (incoming norm), here
 * with the outgoing norm too.
 *
 * @param scope among which units the least are looked for; {@link PruningScope#GLOBAL} compares
 *     weights as shares of their layer's largest
 */
public record UnitPruning(PruningScope scope) implements Pruning {
  private record Unit(int layer, int index, double weight) {}

  /** Checks that a scope is there. */
  public UnitPruning {
    Objects.requireNonNull(scope, "scope");
  }

  /**
   * Chooses {@code round(share · units)} hidden units to remove; in the layer scope so many of each
   * layer.
   *
   * @param share of the hidden units that is removed, in [0, 1)
   * @return what is kept
   * @throws IllegalArgumentException if the share is not in [0, 1), there is no hidden layer, or a
   *     layer would be left without a unit
   */
  public UnitSelection select(Model model, double share) {
    Sparsity.require("share of units", share);
    int units = hiddenUnits(model.spec());
    if (scope == PruningScope.GLOBAL) {
      return remove(model, ranking(model), (int) Math.round(share * units));
    }
    List<Unit> removed = new ArrayList<>();
    List<DenseSpec> layers = hidden(model.spec());
    List<Unit> ranking = ranking(model);
    for (int layer = 0; layer < layers.size(); layer++) {
      int number = layer;
      int wanted = (int) Math.round(share * layers.get(layer).units());
      if (wanted >= layers.get(layer).units()) {
        throw new IllegalArgumentException(
            "a share of %s would remove all %d units of hidden layer %d"
                .formatted(share, wanted, layer + 1));
      }
      ranking.stream().filter(unit -> unit.layer == number).limit(wanted).forEach(removed::add);
    }
    return remove(model, removed, removed.size());
  }

  @Override
  public Model prune(Model model, Model target, double share) {
    return select(model, share).shrink(target.copyAs(model.spec()));
  }

  /**
   * The smallest share of units whose removal brings a network down to a number of parameters.
   *
   * @param parameters wanted number of weights and biases, at most so many are left
   * @throws IllegalArgumentException if the network has no more than that already, or one unit in
   *     each layer is more
   */
  public double shareFor(Model model, int parameters) {
    ModelSpec spec = model.spec();
    if (parameters >= spec.parameterCount()) {
      throw new IllegalArgumentException(
          "%,d parameters are wanted, the network %s has only %,d"
              .formatted(parameters, spec.widths(), spec.parameterCount()));
    }
    int units = hiddenUnits(spec);
    for (int removed = 1; removed < units; removed++) {
      double share = (double) removed / units;
      UnitSelection selection;
      try {
        selection = select(model, share);
      } catch (IllegalArgumentException e) {
        break;
      }
      if (selection.spec(spec).parameterCount() <= parameters) {
        return share;
      }
    }
    throw new IllegalArgumentException(
        "%,d parameters are fewer than the network %s can be brought down to by removing units"
            .formatted(parameters, spec.widths()));
  }

  private static List<DenseSpec> hidden(ModelSpec spec) {
    List<DenseSpec> dense = spec.denseLayers();
    return dense.subList(0, dense.size() - 1);
  }

  private static int hiddenUnits(ModelSpec spec) {
    int units = hidden(spec).stream().mapToInt(DenseSpec::units).sum();
    if (units == 0) {
      throw new IllegalArgumentException(
          "the network %s has no hidden units to remove".formatted(spec.widths()));
    }
    return units;
  }

  /** All hidden units, those that matter least first. */
  private List<Unit> ranking(Model model) {
    List<Unit> ranking = new ArrayList<>();
    for (int layer = 0; layer < hidden(model.spec()).size(); layer++) {
      double[] weights = weights(model, layer);
      double largest = Arrays.stream(weights).max().orElse(0);
      double unit = scope == PruningScope.GLOBAL && largest > 0 ? largest : 1;
      for (int i = 0; i < weights.length; i++) {
        ranking.add(new Unit(layer, i, weights[i] / unit));
      }
    }
    ranking.sort(Comparator.comparingDouble(Unit::weight));
    return ranking;
  }

  private static double[] weights(Model model, int layer) {
    float[] in = model.kernel(layer).value().data;
    float[] out = model.kernel(layer + 1).value().data;
    int rows = model.kernel(layer).rows();
    int units = model.kernel(layer).columns();
    int outputs = model.kernel(layer + 1).columns();
    double[] weights = new double[units];
    for (int unit = 0; unit < units; unit++) {
      double incoming = 0;
      for (int i = 0; i < rows; i++) {
        incoming += (double) in[i * units + unit] * in[i * units + unit];
      }
      double outgoing = 0;
      for (int j = 0; j < outputs; j++) {
        outgoing += (double) out[unit * outputs + j] * out[unit * outputs + j];
      }
      weights[unit] = Math.sqrt(incoming) * Math.sqrt(outgoing);
    }
    return weights;
  }

  /** Removes the first units of a ranking, but never the last one of a layer. */
  private static UnitSelection remove(Model model, List<Unit> ranking, int count) {
    List<BitSet> kept = new ArrayList<>();
    for (DenseSpec layer : hidden(model.spec())) {
      BitSet all = new BitSet();
      all.set(0, layer.units());
      kept.add(all);
    }
    int removed = 0;
    for (Unit unit : ranking) {
      BitSet layer = kept.get(unit.layer);
      if (removed < count && layer.cardinality() > 1) {
        layer.clear(unit.index);
        removed++;
      }
    }
    if (removed < count) {
      throw new IllegalArgumentException(
          "%d units are to be removed, %d can be while every layer keeps one"
              .formatted(count, removed));
    }
    return new UnitSelection(kept.stream().map(layer -> layer.stream().boxed().toList()).toList());
  }

  @Override
  public String toString() {
    return scope == PruningScope.GLOBAL
        ? "least hidden units of all layers"
        : "least hidden units of each layer";
  }
}
