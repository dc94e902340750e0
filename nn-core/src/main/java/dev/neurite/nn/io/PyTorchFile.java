package dev.neurite.nn.io;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file as PyTorch names and lays out a chain of {@code nn.Linear}: {@code fc1.weight}
 * is {@code [out, in]}, {@code fc1.bias} is {@code [out]}.
 *
 * <p>Such a file does not say what stands between the layers; ours do so in their metadata, for
 * others the reader is told.
 */
public final class PyTorchFile {
  static final String KIND = "neurite-pytorch";

  private static final Pattern NAME = Pattern.compile("(.*?)(\\d{1,9})\\.(weight|bias)");

  private PyTorchFile() {}

  /**
   * Writes a model, whole or not at all; a rescaling layer goes into the first kernel.
   *
   * @throws IllegalArgumentException if there are not as many class names as outputs
   */
  public static void write(Path file, SavedModel saved, ExportSpec export) throws IOException {
    Model model = ExchangedModel.folded(saved.model());
    Header header = ExchangedModel.header(KIND, saved, export);
    header.put("spec", model.spec());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int layer = 0; layer < model.spec().denseLayers().size(); layer++) {
      Parameter kernel = model.kernel(layer);
      String weight = "fc%d.weight".formatted(layer + 1);
      tensors.put(
          weight,
          new Tensor(
              weight,
              List.of(kernel.columns(), kernel.rows()),
              transposed(kernel.value().data, kernel.rows(), kernel.columns())));
      String bias = "fc%d.bias".formatted(layer + 1);
      tensors.put(
          bias, new Tensor(bias, List.of(kernel.columns()), model.bias(layer).value().data));
    }
    new SafetensorsFile(header.texts(), tensors).write(file);
  }

  /**
   * Reads a chain of linear layers: names with a number before {@code .weight} and {@code .bias},
   * such as {@code fc1.weight} or {@code 0.weight} of an {@code nn.Sequential}, taken in the order
   * of the numbers. A bias that is not there is zero.
   *
   * @param hidden what stands behind all layers but the last, if the file does not say it
   * @param output what stands behind the last layer, if the file does not say it
   * @throws ModelFormatException if the file is not such a file
   * @throws IOException if it cannot be read
   */
  public static SavedModel read(Path file, Activation hidden, Activation output)
      throws IOException {
    SafetensorsFile content = SafetensorsFile.read(file);
    @Nullable Header header =
        content.metadata().getOrDefault(Header.FORMAT, "").startsWith("neurite")
            ? Header.of(KIND, ExchangedModel.VERSION, file, content.metadata())
            : null;
    Map<Integer, Tensor> weights = new TreeMap<>();
    Map<Integer, Tensor> biases = new TreeMap<>();
    sort(file, content.tensors(), weights, biases);
    ModelSpec spec =
        header == null
            ? chain(file, weights.values(), hidden, output)
            : header.get("spec", ModelSpec.class);
    requireFits(file, spec, weights.size());
    Model model = Model.zeros(requireSizes(file, spec, content.tensors().values()));
    int layer = 0;
    for (Map.Entry<Integer, Tensor> weight : weights.entrySet()) {
      Parameter kernel = model.kernel(layer);
      requireShape(file, weight.getValue(), List.of(kernel.columns(), kernel.rows()));
      transpose(weight.getValue().values(), kernel.columns(), kernel.rows(), kernel.value().data);
      Tensor bias = biases.remove(weight.getKey());
      if (bias != null) {
        requireShape(file, bias, List.of(kernel.columns()));
        System.arraycopy(bias.values(), 0, model.bias(layer).value().data, 0, kernel.columns());
      }
      layer++;
    }
    if (!biases.isEmpty()) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "tensor \"%s\" belongs to no weight".formatted(biases.values().iterator().next().name()));
    }
    Provenance provenance =
        header == null
            ? ExchangedModel.provenance(file, content.metadata().getOrDefault(Header.FORMAT, ""))
            : header.get("provenance", Provenance.class);
    return new SavedModel(model, null, provenance);
  }

  /** Sorts tensors by the number in their names. */
  private static void sort(
      Path file,
      Map<String, Tensor> tensors,
      Map<Integer, Tensor> weights,
      Map<Integer, Tensor> biases)
      throws ModelFormatException {
    @Nullable String prefix = null;
    for (Tensor tensor : tensors.values()) {
      Matcher name = NAME.matcher(tensor.name());
      if (!name.matches() || (prefix != null && !prefix.equals(name.group(1)))) {
        throw new ModelFormatException(
            file.toString(),
            0,
            "tensor \"%s\" cannot be placed, needed are names such as \"%s1.weight\" and \"%<s1.bias\""
                .formatted(tensor.name(), prefix == null ? "fc" : prefix));
      }
      prefix = name.group(1);
      Map<Integer, Tensor> place = name.group(3).equals("weight") ? weights : biases;
      if (place.put(Integer.valueOf(name.group(2)), tensor) != null) {
        throw new ModelFormatException(
            file.toString(), 0, "tensor \"%s\" has the number of another".formatted(tensor.name()));
      }
    }
  }

  private static ModelSpec chain(
      Path file, Iterable<Tensor> weights, Activation hidden, Activation output)
      throws ModelFormatException {
    List<DenseSpec> layers = new ArrayList<>();
    int inputs = 0;
    for (Tensor weight : weights) {
      if (weight.shape().size() != 2) {
        throw new ModelFormatException(
            file.toString(),
            0,
            "tensor \"%s\" has the shape %s, needed is [out, in]"
                .formatted(weight.name(), weight.shape()));
      }
      inputs = layers.isEmpty() ? weight.shape().get(1) : inputs;
      layers.add(ExchangedModel.dense(file, weight.name(), weight.shape().get(0), hidden));
    }
    if (layers.isEmpty()) {
      throw new ModelFormatException(
          file.toString(), 0, "the file has no weights, needed is at least \"fc1.weight\"");
    }
    DenseSpec last = layers.remove(layers.size() - 1);
    layers.add(new DenseSpec(last.units(), output));
    return ExchangedModel.spec(file, inputs, layers);
  }

  private static void requireFits(Path file, ModelSpec spec, int weights)
      throws ModelFormatException {
    if (spec.denseLayers().size() != weights) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "the network has %d dense layers, the file has %d weights"
              .formatted(spec.denseLayers().size(), weights));
    }
  }

  /** Checks that the file has the values that a spec asks for, before memory is taken. */
  private static ModelSpec requireSizes(Path file, ModelSpec spec, Iterable<Tensor> tensors)
      throws ModelFormatException {
    long available = 0;
    for (Tensor tensor : tensors) {
      available += tensor.size();
    }
    long biases = 0;
    for (DenseSpec dense : spec.denseLayers()) {
      biases += dense.units();
    }
    if (spec.parameterCount() - biases > available) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "the network %s needs %,d weights, the file has %,d values"
              .formatted(spec.widths(), spec.parameterCount() - biases, available));
    }
    return spec;
  }

  private static void requireShape(Path file, Tensor tensor, List<Integer> shape)
      throws ModelFormatException {
    if (!tensor.shape().equals(shape)) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "tensor \"%s\" has the shape %s, needed is %s"
              .formatted(tensor.name(), tensor.shape(), shape));
    }
  }

  private static float[] transposed(float[] values, int rows, int columns) {
    float[] result = new float[rows * columns];
    transpose(values, rows, columns, result);
    return result;
  }

  /** Overwrites {@code to}, {@code columns × rows}, with {@code from}, {@code rows × columns}. */
  private static void transpose(float[] from, int rows, int columns, float[] to) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[j * rows + i] = from[i * columns + j];
      }
    }
  }
}
