package dev.neurite.nn.prune;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How much of each layer can be pruned before a network gets worse, without training it again.
 *
 * @param accuracy of the network as it is
 * @param sparsities that were tried, rising
 * @param curves one for each dense layer pruned alone, and a last one for all together with one
 *     threshold
 */
public record SensitivityReport(double accuracy, List<Double> sparsities, List<Curve> curves) {
  /** Sparsities that show the usual shape: flat, then a fall between 80 % and 99 %. */
  public static final List<Double> DEFAULT_SPARSITIES =
      List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99);

  /** Name of the curve for all layers together. */
  public static final String ALL_LAYERS = "all";

  /**
   * The accuracies of one way of pruning.
   *
   * @param name of the layer, for example {@code dense1}, or {@link #ALL_LAYERS}
   * @param accuracies one for each sparsity; NaN where more is pruned already
   */
  public record Curve(String name, List<Double> accuracies) {
    /** Keeps the numbers as they are now. */
    public Curve {
      accuracies = List.copyOf(accuracies);
    }
  }

  /** Checks that every curve has a point for each sparsity. */
  public SensitivityReport {
    sparsities = List.copyOf(sparsities);
    curves = List.copyOf(curves);
    for (double sparsity : sparsities) {
      Sparsity.require("sparsity", sparsity);
    }
    for (Curve curve : curves) {
      if (curve.accuracies.size() != sparsities.size()) {
        throw new IllegalArgumentException(
            "%s has %d accuracies for %d sparsities"
                .formatted(curve.name, curve.accuracies.size(), sparsities.size()));
      }
    }
  }

  /** How often {@link #measure} asks for an accuracy. */
  public static int measurements(Model model, List<Double> sparsities) {
    return 1 + (model.spec().denseLayers().size() + 1) * sparsities.size();
  }

  /**
   * Prunes copies of a model and measures them.
   *
   * @param model read
   * @param sparsities to try, each in [0, 1); of one layer's weights, or of all
   * @param accuracyOf measures a model, on validation data
   */
  public static SensitivityReport measure(
      Model model, List<Double> sparsities, ToDoubleFunction<Model> accuracyOf) {
    for (double sparsity : sparsities) {
      Sparsity.require("sparsity", sparsity);
    }
    double accuracy = accuracyOf.applyAsDouble(model);
    List<Curve> curves = new ArrayList<>();
    int layers = model.spec().denseLayers().size();
    for (int i = 0; i <= layers; i++) {
      List<Double> accuracies = new ArrayList<>();
      for (double sparsity : sparsities) {
        Model pruned = model.copy();
        List<Parameter> kernels = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
          if (i == layer || i == layers) {
            kernels.add(pruned.kernel(layer));
          }
        }
        int weights = kernels.stream().mapToInt(Parameter::size).sum();
        long more = Math.round(sparsity * weights) - WeightPruning.pruned(kernels);
        if (more > 0) {
          WeightPruning.pruneMore(kernels, (int) more);
        }
        accuracies.add(more < 0 ? Double.NaN : accuracyOf.applyAsDouble(pruned));
      }
      curves.add(new Curve(i == layers ? ALL_LAYERS : "dense" + (i + 1), accuracies));
    }
    return new SensitivityReport(accuracy, sparsities, curves);
  }

  /** The report as comma-separated values with a header line. */
  public String toCsv() {
    StringBuilder text = new StringBuilder("sparsity");
    for (Curve curve : curves) {
      text.append(',').append(curve.name);
    }
    text.append('\n');
    for (int i = 0; i < sparsities.size(); i++) {
      text.append(sparsities.get(i));
      for (Curve curve : curves) {
        text.append(String.format(Locale.ROOT, ",%s", curve.accuracies.get(i)));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
