package dev.neurite.nn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What a network is: its inputs and its layers in order; an immutable, validated value.
 *
 * <pre>{@code
 * ModelSpec spec = ModelSpec.inputs(784).dense(128, Activation.RELU).dropout(0.25f).output(10, Activation.SOFTMAX);
 * }</pre>
 *
 * @param inputs number of features, at least 1
 * @param layers at least one; the last is dense, softmax stands in the last only, rescaling in the
 *     first only
 */
public record ModelSpec(int inputs, List<LayerSpec> layers) {
  /** Largest number of layers. */
  public static final int MAX_LAYERS = 256;

  /** Checks that the layers make a network. */
  public ModelSpec {
    layers = List.copyOf(layers);
    if (inputs < 1 || inputs > DenseSpec.MAX_UNITS) {
      throw new IllegalArgumentException(
          "inputs must be 1...%d, received %d".formatted(DenseSpec.MAX_UNITS, inputs));
    }
    if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
      throw new IllegalArgumentException(
          "a network needs 1...%d layers, received %d".formatted(MAX_LAYERS, layers.size()));
    }
    if (!(layers.get(layers.size() - 1) instanceof DenseSpec)) {
      throw new IllegalArgumentException(
          "the last layer must be dense, received " + layers.get(layers.size() - 1));
    }
    long size = 0;
    int width = inputs;
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof DenseSpec dense) {
        if (dense.activation().function() == Activation.Function.SOFTMAX && i < layers.size() - 1) {
          throw new IllegalArgumentException(
              "softmax must be in the last layer, received it in layer " + (i + 1));
        }
        if ((long) width * dense.units() > Integer.MAX_VALUE / 8) {
          throw new IllegalArgumentException(
              "layer %d: a kernel of %d×%d is too large".formatted(i + 1, width, dense.units()));
        }
        size += (width + 1L) * dense.units();
        width = dense.units();
      } else if (layers.get(i) instanceof RescalingSpec && i > 0) {
        throw new IllegalArgumentException(
            "rescaling must be the first layer, received it as layer " + (i + 1));
      }
    }
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a network may have %d parameters, this has %d".formatted(Integer.MAX_VALUE, size));
    }
  }

  /** Starts a spec with a number of features. */
  public static Builder inputs(int inputs) {
    return new Builder(inputs);
  }

  /** The dense layers in order. */
  public List<DenseSpec> denseLayers() {
    return layers.stream().filter(DenseSpec.class::isInstance).map(DenseSpec.class::cast).toList();
  }

  /** The last layer. */
  public DenseSpec outputLayer() {
    return (DenseSpec) layers.get(layers.size() - 1);
  }

  /**
   * Whether features go straight into the first dense layer, so that their zeros need not be
   * computed with.
   *
   * @param mode whether dropout stands between
   */
  public boolean takesCompressedInput(Mode mode) {
    for (LayerSpec layer : layers) {
      if (layer instanceof DenseSpec) {
        return true;
      }
      if (layer instanceof DropoutSpec && mode == Mode.TRAINING) {
        return false;
      }
    }
    return false;
  }

  /**
   * The same network with another dropout after its hidden layers; that of the inputs stays.
   *
   * @param rate gives the new rate after a hidden layer for the old one, both in [0, 1); 0 is none
   */
  public ModelSpec withHiddenDropout(UnaryOperator<Float> rate) {
    List<LayerSpec> changed = new ArrayList<>();
    boolean isHidden = false;
    for (int i = 0; i < layers.size(); i++) {
      if (!(isHidden && layers.get(i) instanceof DropoutSpec)) {
        changed.add(layers.get(i));
      }
      if (layers.get(i) instanceof DenseSpec && i < layers.size() - 1) {
        isHidden = true;
        DropoutSpec dropout =
            new DropoutSpec(
                rate.apply(layers.get(i + 1) instanceof DropoutSpec d ? d.dropRate() : 0f));
        if (dropout.dropRate() > 0) {
          changed.add(dropout);
        }
      }
    }
    return new ModelSpec(inputs, changed);
  }

  /**
   * The same network with another dropout of its inputs.
   *
   * @param rate in [0, 1); 0 is none
   */
  public ModelSpec withInputDropout(float rate) {
    DropoutSpec dropout = new DropoutSpec(rate);
    List<LayerSpec> changed = new ArrayList<>(layers);
    int first = 0;
    while (!(changed.get(first) instanceof DenseSpec)) {
      if (changed.get(first) instanceof DropoutSpec) {
        changed.remove(first);
      } else {
        first++;
      }
    }
    if (rate > 0) {
      changed.add(first, dropout);
    }
    return new ModelSpec(inputs, changed);
  }

  /** Number of weights, without biases. */
  public int weightCount() {
    return parameterCount() - denseLayers().stream().mapToInt(DenseSpec::units).sum();
  }

  /** Number of outputs. */
  public int outputs() {
    return outputLayer().units();
  }

  /** Number of weights and biases. */
  public int parameterCount() {
    int count = 0;
    int width = inputs;
    for (DenseSpec dense : denseLayers()) {
      count += (width + 1) * dense.units();
      width = dense.units();
    }
    return count;
  }

  /** The widths in short, for example {@code 784-128-10}. */
  public String widths() {
    StringBuilder text = new StringBuilder().append(inputs);
    for (DenseSpec dense : denseLayers()) {
      text.append('-').append(dense.units());
    }
    return text.toString();
  }

  /** The table of layers that Keras users know: name, output shape, parameters, total. */
  public String summary() {
    String rule = "-".repeat(58) + System.lineSeparator();
    StringBuilder text = new StringBuilder();
    text.append(row("Layer", "Output shape", "Parameters")).append(rule);
    int width = inputs;
    int dense = 0;
    int dropout = 0;
    for (LayerSpec layer : layers) {
      if (layer instanceof DenseSpec d) {
        long count = (width + 1L) * d.units();
        width = d.units();
        String name = "dense" + ++dense + " (" + d.activation() + ")";
        text.append(row(name, "batch × " + width, grouped(count)));
      } else if (layer instanceof DropoutSpec d) {
        String name = "dropout" + ++dropout + " (" + d.dropRate() + ")";
        text.append(row(name, "batch × " + width, grouped(0)));
      } else if (layer instanceof RescalingSpec r) {
        text.append(row("rescaling (" + r.factor() + ")", "batch × " + width, grouped(0)));
      }
    }
    return text.append(rule).append(row("Total", "", grouped(parameterCount()))).toString();
  }

  private static String row(String name, String shape, String parameters) {
    return String.format(Locale.ROOT, "%-28s %-16s %12s%n", name, shape, parameters);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Collects layers; {@link #output} ends it. */
  public static final class Builder {
    private final int inputs;
    private final List<LayerSpec> layers = new ArrayList<>();

    private Builder(int inputs) {
      this.inputs = inputs;
    }

    /** Adds a dense layer. */
    public Builder dense(int units, Activation activation) {
      return add(new DenseSpec(units, activation));
    }

    /** Adds dropout; a rate of 0 adds nothing. */
    public Builder dropout(float dropRate) {
      DropoutSpec dropout = new DropoutSpec(dropRate);
      return dropRate == 0 ? this : add(dropout);
    }

    /** Adds a factor for the features, before all other layers. */
    public Builder rescaling(float factor) {
      return add(new RescalingSpec(factor));
    }

    /** Adds any layer. */
    public Builder add(LayerSpec layer) {
      layers.add(layer);
      return this;
    }

    /** Adds the last layer and makes the spec. */
    public ModelSpec output(int units, Activation activation) {
      List<LayerSpec> all = new ArrayList<>(layers);
      all.add(new DenseSpec(units, activation));
      return new ModelSpec(inputs, all);
    }
  }
}
