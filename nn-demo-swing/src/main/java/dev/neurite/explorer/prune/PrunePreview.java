package dev.neurite.explorer.prune;

import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.prune.SparsityReport;
import java.util.ArrayList;
import java.util.List;

/**
 * What pruning would leave of a network.
 *
 * @param layers one for each dense layer
 * @param spec of the network that is trained again
 * @param parametersBefore weights and biases of the network as it is
 * @param nonZeroParameters weights and biases that are left
 * @param denseBytes of the values of the network as it is, all written out
 * @param fileBytes of the values that are left in a file
 * @param prunesMore false if so much is pruned already; what is left is what there is then
 */
public record PrunePreview(
    List<Layer> layers,
    ModelSpec spec,
    int parametersBefore,
    int nonZeroParameters,
    long denseBytes,
    long fileBytes,
    boolean prunesMore) {
  /**
   * A dense layer.
   *
   * @param name for example {@code dense1}
   * @param weights of the network as it is
   * @param kept weights that are left
   */
  public record Layer(String name, int weights, int kept) {}

  /** Copies the layers. */
  public PrunePreview {
    layers = List.copyOf(layers);
  }

  /**
   * Prunes a copy and looks at it. Not for the event thread.
   *
   * @param model read
   * @throws IllegalArgumentException if the model cannot be pruned so
   */
  static PrunePreview of(PruningOrder order, Model model) {
    SparsityReport before = SparsityReport.of(model);
    boolean isLess =
        order.method() != PruningOrder.Method.UNITS
            && order.sparsity() <= PruningOrder.pruned(model);
    Model pruned = isLess ? model : order.prune(model);
    SparsityReport after = SparsityReport.of(pruned);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < before.layers().size(); i++) {
      SparsityReport.Layer layer = before.layers().get(i);
      layers.add(new Layer(layer.name(), layer.weights(), after.layers().get(i).kept()));
    }
    return new PrunePreview(
        layers,
        pruned.spec(),
        before.parameters(),
        after.nonZeroParameters(),
        before.size().dense(),
        ModelFile.valueBytes(pruned),
        !isLess);
  }
}
