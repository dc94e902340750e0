package dev.neurite.nn.kernel.simd;

import dev.neurite.nn.kernel.PlainSoftmax;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax with the one loop in the Vector API that the JIT compiler does not turn into vector code;
 * the same bits as {@link PlainSoftmax}.
 */
final class SimdSoftmax extends PlainSoftmax {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  @Override
  protected void powerOfTwo(double[] scale, int n) {
    shift(scale, n);
  }

  /** The last vector may change elements from {@code n} on, which nobody reads. */
  private static void shift(double[] scale, int n) {
    for (int i = 0; i < n; i += DOUBLES.length()) {
      DoubleVector.fromArray(DOUBLES, scale, i)
          .reinterpretAsLongs()
          .lanewise(VectorOperators.LSHL, 52)
          .reinterpretAsDoubles()
          .intoArray(scale, i);
    }
  }
}
