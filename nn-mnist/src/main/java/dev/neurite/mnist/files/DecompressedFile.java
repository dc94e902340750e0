package dev.neurite.mnist.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files that may be gz or plain, told apart by their first two bytes and never by their name. */
public final class DecompressedFile {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int SMALLEST_GZIP_BYTES = 18;

  /** Pictures of digits become up to five times as large; what claims more grows as it comes. */
  private static final long USUAL_RATIO = 6;

  private DecompressedFile() {}

  /**
   * Opens a file for reading its plain content.
   *
   * @throws java.util.zip.ZipException if it begins like a gz file but has no right header; reading
   *     the stream may throw it too
   * @throws java.io.EOFException if it is a gz file that ends too soon; reading the stream may
   *     throw it too
   * @throws IOException if it cannot be read
   */
  @SuppressWarnings("resource") // the caller closes the stream, and with it the file
  public static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      raw.mark(2);
      int magic = raw.read() << 8 | raw.read();
      raw.reset();
      return magic == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Whether a file begins like a gz file. */
  static boolean isGz(Path file) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
      return access.length() >= 2 && access.readUnsignedShort() == GZIP_MAGIC;
    }
  }

  /**
   * How many plain bytes the file seems to hold: the size of a plain file, the size that a gz file
   * gives at its end, but no more than six times its own. A hint for the first allocation only.
   */
  static long sizeHint(Path file) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
      long size = access.length();
      if (size < SMALLEST_GZIP_BYTES || access.readUnsignedShort() != GZIP_MAGIC) {
        return size;
      }
      access.seek(size - Integer.BYTES);
      long plainSize = Integer.toUnsignedLong(Integer.reverseBytes(access.readInt()));
      return Math.min(plainSize, size * USUAL_RATIO);
    }
  }
}
