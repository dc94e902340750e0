package dev.neurite.nn.io;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The weights beside a {@code model.json}: which there are, where they stand, how they are coded.
 */
final class TensorFlowJsWeights {
  private static final int BUFFER_BYTES = 1 << 16;

  /** How numbers are coded. */
  private enum Coding {
    FLOAT32(4),
    FLOAT16(2),
    UINT16(2),
    UINT8(1);

    private final int bytes;

    Coding(int bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * One weight.
   *
   * @param shape sizes from the outermost dimension in
   * @param size product of the shape
   * @param coding how its numbers are coded
   * @param scale what a whole number is multiplied by
   * @param minimum what is added then
   */
  private record Weight(
      String name, List<Integer> shape, long size, Coding coding, double scale, double minimum) {
    long bytes() {
      return size * coding.bytes;
    }
  }

  /** Files that make one run of bytes, and the weights in it. */
  private record Group(List<Path> shards, List<Weight> weights) {}

  private final Path file;
  private final List<Group> groups;

  private TensorFlowJsWeights(Path file, List<Group> groups) {
    this.file = file;
    this.groups = groups;
  }

  /**
   * Reads a manifest and checks it against the sizes of its files.
   *
   * @param file the {@code model.json}; weights are looked for in its folder only
   */
  static TensorFlowJsWeights of(Path file, JsonNode manifest) throws IOException {
    if (!manifest.isArray()) {
      throw new ModelFormatException(
          file.toString(), 0, "\"weightsManifest\" is needed, an array of groups of weights");
    }
    List<Group> groups = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : manifest) {
      List<Path> shards = new ArrayList<>();
      long available = 0;
      for (JsonNode path : node.path("paths")) {
        Path shard = shard(file, path);
        if (!seen.add(shard)) {
          throw new ModelFormatException(
              file.toString(), 0, "the file of weights %s is named twice".formatted(path));
        }
        shards.add(shard);
        available += Files.size(shard);
      }
      List<Weight> weights = new ArrayList<>();
      long needed = 0;
      for (JsonNode entry : node.path("weights")) {
        Weight weight = weight(file, entry);
        if (!names.add(weight.name)) {
          throw new ModelFormatException(
              file.toString(), 0, "there are two weights \"%s\"".formatted(weight.name));
        }
        weights.add(weight);
        needed = Math.min(needed + weight.bytes(), Long.MAX_VALUE / 2);
      }
      if (needed != available) {
        throw new ModelFormatException(
            file.toString(),
            0,
            "the weights of %s need %,d bytes, its files have %,d"
                .formatted(node.path("paths"), needed, available));
      }
      groups.add(new Group(shards, weights));
    }
    return new TensorFlowJsWeights(file, groups);
  }

