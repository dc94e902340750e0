package dev.neurite.mnist.cli;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 sums, by which copies of a model are known. */
final class ModelSums {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * The sum of a file.
   *
   * @param bytes its size
   * @param sha256 in hexadecimal digits
   */
  record FileSum(Path file, long bytes, String sha256) {}

  private ModelSums() {}

  /** The sums of a file, or of the files in a folder in the order of their names. */
  static List<FileSum> of(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(sum(path));
    }
    List<FileSum> sums = new ArrayList<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        sums.add(sum(file));
      }
    }
    return sums;
  }

  private static FileSum sum(Path file) throws IOException {
    MessageDigest digest = sha256();
    long bytes = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        bytes += count;
      }
    }
    return new FileSum(file, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * The sum of a model's numbers, the same whatever file they stand in: all parameters in order as
   * little-endian 32-bit floats.
   */
  static String ofParameters(Model model) {
    MessageDigest digest = sha256();
    for (Parameter parameter : model.parameters()) {
      ByteBuffer bytes =
          ByteBuffer.allocate(parameter.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(parameter.value().data, 0, parameter.size());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
