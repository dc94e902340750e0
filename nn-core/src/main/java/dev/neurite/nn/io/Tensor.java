package dev.neurite.nn.io;

import java.util.List;

/**
 * A named array of 32-bit floats.
 *
 * @param name unique within its file
 * @param shape sizes from the outermost dimension in; empty for a single number
 * @param values row-major; may be longer than the shape says, the rest is ignored
 * @param format how its numbers are written; what was read is exact in 32 bits
 */
record Tensor(String name, List<Integer> shape, float[] values, FloatFormat format) {
  Tensor {
    shape = List.copyOf(shape);
  }

  /** A tensor of 32-bit floats. */
  Tensor(String name, List<Integer> shape, float[] values) {
    this(name, shape, values, FloatFormat.FLOAT32);
  }

  /** Number of elements that the shape says. */
  int size() {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return size;
  }
}
