package dev.neurite.mnist.source;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a stream. */
final class Sha256 {
  private static final int BUFFER_BYTES = 1 << 16;

  private Sha256() {}

  /**
   * The sum of what is left of a stream, as 64 lower-case hexadecimal digits.
   *
   * @param in read to its end or until more than {@code maxBytes} have come; not closed
   * @throws IOException if the stream holds more than {@code maxBytes} or cannot be read
   */
  static String of(InputStream in, long maxBytes) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long total = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      total += count;
      if (total > maxBytes) {
        throw new IOException("more than the %d bytes that it should have".formatted(maxBytes));
      }
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
