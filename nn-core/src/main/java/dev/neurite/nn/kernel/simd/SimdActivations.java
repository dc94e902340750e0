package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;

import dev.neurite.nn.kernel.PlainActivations;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The activations with the one loop in the Vector API that the JIT compiler does not turn into
 * vector code; the same bits as {@link PlainActivations}.
 *
 * <p>Only that loop: until they are compiled, vector operations are thousands of times slower, so
 * every further one would make the first training steps longer.
 */
public final class SimdActivations extends PlainActivations {
  @Override
  protected void powerOfTwo(float[] scale, int n) {
    shift(scale, n);
  }

  /** The last vector may change elements from {@code n} on, which nobody reads. */
  private static void shift(float[] scale, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector.fromArray(SPECIES, scale, i)
          .reinterpretAsInts()
          .lanewise(VectorOperators.LSHL, 23)
          .reinterpretAsFloats()
          .intoArray(scale, i);
    }
  }
}
