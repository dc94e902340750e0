package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;

import dev.neurite.nn.kernel.PlainSparseProducts;
import dev.neurite.nn.kernel.SparseWeights;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sparse products with the Vector API: a lane is a row of the block, so a weight is one
 * broadcast for four vectors of rows, whose sums stay in registers over all weights of an output.
 *
 * <p>One input row has no second dimension to fill lanes with. There a lane is an output, and a run
 * of adjacent outputs is one vector even where some of its weights are zero: at 5 % of kept weights a
 * run of 8 holds 1.2 of them on average, and one vector operation is as cheap as one number's.
 */
public final class SimdSparseProducts extends PlainSparseProducts {
  private static final int STRIP = 4 * LANES;

  /** At most eight lanes: longer runs hold more zeros and leave the second-level cache. */
  private static final VectorSpecies<Float> RUN =
      LANES > 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_PREFERRED;

  private static final int RUN_LENGTH = RUN.length();

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int runLength() {
    return RUN_LENGTH;
  }

  @Override
  public void addOne(SparseWeights weights, int[] inputs, float[] x, int count, float[] sums) {
    int[] starts = weights.starts();
    char[] runs = weights.runs();
    float[] values = weights.values();
    for (int i = 0; i < count; i++) {
      int line = inputs[i];
      addLine(runs, values, starts[line], starts[line + 1], x[i], sums);
    }
  }

  private static void addLine(
      char[] runs, float[] values, int from, int to, float x, float[] sums) {
    FloatVector v = FloatVector.broadcast(RUN, x);
    for (int e = from; e < to; e++) {
      int at = runs[e] * RUN_LENGTH;
      v.fma(FloatVector.fromArray(RUN, values, e * RUN_LENGTH), FloatVector.fromArray(RUN, sums, at))
          .intoArray(sums, at);
    }
  }

  @Override
  public void multiplyBlock(
      SparseWeights weights, float[] bias, float[][] x, int rows, float[][] sums) {
    for (int row = 0; row < rows; row += STRIP) {
      multiplyStrip(
          weights.lines(),
          weights.starts(),
          weights.runs(),
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