  /** A file in the folder of the model; nothing outside it is looked at. */
  private static Path shard(Path file, JsonNode path) throws IOException {
    Path folder = file.toRealPath().resolveSibling("");
    String text = path.isTextual() ? path.asText() : "";
    try {
      Path relative = Path.of(text).normalize();
      boolean inside =
          !text.isBlank()
              && !relative.isAbsolute()
              && !relative.startsWith("..")
              && !relative.toString().isEmpty()
              && text.indexOf('\\') < 0;
      if (inside) {
        Path shard = folder.resolve(relative);
        // A link may lead outside too.
        if (Files.exists(shard)
            && shard.toRealPath().startsWith(folder)
            && Files.isRegularFile(shard)) {
          return shard.toRealPath();
        }
        throw new ModelFormatException(
            file.toString(),
            0,
            "the file of weights %s is not in the model's folder".formatted(path));
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw new ModelFormatException(
        file.toString(),
        0,
        "the file of weights is %s, needed is the name of a file in the model's folder"
            .formatted(path));
  }

  private static Weight weight(Path file, JsonNode entry) throws ModelFormatException {
    String name = entry.path("name").asText("");
    JsonNode shapes = entry.path("shape");
    List<Integer> shape = new ArrayList<>();
    long size = name.isEmpty() || !shapes.isArray() ? -1 : 1;
    for (JsonNode dimension : shapes) {
      if (!dimension.isInt() || dimension.intValue() < 0) {
        size = -1;
        break;
      }
      shape.add(dimension.intValue());
      size = Math.min(size * dimension.intValue(), Integer.MAX_VALUE);
    }
    JsonNode quantization = entry.path("quantization");
    boolean quantized = quantization.isObject();
    JsonNode scale = quantization.path("scale");
    JsonNode minimum = quantization.path("min");
    Coding coding =
        switch (quantized
            ? quantization.path("dtype").asText("")
            : entry.path("dtype").asText("")) {
          case "float32" -> quantized ? null : Coding.FLOAT32;
          case "float16" -> quantized ? Coding.FLOAT16 : null;
          case "uint16" ->
              quantized && scale.isNumber() && minimum.isNumber() ? Coding.UINT16 : null;
          case "uint8" -> quantized && scale.isNumber() && minimum.isNumber() ? Coding.UINT8 : null;
          default -> null;
        };
    if (size < 0 || coding == null || !entry.path("dtype").asText("").equals("float32")) {
      throw new ModelFormatException(
          file.toString(),
          0,
          ("the weight \"%s\" has the shape %s, the dtype %s and the quantization %s; needed are a"
                  + " name, whole numbers, \"float32\" and none or float16, uint8 or uint16 with"
                  + " scale and min")
              .formatted(name, shapes, entry.path("dtype"), quantized ? quantization : "none"));
    }
    return new Weight(
        name, List.copyOf(shape), size, coding, scale.asDouble(1), minimum.asDouble(0));
  }

  /**
   * Makes the network of a topology with these weights.
   *
   * @throws ModelFormatException if a weight is missing, has another shape, or has no place
   */
  Model fill(KerasTopology topology) throws IOException {
    Map<String, Weight> left = new LinkedHashMap<>();
    for (Group group : groups) {
      for (Weight weight : group.weights) {
        left.put(weight.name, weight);
      }
    }
    // All is looked up by shape first: the model's memory is then that of the file's numbers.
    Map<Weight, Integer> places = new LinkedHashMap<>();
    int width = topology.spec().inputs();
    for (int i = 0; i < topology.dense().size(); i++) {
      int units = topology.spec().denseLayers().get(i).units();
      KerasTopology.Dense dense = topology.dense().get(i);
      places.put(take(left, dense.name(), "kernel", List.of(width, units)), 2 * i);
      if (dense.bias()) {
        places.put(take(left, dense.name(), "bias", List.of(units)), 2 * i + 1);
      }
      width = units;
    }
    for (Group group : groups) {
      for (Weight weight : group.weights) {
        if (left.containsKey(weight.name) && !weight.name.startsWith("optimizer/")) {
          throw new ModelFormatException(
              file.toString(),
              0,
              "no layer has a place for the weight \"%s\"".formatted(weight.name));
        }
      }
    }
    Model model = Model.zeros(topology.spec());
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Group group : groups) {
      try (Shards shards = new Shards(group.shards)) {
        for (Weight weight : group.weights) {
          Integer place = places.get(weight);
          read(shards, buffer, weight, place == null ? null : model.parameters().get(place));
        }
      } catch (EOFException e) {
        throw new ModelFormatException(
            file.toString(), 0, "a file of weights became shorter while reading");
      }
    }
    return model;
  }

  /** Takes the weight {@code layer/kind}; scopes may stand before it, {@code :0} behind it. */
  private Weight take(Map<String, Weight> left, String layer, String kind, List<Integer> shape)
      throws ModelFormatException {
    String wanted = layer + "/" + kind;
    String found = null;
    for (String name : left.keySet()) {
      String plain = name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
      if (plain.equals(wanted)) {
        found = name;
        break;
      }
      if (plain.endsWith("/" + wanted) && !plain.startsWith("optimizer/")) {
        found = name;
      }
    }
    Weight weight = found == null ? null : left.remove(found);
    if (weight == null || !weight.shape.equals(shape)) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "the weight \"%s\" of shape %s is needed, received %s"
              .formatted(wanted, shape, weight == null ? "none" : weight.shape));
    }
    return weight;
  }

  /** Reads a weight into a parameter, or past it. */
  private static void read(
      Shards shards, ByteBuffer buffer, Weight weight, @Nullable Parameter parameter)
      throws IOException {
    long left = weight.size;
    int at = 0;
    while (left > 0) {
      int count = (int) Math.min(left, buffer.capacity() / weight.coding.bytes);
      shards.read(buffer.clear().limit(count * weight.coding.bytes));
      buffer.flip();
      if (parameter != null) {
        float[] values = parameter.value().data;
        for (int i = 0; i < count; i++) {
          values[at++] = decode(buffer, weight);
        }
      }
      left -= count;
    }
  }

  private static float decode(ByteBuffer buffer, Weight weight) {
    return switch (weight.coding) {
      case FLOAT32 -> buffer.getFloat();
      case FLOAT16 -> HalfFloat.toFloat(buffer.getShort());
      case UINT16 -> (float) ((buffer.getShort() & 0xFFFF) * weight.scale + weight.minimum);
      case UINT8 -> (float) ((buffer.get() & 0xFF) * weight.scale + weight.minimum);
    };
  }

  /** Files read as one. */
  private static final class Shards implements AutoCloseable {
    private final List<Path> files;
    private int next;
    private @Nullable FileChannel open;

    Shards(List<Path> files) {
      this.files = files;
    }

    /** Fills a buffer up to its limit. */
    void read(ByteBuffer buffer) throws IOException {
      while (buffer.hasRemaining()) {
        if (open == null) {
          if (next == files.size()) {
            throw new EOFException();
          }
          open = FileChannel.open(files.get(next++), StandardOpenOption.READ);
        }
        if (open.read(buffer) < 0) {
          close();
        }
      }
    }

    @Override
    public void close() throws IOException {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }
}
