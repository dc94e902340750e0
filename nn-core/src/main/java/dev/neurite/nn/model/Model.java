package dev.neurite.nn.model;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.autodiff.Tape;
import dev.neurite.nn.autodiff.Variable;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A network: its spec for life and its parameters, which training changes.
 *
 * <p>Parameters stand in order: kernel and bias of the first dense layer, of the second, and so on;
 * a kernel is {@code in × out}, a bias {@code 1 × out}. Not safe for use while another thread
 * trains it; take a {@link Predictor} for that.
 */
public final class Model {
  private final ModelSpec spec;
  private final List<Parameter> parameters;

  private Model(ModelSpec spec, List<Parameter> parameters) {
    this.spec = spec;
    this.parameters = List.copyOf(parameters);
  }

  /**
   * A new network with its first values.
   *
   * @param spec what it is
   * @param seed the same seed gives the same values on every machine
   */
  public static Model create(ModelSpec spec, long seed) {
    Model model = zeros(spec);
    List<DenseSpec> dense = spec.denseLayers();
    for (int i = 0; i < dense.size(); i++) {
      RandomStream stream = RandomStream.of(seed, RandomPurpose.INITIALIZATION, i);
      dense.get(i).initializer().fill(model.kernel(i).value(), stream);
    }
    return model;
  }

  /** A network of zeros, to be filled from somewhere else. */
  public static Model zeros(ModelSpec spec) {
    List<Parameter> parameters = new ArrayList<>();
    int width = spec.inputs();
    int number = 0;
    for (DenseSpec dense : spec.denseLayers()) {
      String name = "dense" + ++number;
      parameters.add(
          new Parameter(
              name + ".kernel", Parameter.Role.KERNEL, new FMatrixRMaj(width, dense.units())));
      parameters.add(
          new Parameter(name + ".bias", Parameter.Role.BIAS, new FMatrixRMaj(1, dense.units())));
      width = dense.units();
    }
    return new Model(spec, parameters);
  }

  /** What the network is. */
  public ModelSpec spec() {
    return spec;
  }

  /** All parameters in order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * The kernel of a dense layer, {@code in × out}.
   *
   * @param layer index among the dense layers, from 0
   */
  public Parameter kernel(int layer) {
    return parameters.get(2 * layer);
  }

  /**
   * The bias of a dense layer, {@code 1 × out}.
   *
   * @param layer index among the dense layers, from 0
   */
  public Parameter bias(int layer) {
    return parameters.get(2 * layer + 1);
  }

  /** Number of pruned weights. */
  public int prunedWeights() {
    int pruned = 0;
    for (Parameter parameter : parameters) {
      Mask mask = parameter.mask();
      pruned += mask == null ? 0 : mask.pruned();
    }
    return pruned;
  }

  /** Whether weights have been pruned. */
  public boolean isPruned() {
    return prunedWeights() > 0;
  }

  /** An independent network with the same spec, values and masks. */
  public Model copy() {
    return copyAs(spec);
  }

  /**
   * An independent network with the same values and masks that is another for training, for example
   * has another dropout.
   *
   * @param newSpec with the same inputs and dense layers
   * @throws IllegalArgumentException if inputs or dense layers differ
   */
  public Model copyAs(ModelSpec newSpec) {
    if (newSpec.inputs() != spec.inputs() || !newSpec.denseLayers().equals(spec.denseLayers())) {
      throw new IllegalArgumentException(
          "values come from %s, needed are the same layers, received %s"
              .formatted(spec.widths(), newSpec.widths()));
    }
    Model copy = zeros(newSpec);
    for (int i = 0; i < parameters.size(); i++) {
      copy.parameters.get(i).setTo(parameters.get(i));
    }
    return copy;
  }

  /**
   * Takes over the values and masks of another network.
   *
   * @throws IllegalArgumentException if its spec is not equal
   */
  public void setValues(Model other) {
    if (!other.spec.equals(spec)) {
      throw new IllegalArgumentException(
          "values come from %s, needed is %s".formatted(other.spec.widths(), spec.widths()));
    }
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).setTo(other.parameters.get(i));
    }
  }

  /**
   * Records the network's output, after the last activation.
   *
   * @param tape where to; dropout masks come from its seed
   * @param x {@code batch × inputs}
   * @param mode whether dropout acts
   * @return {@code batch × outputs}
   * @throws IllegalArgumentException if the columns are not the inputs
   */
  public Variable forward(Tape tape, Variable x, Mode mode) {
    return spec.outputLayer().activation().apply(tape, logits(tape, x, mode));
  }

  /**
   * Records the network up to its last sums, before the last activation.
   *
   * @param tape where to; dropout masks come from its seed
   * @param x {@code batch × inputs}
   * @param mode whether dropout acts
   * @return {@code batch × outputs}
   * @throws IllegalArgumentException if the columns are not the inputs
   */
  public Variable logits(Tape tape, Variable x, Mode mode) {
    List<Variable> results = record(tape, x, mode);
    return results.get(results.size() - 1);
  }

  /** Records the result of every dense layer; the last one before its activation. */
  List<Variable> record(Tape tape, Variable x, Mode mode) {
    if (x.columns() != spec.inputs()) {
      throw new IllegalArgumentException(
          "the network has %d inputs, received %d columns".formatted(spec.inputs(), x.columns()));
    }
    List<Variable> results = new ArrayList<>();
    Variable h = x;
    int dense = 0;
    int dropout = 0;
    int last = spec.layers().size() - 1;
    for (int i = 0; i <= last; i++) {
      LayerSpec layer = spec.layers().get(i);
      if (layer instanceof DenseSpec d) {
        h = tape.affine(h, kernel(dense), bias(dense));
        h = i == last ? h : d.activation().apply(tape, h);
        results.add(h);
        dense++;
      } else if (layer instanceof DropoutSpec d) {
        h = mode == Mode.TRAINING ? tape.dropout(h, d.dropRate(), dropout) : h;
        dropout++;
      } else if (layer instanceof RescalingSpec r) {
        h = tape.scale(h, r.factor());
      }
    }
    return results;
  }
}
