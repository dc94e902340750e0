package dev.neurite.nn.prune;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the n smallest magnitudes of some kernels end, found without sorting.
 *
 * <p>The bits of a float without its sign order magnitudes as integers do (NaN comes last). Two
 * histograms, of the upper 16 and then of the lower 15 bits, find the n-th smallest in two passes.
 *
 * @param threshold the n-th smallest magnitude, as bits; all smaller ones are among the n
 * @param ties how many of those that equal it are among the n
 */
record SmallestMagnitudes(int threshold, int ties) {
  private static final int LOWER_BITS = 15;
  private static final int LOWER = (1 << LOWER_BITS) - 1;

  /** The bits of a value without its sign. */
  static int magnitude(float value) {
    return Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
  }

  /**
   * The n smallest of those that are not pruned.
   *
   * @param kernels where to look
   * @param n at least 1 and at most the number of weights that are not pruned
   */
  static SmallestMagnitudes of(List<Parameter> kernels, int n) {
    int[] upper = new int[1 << 16];
    for (Parameter kernel : kernels) {
      count(kernel, upper, -1);
    }
    int before = 0;
    int high = 0;
    while (before + upper[high] < n) {
      before += upper[high++];
    }
    int[] lower = new int[1 << LOWER_BITS];
    for (Parameter kernel : kernels) {
      count(kernel, lower, high);
    }
    int low = 0;
    while (before + lower[low] < n) {
      before += lower[low++];
    }
    return new SmallestMagnitudes(high << LOWER_BITS | low, n - before);
  }

  /** Counts the upper halves, or the lower halves of those with one upper half. */
  private static void count(Parameter kernel, int[] histogram, int upperHalf) {
    float[] values = kernel.value().data;
    @Nullable Mask mask = kernel.mask();
    for (int i = 0; i < kernel.size(); i++) {
      if (mask == null || mask.keeps(i)) {
        int bits = magnitude(values[i]);
        if (upperHalf < 0) {
          histogram[bits >>> LOWER_BITS]++;
        } else if (bits >>> LOWER_BITS == upperHalf) {
          histogram[bits & LOWER]++;
        }
      }
    }
  }
}
