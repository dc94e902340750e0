package dev.neurite.nn.model;

import dev.neurite.nn.autodiff.Mask;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a dense layer at a moment.
 *
 * @param inputs rows of the kernel
 * @param units columns of the kernel
 * @param kernel {@code inputs × units}, row after row; not copied, must not be changed
 * @param bias one value for each unit; not copied, must not be changed
 * @param mask which weights are kept, or null for all
 */
@SuppressWarnings("ArrayRecordComponent") // large, and already a copy
public record LayerWeights(
    int inputs, int units, float[] kernel, float[] bias, @Nullable Mask mask) {
  /** Checks the sizes. */
  public LayerWeights {
    if (kernel.length != (long) inputs * units || bias.length != units) {
      throw new IllegalArgumentException(
          "%d×%d needs %d weights and %d biases, received %d and %d"
              .formatted(inputs, units, (long) inputs * units, units, kernel.length, bias.length));
    }
  }

  /** The weight from an input to a unit. */
  public float weight(int input, int unit) {
    return kernel[input * units + unit];
  }

  /** Whether a weight was pruned. */
  public boolean isPruned(int input, int unit) {
    return mask != null && !mask.keeps(input * units + unit);
  }

  /** The largest absolute weight; 0 if all are 0. */
  public float largestMagnitude() {
    float largest = 0;
    for (float w : kernel) {
      largest = Math.max(largest, Math.abs(w));
    }
    return largest;
  }

  /** The largest absolute weight into a unit; 0 if all are 0. */
  public float largestMagnitude(int unit) {
    float largest = 0;
    for (int i = unit; i < kernel.length; i += units) {
      largest = Math.max(largest, Math.abs(kernel[i]));
    }
    return largest;
  }
}
