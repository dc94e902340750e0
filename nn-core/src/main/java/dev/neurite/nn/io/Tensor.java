package dev.neurite.nn.io;

import java.util.List;

/**
 * A named array of 32-bit floats.
 *
 * @param name unique within its file
 * @param shape sizes from the outermost dimension in; empty for a single number
 * @param values row-major; may be longer than the shape says, the rest is ignored
 */
record Tensor(String name, List<Integer> shape, float[] values) {
  Tensor {
    shape = List.copyOf(shape);
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
