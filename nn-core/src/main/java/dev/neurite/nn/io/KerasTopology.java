package dev.neurite.nn.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.DropoutSpec;
import dev.neurite.nn.model.LayerSpec;
import dev.neurite.nn.model.ModelSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sequential network as Keras 2 and TensorFlow.js describe it.
 *
 * @param spec the network
 * @param dense names of the dense layers in order, and whether they have a bias
 */
record KerasTopology(ModelSpec spec, List<Dense> dense) {
  /** Slope of Keras's leaky ReLU where none is given. */
  private static final double LEAKY_SLOPE = 0.3;

  /**
   * A dense layer.
   *
   * @param name unique in its network; its weights are {@code name/kernel} and {@code name/bias}
   * @param bias whether it has a bias; without one it is zero
   */
  record Dense(String name, boolean bias) {}

  /**
   * Writes a network without a rescaling layer; dense layers are named as its parameters are.
   *
   * @throws IllegalArgumentException if TensorFlow.js cannot run it
   */
  static ObjectNode write(String name, ModelSpec spec) {
    ObjectNode topology = Json.MAPPER.createObjectNode();
    topology.put("class_name", "Sequential");
    ObjectNode config = topology.putObject("config");
    config.put("name", name.replaceAll("\\W", "_"));
    ArrayNode layers = config.putArray("layers");
    int dense = 0;
    int dropout = 0;
    for (LayerSpec layer : spec.layers()) {
      if (layer instanceof DenseSpec d) {
        addDense(layers, "dense" + ++dense, d);
      } else if (layer instanceof DropoutSpec d) {
        ObjectNode values = add(layers, "Dropout", "dropout" + ++dropout);
        values.put("rate", d.dropRate());
        values.putNull("noise_shape");
        values.putNull("seed");
      } else {
        throw new IllegalArgumentException(layer + " has no form in a Keras topology");
      }
    }
    ObjectNode first = (ObjectNode) layers.get(0).path("config");
    first.putArray("batch_input_shape").addNull().add(spec.inputs());
    // The version of the topology's form, the last one that TensorFlow.js reads.
    topology.put("keras_version", "2.15.0");
    topology.put("backend", "tensorflow");
    return topology;
  }

  private static void addDense(ArrayNode layers, String name, DenseSpec dense) {
    ObjectNode values = add(layers, "Dense", name);
    values.put("units", dense.units());
    values.put("activation", activationName(dense.activation()));
    values.put("use_bias", true);
    float slope = dense.activation().slope();
    switch (dense.activation().function()) {
      case LEAKY_RELU -> add(layers, "LeakyReLU", name + "_leaky_relu").put("alpha", slope);
      case ELU -> {
        if (slope != 1) {
          throw new IllegalArgumentException(
              "layer %s: TensorFlow.js has ELU of scale 1 only, received %s"
                  .formatted(name, slope));
        }
      }
      default -> {
        // The activation's name says all.
      }
    }
  }

  private static ObjectNode add(ArrayNode layers, String className, String name) {
    ObjectNode layer = layers.addObject();
    layer.put("class_name", className);
    ObjectNode config = layer.putObject("config");
    config.put("name", name);
    config.put("trainable", true);
    config.put("dtype", "float32");
    return config;
  }

  /** The name of an activation, {@code linear} where a layer of its own follows. */
  private static String activationName(Activation activation) {
    return switch (activation.function()) {
      case LEAKY_RELU -> "linear";
      case SILU -> "swish";
      default -> activation.function().label();
    };
  }

