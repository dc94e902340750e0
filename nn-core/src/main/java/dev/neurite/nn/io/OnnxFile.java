package dev.neurite.nn.io;

import dev.neurite.nn.model.Model;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model in the Open Neural Network Exchange format.
 *
 * <p>Needs the classes of {@code org.tribuo:tribuo-util-onnx}, an optional dependency; without them
 * both methods say so. Written is a graph of opset 13 (20 where GELU occurs) from a float input
 * {@code input} of {@code [batch, in]} to {@code output}, {@code [batch, out]}, without dropout.
 * Read is a chain of {@code Gemm}, or {@code MatMul} and {@code Add}, and activations.
 */
public final class OnnxFile {
  static final String KIND = "neurite-onnx";

  /** Protobuf counts bytes in an int. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - (1 << 20);

  private OnnxFile() {}

  /**
   * Writes a model, whole or not at all; a rescaling layer goes into the first kernel.
   *
   * @throws IllegalArgumentException if there are not as many class names as outputs
   * @throws IllegalStateException if the optional dependency is not there
   */
  public static void write(Path file, SavedModel saved, ExportSpec export) throws IOException {
    Model model = ExchangedModel.folded(saved.model());
    if ((long) model.spec().parameterCount() * Float.BYTES > MAX_BYTES) {
      throw new IOException(
          "%s: %,d parameters do not fit into an ONNX file of 2 GB"
              .formatted(file, model.spec().parameterCount()));
    }
    Header header = ExchangedModel.header(KIND, saved, export);
    try {
      OnnxGraphWriter graph = new OnnxGraphWriter(model, export.name());
      AtomicFile.write(
          file,
          channel ->
              graph.writeTo(
                  Channels.newOutputStream(channel),
                  saved.provenance().producer(),
                  header.texts()));
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  /**
   * Reads a model.
   *
   * @throws ModelFormatException if the file is not a valid ONNX file, or its graph is no such
   *     chain
   * @throws IllegalStateException if the optional dependency is not there
   * @throws IOException if it cannot be read
   */
  public static SavedModel read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new ModelFormatException(
          file.toString(),
          0,
          "the file has %,d bytes, at most %,d are read".formatted(size, MAX_BYTES));
    }
    try {
      return OnnxGraphReader.read(file, Files.readAllBytes(file));
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(NoClassDefFoundError e) {
    return new IllegalStateException(
        "ONNX files need org.tribuo:tribuo-util-onnx on the class path (on the module path also"
            + " --add-modules org.tribuo.util.onnx,com.google.protobuf); missing is "
            + String.valueOf(e.getMessage()).replace('/', '.'),
        e);
  }
}
