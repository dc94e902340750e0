package dev.neurite.nn.io;

import dev.neurite.nn.model.Activation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model in whatever format, told by the content and never by the name. */
public final class AnyModelFile {
  /** The formats that are read. */
  public enum Format {
    /** {@link ModelFile}. */
    NEURITE("Neurite"),
    /** {@link PyTorchFile}. */
    PYTORCH("PyTorch safetensors"),
    /** {@link TensorFlowJsFile}. */
    TENSORFLOW_JS("TensorFlow.js"),
    /** {@link OnnxFile}. */
    ONNX("ONNX");

    private final String title;

    Format(String title) {
      this.title = title;
    }

    /** The name for people. */
    public String title() {
      return title;
    }
  }

  /**
   * What was read.
   *
   * @param format of the file
   * @param saved what it holds
   */
  public record Content(Format format, SavedModel saved) {}

  private static final int FIRST_BYTES = 9;

  /** An ONNX file begins with the tag of its version, field 1 as a variable-length number. */
  private static final byte ONNX_START = 0x08;

  private AnyModelFile() {}

  /**
   * The format of a file or folder, as far as its first bytes tell.
   *
   * @throws ModelFormatException if it is none that is read
   * @throws IOException if it cannot be read
   */
  public static Format format(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      if (Files.isRegularFile(path.resolve(TensorFlowJsFile.TOPOLOGY))) {
        return Format.TENSORFLOW_JS;
      }
      throw new ModelFormatException(
          path.toString(), 0, "the folder has no model.json, needed is one of TensorFlow.js");
    }
    ByteBuffer first = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (InputStream in = Files.newInputStream(path)) {
      first.limit(Math.max(0, in.readNBytes(first.array(), 0, FIRST_BYTES)));
    }
    if (first.limit() == FIRST_BYTES
        && first.get(Long.BYTES) == '{'
        && first.getLong(0) > 0
        && first.getLong(0) <= Files.size(path) - Long.BYTES) {
      String kind = SafetensorsFile.readMetadata(path).getOrDefault(Header.FORMAT, "");
      boolean neurite = kind.startsWith("neurite") && !kind.startsWith(PyTorchFile.KIND);
      return neurite ? Format.NEURITE : Format.PYTORCH;
    }
    String text = new String(first.array(), 0, first.limit(), StandardCharsets.UTF_8);
    if (text.stripLeading().startsWith("{")) {
      return Format.TENSORFLOW_JS;
    }
    if (first.limit() > 1 && first.get(0) == ONNX_START) {
      return Format.ONNX;
    }
    throw new ModelFormatException(
        path.toString(),
        0,
        "the content is no model: neither safetensors nor a model.json of TensorFlow.js nor ONNX");
  }

  /**
   * Reads a model.
   *
   * @param path a file, or the folder of a TensorFlow.js model
   * @param hidden what stands behind all layers but the last, if a PyTorch file does not say it
   * @param output what stands behind the last layer, if a PyTorch file does not say it
   * @throws ModelFormatException if it is no model that can be read
   * @throws IOException if it cannot be read
   */
  public static Content read(Path path, Activation hidden, Activation output) throws IOException {
    Format format = format(path);
    SavedModel saved =
        switch (format) {
          case NEURITE -> ModelFile.read(path);
          case PYTORCH -> PyTorchFile.read(path, hidden, output);
          case TENSORFLOW_JS -> TensorFlowJsFile.read(path);
          case ONNX -> OnnxFile.read(path);
        };
    return new Content(format, saved);
  }
}
