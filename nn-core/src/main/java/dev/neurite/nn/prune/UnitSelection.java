package dev.neurite.nn.prune;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.LayerSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which hidden units of a network are kept.
 *
 * @param kept for each hidden dense layer the indices of the units that are kept, rising
 */
public record UnitSelection(List<List<Integer>> kept) {
  /** Checks that every layer keeps a unit and that indices rise. */
  public UnitSelection {
    kept = kept.stream().map(List::copyOf).toList();
    for (List<Integer> layer : kept) {
      if (layer.isEmpty() || layer.get(0) < 0) {
        throw new IllegalArgumentException("a layer needs at least one unit, received " + layer);
      }
      for (int i = 1; i < layer.size(); i++) {
        if (layer.get(i) <= layer.get(i - 1)) {
          throw new IllegalArgumentException("indices of units must rise, received " + layer);
        }
      }
    }
  }

  /**
   * The spec of the smaller network.
   *
   * @throws IllegalArgumentException if this does not belong to such a network
   */
  public ModelSpec spec(ModelSpec spec) {
    List<LayerSpec> layers = new ArrayList<>();
    int hidden = 0;
    for (LayerSpec layer : spec.layers()) {
      if (layer instanceof DenseSpec dense && hidden < kept.size()) {
        List<Integer> units = kept.get(hidden++);
        if (units.get(units.size() - 1) >= dense.units()) {
          throw new IllegalArgumentException(
              "unit %d is kept, hidden layer %d has %d units"
                  .formatted(units.get(units.size() - 1), hidden, dense.units()));
        }
        layers.add(new DenseSpec(units.size(), dense.activation(), dense.initializer()));
      } else {
        layers.add(layer);
      }
    }
    if (kept.size() != spec.denseLayers().size() - 1) {
      throw new IllegalArgumentException(
          "units of %d hidden layers are chosen, the network %s has %d"
              .formatted(kept.size(), spec.widths(), spec.denseLayers().size() - 1));
    }
    return new ModelSpec(spec.inputs(), layers);
  }

  /**
   * A smaller network with the weights, biases and masks of the units that are kept.
   *
   * @param model read
   * @throws IllegalArgumentException if this does not belong to such a network
   */
  public Model shrink(Model model) {
    Model small = Model.zeros(spec(model.spec()));
    int layers = model.spec().denseLayers().size();
    for (int layer = 0; layer < layers; layer++) {
      int[] rows = layer == 0 ? all(model.spec().inputs()) : indices(layer - 1);
      int[] columns = layer == layers - 1 ? all(model.spec().outputs()) : indices(layer);
      copy(model.kernel(layer), small.kernel(layer), rows, columns);
      copy(model.bias(layer), small.bias(layer), all(1), columns);
    }
    return small;
  }

  private static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  private int[] indices(int layer) {
    return kept.get(layer).stream().mapToInt(Integer::intValue).toArray();
  }

  private static void copy(Parameter from, Parameter to, int[] rows, int[] columns) {
    @Nullable Mask mask = from.mask();
    BitSet keptWeights = new BitSet(to.size());
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        int source = rows[i] * from.columns() + columns[j];
        int target = i * columns.length + j;
        to.value().data[target] = from.value().data[source];
        keptWeights.set(target, mask == null || mask.keeps(source));
      }
    }
    if (mask != null) {
      to.prune(Mask.of(rows.length, columns.length, keptWeights));
    }
  }
}
