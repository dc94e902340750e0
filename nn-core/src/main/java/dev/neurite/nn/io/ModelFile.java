package dev.neurite.nn.io;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The native model file; see the package for its format. */
public final class ModelFile {
  static final String KIND = "neurite-model";

  /** Every tensor as 32-bit floats. */
  private static final int DENSE_VERSION = 1;

  /** Some tensors compressed, or numbers of 16 bits. */
  private static final int COMPRESSED_VERSION = 2;

  private static final String COMPRESSED = "compressed";

  /** A tensor is compressed where that takes at most this share of its room ... */
  private static final double LARGEST_SHARE = 0.9;

  /** ... and saves so many bytes: less is not worth a file that older programs cannot read. */
  private static final int SMALLEST_SAVING = 4096;

  /** The header's value for the compressed tensors: their dense shapes by name. */
  private record Shapes(Map<String, List<Integer>> shapes) {
    Shapes {
      Map<String, List<Integer>> copy = new LinkedHashMap<>();
      shapes.forEach((name, shape) -> copy.put(name, List.copyOf(shape)));
      shapes = copy;
    }
  }

  private ModelFile() {}

  /**
   * Writes a model, whole or not at all. A tensor with so many zeros that it takes less room
   * compressed is written compressed; nothing is lost by it.
   *
   * @param file its name; a file that stands there is replaced when the new one is complete
   */
  public static void write(Path file, SavedModel saved) throws IOException {
    write(file, saved, FloatFormat.FLOAT32);
  }

  /**
   * Writes a model with numbers of a format, whole or not at all.
   *
   * @param file its name; a file that stands there is replaced when the new one is complete
   * @param format of all weights and biases; they are rounded to it
   * @throws IllegalArgumentException if a finite value is too large for the format
   */
  public static void write(Path file, SavedModel saved, FloatFormat format) throws IOException {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    addParameters(parameters, "", saved.model(), format);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, byte[]> gaps = new LinkedHashMap<>();
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (Tensor dense : parameters.values()) {
      requireRange(dense, format);
      String name = dense.name();
      CompressedTensor compressed = CompressedTensor.of(dense);
      long room = (long) format.bytes() * dense.size();
      long taken = compressed.bytes(format.bytes());
      if (isWorthCompressing(room, taken)) {
        String values = name + CompressedTensor.VALUES;
        List<Integer> count = List.of(compressed.values().length);
        tensors.put(values, new Tensor(values, count, compressed.values(), format));
        gaps.put(name + CompressedTensor.GAPS, compressed.gaps());
        shapes.put(name, dense.shape());
      } else {
        tensors.put(name, new Tensor(name, dense.shape(), dense.values(), format));
      }
    }
    boolean old = shapes.isEmpty() && format == FloatFormat.FLOAT32;
    Header header = new Header(KIND, old ? DENSE_VERSION : COMPRESSED_VERSION);
    header.put("spec", saved.model().spec());
    if (saved.training() != null) {
      header.put("training", saved.training());
    }
    header.put("provenance", saved.provenance());
    header.put(PrunedTensors.KEY, PrunedTensors.names("", saved.model()));
    if (!shapes.isEmpty()) {
      header.put(COMPRESSED, new Shapes(shapes));
    }
    new SafetensorsFile(header.texts(), tensors, gaps).write(file);
  }

  private static void requireRange(Tensor tensor, FloatFormat format) {
    if (format != FloatFormat.FLOAT16) {
      return;
    }
    for (int i = 0; i < tensor.size(); i++) {
      float value = tensor.values()[i];
      if (Float.isFinite(value) && Math.abs(value) >= HalfFloat.OVERFLOW) {
        throw new IllegalArgumentException(
            "%s[%d] is %s, a 16-bit float is at most %s"
                .formatted(tensor.name(), i, value, HalfFloat.MAX_VALUE));
      }
    }
  }

  /**
   * Reads a model.
   *
   * @throws ModelFormatException if the file is not a valid model file
   * @throws IOException if it cannot be read
   */
  public static SavedModel read(Path file) throws IOException {
    SafetensorsFile content = SafetensorsFile.read(file);
    Header header = Header.of(KIND, COMPRESSED_VERSION, file, content.metadata());
    ModelSpec spec = header.get("spec", ModelSpec.class);
    @Nullable TrainingRecord training = header.find("training", TrainingRecord.class);
    Provenance provenance = header.get("provenance", Provenance.class);
    Map<String, Tensor> tensors = new LinkedHashMap<>(content.tensors());
    expand(file, header.find(COMPRESSED, Shapes.class), tensors, content.bytes());
    Model model = takeParameters(file, tensors, "", spec, masks(header));
    requireEmpty(file, tensors);
    return new SavedModel(model, training, provenance);
  }

