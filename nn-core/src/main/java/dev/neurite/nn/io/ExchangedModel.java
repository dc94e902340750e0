package dev.neurite.nn.io;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.LayerSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.RescalingSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What all exchange formats share: a model as others know it, and the words beside it. */
final class ExchangedModel {
  static final String UNKNOWN = "unknown";

  /** The version of every format that is exported. */
  static final int VERSION = 1;

  private static final int BUFFER_BYTES = 1 << 16;

  private ExchangedModel() {}

  /**
   * A network with the same outputs that does not begin with a rescaling layer: {@code
   * activation((f x) · K + b) = activation(x · (f K) + b)}, with f multiplied into the first
   * kernel, rounded to float.
   *
   * @return the network itself if it has no such layer, else a new one
   */
  static Model folded(Model model) {
    if (!(model.spec().layers().get(0) instanceof RescalingSpec rescaling)) {
      return model;
    }
    List<LayerSpec> layers = model.spec().layers();
    Model folded =
        Model.zeros(new ModelSpec(model.spec().inputs(), layers.subList(1, layers.size())));
    for (int i = 0; i < model.parameters().size(); i++) {
      folded.parameters().get(i).value().setTo(model.parameters().get(i).value());
    }
    float[] kernel = folded.kernel(0).value().data;
    for (int i = 0; i < folded.kernel(0).size(); i++) {
      kernel[i] *= rescaling.factor();
    }
    return folded;
  }

  /** The words of an export: kind and version, where the model comes from, what it takes. */
  static Header header(String kind, SavedModel saved, ExportSpec export) throws IOException {
    export.requireFits(saved.model().spec().outputs());
    Header header = new Header(kind, VERSION);
    header.put("provenance", saved.provenance());
    header.put("export", export);
    return header;
  }

  /**
   * Where an imported model comes from, as far as its file says.
   *
   * @param producer the program that it names
   */
  static Provenance provenance(Path file, String producer) throws IOException {
    return new Provenance(
        producer.isBlank() ? UNKNOWN : producer,
        Files.getLastModifiedTime(file).toInstant().toString(),
        UNKNOWN,
        UNKNOWN,
        0);
  }

  /** A spec of layers that a file describes. */
  static ModelSpec spec(Path file, int inputs, List<? extends LayerSpec> layers)
      throws ModelFormatException {
    try {
      return new ModelSpec(inputs, List.copyOf(layers));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          file.toString(), 0, "the layers make no network: " + e.getMessage());
    }
  }

  /** A layer that a file describes. */
  static DenseSpec dense(Path file, String layer, long units, Activation activation)
      throws ModelFormatException {
    if (units < 1 || units > DenseSpec.MAX_UNITS) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "layer \"%s\" has %d units, needed are 1...%d"
              .formatted(layer, units, DenseSpec.MAX_UNITS));
    }
    return new DenseSpec((int) units, activation);
  }

  /** Writes all parameters in order as little-endian floats, row-major. */
  static void writeParameters(FileChannel channel, Model model) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Parameter parameter : model.parameters()) {
      float[] values = parameter.value().data;
      for (int from = 0; from < parameter.size(); from += BUFFER_BYTES / Float.BYTES) {
        int count = Math.min(BUFFER_BYTES / Float.BYTES, parameter.size() - from);
        buffer.clear().limit(count * Float.BYTES);
        buffer.asFloatBuffer().put(values, from, count);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    }
  }
}
