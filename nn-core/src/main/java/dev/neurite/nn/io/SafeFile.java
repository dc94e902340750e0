package dev.neurite.nn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files written as model files are: whole or not at all, missing folders made. */
public final class SafeFile {
  private SafeFile() {}

  /** Writes a text in UTF-8; an old file of the same name stays until the new one is complete. */
  public static void writeText(Path file, String text) throws IOException {
    writeBytes(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes; an old file of the same name stays until the new one is complete. */
  public static void writeBytes(Path file, byte[] content) throws IOException {
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(content);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /**
   * Checks, before any work is done, that a file could be written.
   *
   * @throws IOException if the name is that of a folder or a device, or its folder cannot be
   *     written
   */
  public static void requireWritable(Path file) throws IOException {
    AtomicFile.requireWritable(file);
  }
}