  /**
   * Reads a network.
   *
   * @param topology the model itself, or an object with the model under {@code model_config}
   * @throws ModelFormatException if it is not sequential, or has a layer that does not exist here
   */
  static KerasTopology read(Path file, JsonNode topology) throws ModelFormatException {
    JsonNode model = topology.has("model_config") ? topology.path("model_config") : topology;
    if (!model.path("class_name").asText().equals("Sequential")) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "the topology is %s, needed is \"Sequential\""
              .formatted(model.has("class_name") ? model.path("class_name") : "not there"));
    }
    JsonNode config = model.path("config");
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (!layers.isArray() || layers.isEmpty()) {
      throw new ModelFormatException(
          file.toString(), 0, "the topology has no \"layers\", needed is at least one dense layer");
    }
    return new LayerReader(file).read(layers);
  }

  /** Reads layer after layer. */
  private static final class LayerReader {
    private final Path file;
    private final List<LayerSpec> layers = new ArrayList<>();
    private final List<Dense> dense = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int inputs;

    /** Whether the last layer is dense and its activation is not known yet. */
    private boolean open;

    LayerReader(Path file) {
      this.file = file;
    }

    KerasTopology read(JsonNode nodes) throws ModelFormatException {
      int number = 0;
      for (JsonNode node : nodes) {
        JsonNode config = node.path("config");
        String name = config.path("name").asText("");
        if (name.isBlank() || !names.add(name)) {
          throw new ModelFormatException(
              file.toString(),
              0,
              "layer %d has the name \"%s\", needed is one of its own".formatted(number + 1, name));
        }
        if (number == 0) {
          inputs = inputs(name, config);
        }
        read(node.path("class_name").asText(""), name, config);
        number++;
      }
      return new KerasTopology(ExchangedModel.spec(file, inputs, layers), List.copyOf(dense));
    }

    private void read(String type, String name, JsonNode config) throws ModelFormatException {
      switch (type) {
        case "InputLayer", "Flatten" -> {
          // Inputs are flat in row-major order here, so both change nothing before the first layer.
          if (!layers.isEmpty()) {
            throw refused(name, type, "it stands behind other layers");
          }
        }
        case "Dense" -> {
          JsonNode units = config.path("units");
          if (!units.isInt()) {
            throw refused(name, type, "its units are " + units);
          }
          JsonNode bias = config.path("use_bias");
          dense.add(new Dense(name, bias.asBoolean(true)));
          layers.add(ExchangedModel.dense(file, name, units.intValue(), Activation.LINEAR));
          open = true;
          activate(name, type, activation(name, type, config));
        }
        case "Activation" -> activate(name, type, activation(name, type, config));
        case "LeakyReLU" -> {
          JsonNode slope =
              config.has("alpha") ? config.path("alpha") : config.path("negative_slope");
          activateWithSlope(name, type, slope, LEAKY_SLOPE);
        }
        case "ELU" -> activateWithSlope(name, type, config.path("alpha"), 1);
        case "ReLU" -> {
          if (config.path("max_value").isNumber()
              || config.path("negative_slope").asDouble(0) != 0
              || config.path("threshold").asDouble(0) != 0) {
            throw refused(name, type, "it is not max(x, 0)");
          }
          activate(name, type, Activation.RELU);
        }
        case "Softmax" -> {
          int axis = config.path("axis").asInt(-1);
          if (axis != -1 && axis != 1) {
            throw refused(name, type, "its axis is " + axis);
          }
          activate(name, type, Activation.SOFTMAX);
        }
        case "Dropout" -> {
          JsonNode rate = config.path("rate");
          double drop = rate.asDouble(Double.NaN);
          if (!rate.isNumber() || !(drop >= 0 && (float) drop < 1)) {
            throw refused(name, type, "its rate is " + rate);
          }
          if (drop > 0) {
            layers.add(new DropoutSpec((float) drop));
            open = false;
          }
        }
        default -> throw refused(name, type, "there is no such layer here");
      }
    }

    private int inputs(String name, JsonNode config) throws ModelFormatException {
      JsonNode shape =
          config.has("batch_input_shape")
              ? config.path("batch_input_shape")
              : config.path("batch_shape");
      long count = shape.size() >= 2 && shape.get(0).isNull() ? 1 : 0;
      for (int i = 1; i < shape.size(); i++) {
        long size = shape.get(i).isInt() ? shape.get(i).intValue() : 0;
        count = size < 1 ? 0 : Math.min(count * size, Integer.MAX_VALUE);
      }
      if (count < 1 || count > DenseSpec.MAX_UNITS) {
        throw new ModelFormatException(
            file.toString(),
            0,
            "layer \"%s\" has the input shape %s, needed is [null, 1...%d]"
                .formatted(name, shape.isMissingNode() ? "none" : shape, DenseSpec.MAX_UNITS));
      }
      return (int) count;
    }

    private Activation activation(String layer, String type, JsonNode config)
        throws ModelFormatException {
      JsonNode value = config.path("activation");
      if (value.isMissingNode() || value.isNull()) {
        return Activation.LINEAR;
      }
      // Keras's leaky ReLU has another slope than ours, so its name alone is not taken.
      if (!value.isTextual() || value.asText().equals("leaky_relu")) {
        throw refused(layer, type, "its activation is " + value);
      }
      try {
        return Activation.of(value.asText());
      } catch (IllegalArgumentException e) {
        throw refused(layer, type, e.getMessage());
      }
    }

    private void activateWithSlope(String name, String type, JsonNode slope, double otherwise)
        throws ModelFormatException {
      double value = slope.asDouble(otherwise);
      try {
        activate(
            name,
            type,
            type.equals("ELU")
                ? Activation.elu((float) value)
                : Activation.leakyRelu((float) value));
      } catch (IllegalArgumentException e) {
        throw refused(name, type, e.getMessage());
      }
    }

    /** Gives the last dense layer its activation. */
    private void activate(String name, String type, Activation activation)
        throws ModelFormatException {
      if (activation.function() == Activation.Function.LINEAR) {
        return;
      }
      if (!open) {
        throw refused(name, type, "it does not follow a dense layer without activation");
      }
      DenseSpec last = (DenseSpec) layers.remove(layers.size() - 1);
      layers.add(new DenseSpec(last.units(), activation));
      open = false;
    }

    private ModelFormatException refused(String name, String type, @Nullable String reason) {
      return new ModelFormatException(
          file.toString(), 0, "layer \"%s\" (%s) cannot be read: %s".formatted(name, type, reason));
    }
  }
}
