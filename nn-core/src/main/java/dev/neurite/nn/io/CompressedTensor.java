package dev.neurite.nn.io;

import java.util.List;

/**
 * A tensor that is mostly zeros, as its other values and the zeros between them.
 *
 * <p>{@code gaps} is read byte by byte: a byte below 255 means that many zeros and then the next
 * value; the byte 255 means 255 zeros and no value. Fewer than 255 zeros may follow the last code.
 *
 * <p>Only positive zero counts as a zero; negative zero is a value, so every bit comes back.
 *
 * @param shape of the dense tensor
 * @param gaps the codes
 * @param values the values between the zeros, in row-major order
 */
record CompressedTensor(List<Integer> shape, byte[] gaps, float[] values) {
  /** Name of the codes is that of the tensor with this at its end. */
  static final String GAPS = ".gaps";

  /** Name of the values is that of the tensor with this at its end. */
  static final String VALUES = ".values";

  private static final int SKIP = 255;

  /** Compresses a tensor. */
  static CompressedTensor of(Tensor tensor) {
    int size = tensor.size();
    float[] dense = tensor.values();
    int codes = 0;
    int count = 0;
    int zeros = 0;
    for (int i = 0; i < size; i++) {
      if (Float.floatToRawIntBits(dense[i]) == 0) {
        zeros++;
        continue;
      }
      codes += zeros / SKIP + 1;
      count++;
      zeros = 0;
    }
    byte[] gaps = new byte[codes + zeros / SKIP];
    float[] values = new float[count];
    int code = 0;
    int value = 0;
    zeros = 0;
    for (int i = 0; i < size; i++) {
      boolean isZero = Float.floatToRawIntBits(dense[i]) == 0;
      if (!isZero) {
        gaps[code++] = (byte) zeros;
        values[value++] = dense[i];
        zeros = 0;
      } else if (++zeros == SKIP) {
        gaps[code++] = (byte) SKIP;
        zeros = 0;
      }
    }
    return new CompressedTensor(tensor.shape(), gaps, values);
  }

  /** Bytes in a file when a value takes so many. */
  long bytes(int bytesPerValue) {
    return gaps.length + (long) bytesPerValue * values.length;
  }

  /**
   * Puts the zeros back. Everything is checked before memory is taken, and the codes are at least
   * one for 256 elements, so the memory is bounded by the file.
   *
   * @param file for messages
   * @param name for messages
   */
  Tensor expand(String file, String name) throws ModelFormatException {
    long size = 1;
    for (int dimension : shape) {
      size = dimension < 0 ? Long.MAX_VALUE : Math.min(size * dimension, Integer.MAX_VALUE);
      if (dimension < 0) {
        break;
      }
    }
    long covered = 0;
    int count = 0;
    for (byte code : gaps) {
      int gap = code & 0xFF;
      covered += gap == SKIP ? SKIP : gap + 1;
      count += gap == SKIP ? 0 : 1;
    }
    if (count != values.length) {
      throw new ModelFormatException(
          file,
          0,
          "tensor \"%s\" has places for %d values and %d values"
              .formatted(name, count, values.length));
    }
    if (covered > size || size - covered >= SKIP || size >= Integer.MAX_VALUE) {
      throw new ModelFormatException(
          file,
          0,
          "tensor \"%s\" of shape %s has gaps and values for %d elements"
              .formatted(name, shape, covered));
    }
    float[] dense = new float[(int) size];
    int at = 0;
    int next = 0;
    for (byte code : gaps) {
      int gap = code & 0xFF;
      at += gap;
      if (gap != SKIP) {
        dense[at++] = values[next++];
      }
    }
    return new Tensor(name, shape, dense);
  }
}