  /**
   * What a model file says of its model, read without its weights.
   *
   * @param spec what the network is
   * @param training how it was trained, or null if that is not known
   * @param provenance how it came to be
   */
  public record Description(
      ModelSpec spec, @Nullable TrainingRecord training, Provenance provenance) {}

  /**
   * Reads the words of a model file and none of its weights.
   *
   * @throws ModelFormatException if they are not those of a model file
   * @throws IOException if it cannot be read
   */
  public static Description describe(Path file) throws IOException {
    Header header = Header.of(KIND, COMPRESSED_VERSION, file, SafetensorsFile.readMetadata(file));
    return new Description(
        header.get("spec", ModelSpec.class),
        header.find("training", TrainingRecord.class),
        header.get("provenance", Provenance.class));
  }

  /**
   * Bytes of the weights and biases in the file that {@link #write(Path, SavedModel)} writes; its
   * header, some kilobytes, comes on top.
   */
  public static long valueBytes(Model model) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    addParameters(parameters, "", model, FloatFormat.FLOAT32);
    long bytes = 0;
    for (Tensor dense : parameters.values()) {
      long room = (long) Float.BYTES * dense.size();
      long taken = CompressedTensor.of(dense).bytes(Float.BYTES);
      bytes += isWorthCompressing(room, taken) ? taken : room;
    }
    return bytes;
  }

  private static boolean isWorthCompressing(long room, long taken) {
    return taken <= LARGEST_SHARE * room && room - taken >= SMALLEST_SAVING;
  }

  /** Names of the tensors that have a mask. */
  static Set<String> masks(Header header) throws ModelFormatException {
    String @Nullable [] names = header.find(PrunedTensors.KEY, String[].class);
    return names == null ? Set.of() : new LinkedHashSet<>(Arrays.asList(names));
  }

  /** Puts dense tensors in the place of the compressed ones. */
  private static void expand(
      Path file, @Nullable Shapes shapes, Map<String, Tensor> tensors, Map<String, byte[]> bytes)
      throws ModelFormatException {
    Map<String, byte[]> gaps = new LinkedHashMap<>(bytes);
    Map<String, List<Integer>> byName = shapes == null ? Map.of() : shapes.shapes();
    for (Map.Entry<String, List<Integer>> entry : byName.entrySet()) {
      String name = entry.getKey();
      Tensor values = tensors.remove(name + CompressedTensor.VALUES);
      byte[] codes = gaps.remove(name + CompressedTensor.GAPS);
      if (values == null || values.shape().size() != 1 || codes == null) {
        throw new ModelFormatException(
            file.toString(),
            0,
            "the compressed tensor \"%s\" needs a list of values and its gaps".formatted(name));
      }
      Tensor dense =
          new CompressedTensor(entry.getValue(), codes, values.values())
              .expand(file.toString(), name);
      if (tensors.put(name, dense) != null) {
        throw new ModelFormatException(
            file.toString(), 0, "tensor \"%s\" is there twice".formatted(name));
      }
    }
    requireEmpty(file, gaps);
  }

  /**
   * Adds a model's parameters under a prefix, without copying those that have no mask.
   *
   * @param format what they will be written in
   */
  static void addParameters(
      Map<String, Tensor> tensors, String prefix, Model model, FloatFormat format) {
    for (Parameter parameter : model.parameters()) {
      String name = prefix + parameter.name();
      tensors.put(
          name, new Tensor(name, shape(parameter), PrunedTensors.encode(parameter, format)));
    }
  }

  static List<Integer> shape(Parameter parameter) {
    return switch (parameter.role()) {
      case KERNEL -> List.of(parameter.rows(), parameter.columns());
      case BIAS -> List.of(parameter.columns());
    };
  }

  /**
   * Makes a model from tensors and takes them out of the map.
   *
   * @param masks names of the tensors that have a mask, those of others included
   */
  static Model takeParameters(
      Path file, Map<String, Tensor> tensors, String prefix, ModelSpec spec, Set<String> masks)
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
      if (masks.contains(prefix + parameter.name())) {
        if (parameter.role() == Parameter.Role.BIAS) {
          throw new ModelFormatException(
              file.toString(),
              8,
              "\"%s\" has a mask, but is a bias; kernels alone have masks"
                  .formatted(prefix + parameter.name()));
        }
        PrunedTensors.decode(parameter);
      }
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

  static void requireEmpty(Path file, Map<String, ?> tensors) throws ModelFormatException {
    if (!tensors.isEmpty()) {
      throw new ModelFormatException(
          file.toString(), 0, "the network has no place for the tensors " + tensors.keySet());
    }
  }
}
