package dev.neurite.nn.prune;

import dev.neurite.nn.autodiff.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;

/**
 * Bytes of a parameter in the ways that it can be stored, without names and headers.
 *
 * @param dense every element as a 32-bit float
 * @param gzip the same compressed with gzip
 * @param sparse in the smaller of dense and the two forms of {@link #sparse}
 */
public record ParameterSize(long dense, long gzip, long sparse) {
  /** Measures a parameter. */
  public static ParameterSize of(Parameter parameter) {
    long dense = (long) parameter.size() * Float.BYTES;
    return new ParameterSize(dense, gzip(parameter), Math.min(dense, sparse(parameter)));
  }

  /** The sum of two. */
  public ParameterSize plus(ParameterSize other) {
    return new ParameterSize(dense + other.dense, gzip + other.gzip, sparse + other.sparse);
  }

  /**
   * An estimate of the bytes of a sparse form: the elements that are not zero as packed floats, and
   * where they stand, as a bitmap (one bit for each element, whole bytes) or as one byte for each
   * of them with the distance to the one before, whichever is smaller. A distance of 255 or more
   * takes a further byte for each 255.
   */
  private static long sparse(Parameter parameter) {
    float[] values = parameter.value().data;
    long nonZero = 0;
    long deltaBytes = 0;
    int last = -1;
    for (int i = 0; i < parameter.size(); i++) {
      if (values[i] != 0) {
        nonZero++;
        deltaBytes += 1 + (i - last) / 255;
        last = i;
      }
    }
    long bitmapBytes = (parameter.size() + 7L) / 8;
    return nonZero * Float.BYTES + Math.min(bitmapBytes, deltaBytes);
  }

  private static long gzip(Parameter parameter) {
    ByteBuffer bytes =
        ByteBuffer.allocate(parameter.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameter.value().data, 0, parameter.size());
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.size();
  }
}
