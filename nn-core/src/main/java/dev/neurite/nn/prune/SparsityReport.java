package dev.neurite.nn.prune;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a network.
 *
 * @param layers one for each dense layer
 * @param parameters weights and biases of the network
 * @param nonZeroParameters those of them that are not exactly 0
 */
public record SparsityReport(List<Layer> layers, int parameters, int nonZeroParameters) {
  /**
   * What is left of a layer.
   *
   * @param name for example {@code dense1}
   * @param weights of its kernel
   * @param kept weights that are not pruned
   * @param threshold the smallest magnitude among the weights that are kept; NaN if there are none
   * @param size bytes of kernel and bias
   */
  public record Layer(String name, int weights, int kept, double threshold, ParameterSize size) {
    /** Share of its weights that are kept. */
    public double keepRate() {
      return (double) kept / weights;
    }
  }

  /** Keeps the layers as they are now. */
  public SparsityReport {
    layers = List.copyOf(layers);
  }

  /** Looks at a model. */
  public static SparsityReport of(Model model) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < model.spec().denseLayers().size(); i++) {
      Parameter kernel = model.kernel(i);
      @Nullable Mask mask = kernel.mask();
      double threshold = Double.NaN;
      for (int j = 0; j < kernel.size(); j++) {
        if (mask == null || mask.keeps(j)) {
          double magnitude = Math.abs(kernel.value().data[j]);
          threshold = threshold <= magnitude ? threshold : magnitude;
        }
      }
      layers.add(
          new Layer(
              kernel.name().substring(0, kernel.name().indexOf('.')),
              kernel.size(),
              mask == null ? kernel.size() : mask.kept(),
              threshold,
              ParameterSize.of(kernel).plus(ParameterSize.of(model.bias(i)))));
    }
    int nonZero = 0;
    for (Parameter parameter : model.parameters()) {
      for (int j = 0; j < parameter.size(); j++) {
        nonZero += parameter.value().data[j] == 0 ? 0 : 1;
      }
    }
    return new SparsityReport(layers, model.spec().parameterCount(), nonZero);
  }

  /** Share of all weights that are pruned. */
  public double sparsity() {
    long weights = layers.stream().mapToLong(Layer::weights).sum();
    long kept = layers.stream().mapToLong(Layer::kept).sum();
    return (double) (weights - kept) / weights;
  }

  /** Bytes of all parameters. */
  public ParameterSize size() {
    return layers.stream().map(Layer::size).reduce(new ParameterSize(0, 0, 0), ParameterSize::plus);
  }
}
