package dev.neurite.nn.io;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The native model file; see the package for its format. */
public final class ModelFile {
  static final String KIND = "neurite-model";

  private ModelFile() {}

  /**
   * Writes a model, whole or not at all.
   *
   * @param file its name; a file that stands there is replaced when the new one is complete
   */
  public static void write(Path file, SavedModel saved) throws IOException {
    Header header = new Header(KIND);
    header.put("spec", saved.model().spec());
    if (saved.training() != null) {
      header.put("training", saved.training());
    }
    header.put("provenance", saved.provenance());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    addParameters(tensors, "", saved.model());
    new SafetensorsFile(header.texts(), tensors).write(file);
  }

  /**
   * Reads a model.
   *
   * @throws ModelFormatException if the file is not a valid model file
   * @throws IOException if it cannot be read
   */
  public static SavedModel read(Path file) throws IOException {
    SafetensorsFile content = SafetensorsFile.read(file);
    Header header = Header.of(KIND, file, content.metadata());
    ModelSpec spec = header.get("spec", ModelSpec.class);
    @Nullable TrainingRecord training = header.find("training", TrainingRecord.class);
    Provenance provenance = header.get("provenance", Provenance.class);
    Map<String, Tensor> tensors = new LinkedHashMap<>(content.tensors());
    Model model = takeParameters(file, tensors, "", spec);
    requireEmpty(file, tensors);
    return new SavedModel(model, training, provenance);
  }

  /** Adds a model's parameters under a prefix, without copying them. */
  static void addParameters(Map<String, Tensor> tensors, String prefix, Model model) {
    for (Parameter parameter : model.parameters()) {
      String name = prefix + parameter.name();
      tensors.put(name, new Tensor(name, shape(parameter), parameter.value().data));
    }
  }

  static List<Integer> shape(Parameter parameter) {
    return switch (parameter.role()) {
      case KERNEL -> List.of(parameter.rows(), parameter.columns());
      case BIAS -> List.of(parameter.columns());
    };
  }

  /** Makes a model from tensors and takes them out of the map. */
  static Model takeParameters(Path file, Map<String, Tensor> tensors, String prefix, ModelSpec spec)
      throws ModelFormatException {
    long available = 0;
    for (Tensor tensor : tensors.values()) {
      available += tensor.values().length;
    }
    if (spec.parameterCount() > available) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "the network %s needs %,d values, the file has %,d"
              .formatted(spec.widths(), spec.parameterCount(), available));
    }
    Model model = Model.zeros(spec);
    for (Parameter parameter : model.parameters()) {
      float[] values = take(file, tensors, prefix + parameter.name(), shape(parameter));
      System.arraycopy(values, 0, parameter.value().data, 0, values.length);
    }
    return model;
  }

  /** Takes a tensor of a shape out of the map. */
  static float[] take(Path file, Map<String, Tensor> tensors, String name, List<Integer> shape)
      throws ModelFormatException {
    Tensor tensor = tensors.remove(name);
    if (tensor == null || !tensor.shape().equals(shape)) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "tensor \"%s\" of shape %s is needed, received %s"
              .formatted(name, shape, tensor == null ? "none" : tensor.shape()));
    }
    return tensor.values();
  }

  static void requireEmpty(Path file, Map<String, Tensor> tensors) throws ModelFormatException {
    if (!tensors.isEmpty()) {
      throw new ModelFormatException(
          file.toString(), 0, "the network has no place for the tensors " + tensors.keySet());
    }
  }
}
