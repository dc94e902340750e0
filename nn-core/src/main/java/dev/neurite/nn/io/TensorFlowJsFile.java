package dev.neurite.nn.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Layers model of TensorFlow.js: a folder with {@code model.json}, which holds the topology and
 * the list of weights, and binary files with the weights.
 *
 * <p>Written are a topology in the form of Keras 2, one group of 32-bit floats, and our own words
 * under {@code userDefinedMetadata}. Read are also weights in several groups and shards, quantised
 * to {@code uint8}, {@code uint16} or {@code float16}, and topologies inside {@code model_config}.
 */
public final class TensorFlowJsFile {
  static final String KIND = "neurite-tfjs";

  /** Name of the topology in the folder. */
  public static final String TOPOLOGY = "model.json";

  private static final String WEIGHTS = "model.weights.bin";

  /** Longest {@code model.json} that is read; ours are some kilobytes. */
  private static final int MAX_JSON_BYTES = 4 << 20;

  private TensorFlowJsFile() {}

  /**
   * Writes a folder, whole or not at all; a rescaling layer goes into the first kernel.
   *
   * @param folder a new one, an empty one, or one with an earlier export, which is replaced
   * @throws IllegalArgumentException if there are not as many class names as outputs, or
   *     TensorFlow.js has no such network: its ELU is of scale 1
   * @throws IOException if it cannot be written, or holds other files
   */
  public static void write(Path folder, SavedModel saved, ExportSpec export) throws IOException {
    Model model = ExchangedModel.folded(saved.model());
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("format", "layers-model");
    root.put("generatedBy", saved.provenance().producer());
    root.putNull("convertedBy");
    root.set("modelTopology", KerasTopology.write(export.name(), model.spec()));
    ArrayNode weights = Json.MAPPER.createArrayNode();
    for (Parameter parameter : model.parameters()) {
      ObjectNode weight = weights.addObject();
      weight.put("name", parameter.name().replace('.', '/'));
      ArrayNode shape = weight.putArray("shape");
      ModelFile.shape(parameter).forEach(shape::add);
      weight.put("dtype", "float32");
    }
    ObjectNode group = root.putArray("weightsManifest").addObject();
    group.putArray("paths").add("./" + WEIGHTS);
    group.set("weights", weights);
    ObjectNode words = root.putObject("userDefinedMetadata");
    for (Map.Entry<String, String> text :
        ExchangedModel.header(KIND, saved, export).texts().entrySet()) {
      if (text.getKey().equals(Header.FORMAT)) {
        words.put(text.getKey(), text.getValue());
      } else {
        words.set(text.getKey(), Json.MAPPER.readTree(text.getValue()));
      }
    }
    byte[] json = Json.MAPPER.writeValueAsBytes(root);
    Map<String, AtomicFile.Content> files = new LinkedHashMap<>();
    files.put(TOPOLOGY, channel -> writeFully(channel, ByteBuffer.wrap(json)));
    files.put(WEIGHTS, channel -> ExchangedModel.writeParameters(channel, model));
    AtomicFolder.write(folder, files, TensorFlowJsFile::isOfAnExport);
  }

  /**
   * Checks, before any work is done, that a folder could be written.
   *
   * @throws IOException if it could not, or holds other files
   */
  public static void requireWritable(Path folder) throws IOException {
    AtomicFolder.requireWritable(folder, TensorFlowJsFile::isOfAnExport);
  }

  private static boolean isOfAnExport(String name) {
    return name.equals(TOPOLOGY) || name.equals(WEIGHTS);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Reads a model.
   *
   * @param path the folder, or the JSON file in it whatever its name
   * @throws ModelFormatException if it is not a valid Layers model of layers that exist here
   * @throws IOException if it cannot be read
   */
  public static SavedModel read(Path path) throws IOException {
    Path file = Files.isDirectory(path) ? path.resolve(TOPOLOGY) : path;
    JsonNode root = parse(file);
    JsonNode format = root.path("format");
    if (!format.isMissingNode() && !format.asText().equals("layers-model")) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "the format is %s, needed is \"layers-model\" (graph models cannot be read)"
              .formatted(format));
    }
    Map<String, String> texts = texts(root.path("userDefinedMetadata"));
    boolean ours = texts.getOrDefault(Header.FORMAT, "").startsWith("neurite");
    Provenance provenance =
        ours
            ? Header.of(KIND, ExchangedModel.VERSION, file, texts)
                .get("provenance", Provenance.class)
            : ExchangedModel.provenance(file, root.path("generatedBy").asText(""));
    KerasTopology topology = KerasTopology.read(file, root.path("modelTopology"));
    TensorFlowJsWeights weights = TensorFlowJsWeights.of(file, root.path("weightsManifest"));
    return new SavedModel(weights.fill(topology), null, provenance);
  }

  private static JsonNode parse(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_JSON_BYTES) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "the file has %,d bytes, at most %,d are read".formatted(size, MAX_JSON_BYTES));
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) size);
    }
    try {
      if (Json.tree(bytes) instanceof ObjectNode root) {
        return root;
      }
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(
          file.toString(),
          e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharOffset()),
          "no valid JSON: " + e.getOriginalMessage());
    }
    throw new ModelFormatException(file.toString(), 0, "the file is no JSON object");
  }

  private static Map<String, String> texts(JsonNode words) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> word : words.properties()) {
      JsonNode value = word.getValue();
      texts.put(word.getKey(), value.isTextual() ? value.asText() : value.toString());
    }
    return texts;
  }
}
