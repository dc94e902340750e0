package dev.neurite.mnist.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Writes IDX data for tests. */
public final class IdxBytes {
  private IdxBytes() {}

  /** An IDX file with these elements as they are stored. */
  public static byte[] idx(int typeCode, byte[] data, int... dimensions) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + data.length);
    bytes.put((byte) 0).put((byte) 0).put((byte) typeCode).put((byte) dimensions.length);
    for (int length : dimensions) {
      bytes.putInt(length);
    }
    return bytes.put(data).array();
  }

  /** The bytes as a gz file. */
  public static byte[] gz(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
