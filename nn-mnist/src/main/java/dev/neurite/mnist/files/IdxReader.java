package dev.neurite.mnist.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/**
 * Reads IDX files.
 *
 * <p>Format, big-endian: two zero bytes, the code of the element type, the number of dimensions,
 * one 32-bit length for each dimension, then the elements in row-major order. Nothing may follow.
 *
 * <p>Safe for files from anywhere: the array grows with the bytes that arrive, a gz file is
 * decompressed no further than one byte behind the size that its header declares and never to more
 * than a hundred times its own size (or 1 MiB), and every fault of the content is an {@link
 * IdxFormatException}.
 */
public final class IdxReader {
  private static final int SMALLEST_ALLOCATION = 1 << 13;

  /** A file stream takes a buffer as large as the read that it is asked for. */
  private static final int LARGEST_READ = 1 << 17;

  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Data in a gz file up to this size is taken, however small the file. */
  private static final long ALWAYS_UNPACKED = 1 << 20;

  /** Pictures of digits are packed to a fifth; what is packed further than this is a bomb. */
  private static final long LARGEST_PACKING = 100;

  private IdxReader() {}

  /**
   * Reads a file, gz or plain.
   *
   * @throws IdxFormatException if the content is not one whole IDX array
   * @throws IOException if the file cannot be read
   */
  public static IdxArray read(Path file) throws IOException {
    String name = file.toString();
    long sizeHint = DecompressedFile.sizeHint(file);
    long largest =
        DecompressedFile.isGz(file)
            ? Math.max(ALWAYS_UNPACKED, Files.size(file) * LARGEST_PACKING)
            : LARGEST_ARRAY;
    try (InputStream in = DecompressedFile.open(file)) {
      return read(in, name, sizeHint, Math.min(LARGEST_ARRAY, largest));
    } catch (ZipException | EOFException e) {
      throw new IdxFormatException(
          name, "damaged gz data (" + e.getMessage() + ")", "a whole gz file", e);
    }
  }

  /**
   * Reads plain (not gz) IDX data up to the end of the stream.
   *
   * @param in read to its end, not closed
   * @param name the name of the data in error messages
   * @throws IdxFormatException if the content is not one whole IDX array
   * @throws IOException if the stream cannot be read
   */
  public static IdxArray read(InputStream in, String name) throws IOException {
    return read(in, name, 0, LARGEST_ARRAY);
  }

  private static IdxArray read(InputStream in, String name, long sizeHint, long largest)
      throws IOException {
    byte[] start = header(in, name, 4);
    IdxType type = start[0] != 0 || start[1] != 0 ? null : IdxType.ofCode(start[2]).orElse(null);
    if (type == null) {
      throw new IdxFormatException(
          name,
          "a file that starts with the bytes %02x %02x %02x %02x"
              .formatted(start[0], start[1], start[2], start[3]),
          "an IDX file: 00 00, an element type of 08, 09, 0b, 0c, 0d or 0e, a dimension count");
    }
    List<Integer> dimensions = new ArrayList<>();
    ByteBuffer lengths = ByteBuffer.wrap(header(in, name, (start[3] & 0xFF) * Integer.BYTES));
    while (lengths.hasRemaining()) {
      dimensions.add(lengths.getInt());
    }
    long bytes = totalBytes(type, dimensions, name, largest);
    return new IdxArray(type, dimensions, data(in, name, bytes, sizeHint));
  }

  private static byte[] header(InputStream in, String name, int length) throws IOException {
    byte[] header = in.readNBytes(length);
    if (header.length < length) {
      throw new IdxFormatException(
          name,
          "a header cut off after %d of %d bytes".formatted(header.length, length),
          "a whole IDX header");
    }
    return header;
  }

  private static long totalBytes(IdxType type, List<Integer> dimensions, String name, long largest)
      throws IdxFormatException {
    double product = type.bytes(); // rounding does not matter: only sizes below 2^31 go on
    for (int length : dimensions) {
      if (length < 0) {
        throw new IdxFormatException(
            name,
            "a dimension of " + Integer.toUnsignedString(length),
            "dimensions of at most " + Integer.MAX_VALUE);
      }
      product *= length;
    }
    if (product > largest) {
      throw new IdxFormatException(
          name,
          "dimensions %s of %d-byte elements".formatted(shape(dimensions), type.bytes()),
          "at most %d bytes of data%s"
              .formatted(largest, largest < LARGEST_ARRAY ? " in so small a gz file" : ""));
    }
    return (long) product;
  }

  private static byte[] data(InputStream in, String name, long bytes, long sizeHint)
      throws IOException {
    byte[] data = new byte[(int) Math.min(bytes, Math.max(sizeHint, SMALLEST_ALLOCATION))];
    int filled = 0;
    while (filled < bytes) {
      if (filled == data.length) {
        data = Arrays.copyOf(data, (int) Math.min(bytes, 2L * data.length));
      }
      int count = in.read(data, filled, Math.min(LARGEST_READ, data.length - filled));
      if (count < 0) {
        throw new IdxFormatException(
            name,
            "a file cut off after %d bytes of data".formatted(filled),
            "the %d bytes that its header declares".formatted(bytes));
      }
      filled += count;
    }
    if (in.read() >= 0) {
      throw new IdxFormatException(
          name,
          "extra bytes after the data",
          "the end of the file after the %d bytes that its header declares".formatted(bytes));
    }
    return data;
  }

  private static String shape(List<Integer> dimensions) {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining("×"));
  }
}
