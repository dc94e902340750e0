package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;

import dev.neurite.nn.kernel.PlainSparseProducts;
import dev.neurite.nn.kernel.SparseWeights;
import jdk.incubator.vector.FloatVector;

/**
 * The sparse products with the Vector API: a lane is a row of the block, so a weight is one
 * broadcast for four vectors of rows, whose sums stay in registers over all weights of an output.
 *
 * <p>One input row has no second dimension to fill lanes with; it is left to plain Java, which beat
 * vectors of adjacent outputs with the zeros between them.
 */
public final class SimdSparseProducts extends PlainSparseProducts {
  private static final int STRIP = 4 * LANES;

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public void multiplyBlock(
      SparseWeights weights, float[] bias, float[][] x, int rows, float[][] sums) {
    for (int row = 0; row < rows; row += STRIP) {
      multiplyStrip(
          weights.lines(),
          weights.starts(),
          weights.places(),
          weights.values(),
          bias,
          x,
          row,
          sums);
    }
  }

  private static void multiplyStrip(
      int outputs,
      int[] starts,
      char[] places,
      float[] values,
      float[] bias,
      float[][] x,
      int row,
      float[][] sums) {
    for (int j = 0; j < outputs; j++) {
      FloatVector s0 = FloatVector.broadcast(SPECIES, bias[j]);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int end = starts[j + 1];
      for (int e = starts[j]; e < end; e++) {
        FloatVector w = FloatVector.broadcast(SPECIES, values[e]);
        float[] input = x[places[e]];
        s0 = w.fma(FloatVector.fromArray(SPECIES, input, row), s0);
        s1 = w.fma(FloatVector.fromArray(SPECIES, input, row + LANES), s1);
        s2 = w.fma(FloatVector.fromArray(SPECIES, input, row + 2 * LANES), s2);
        s3 = w.fma(FloatVector.fromArray(SPECIES, input, row + 3 * LANES), s3);
      }
      float[] sum = sums[j];
      s0.intoArray(sum, row);
      s1.intoArray(sum, row + LANES);
      s2.intoArray(sum, row + 2 * LANES);
      s3.intoArray(sum, row + 3 * LANES);
    }
  }
}
