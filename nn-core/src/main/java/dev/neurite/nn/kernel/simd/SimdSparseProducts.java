package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.WeightBlocks.PLACE;
import static dev.neurite.nn.kernel.WeightBlocks.PLACE_BITS;
import static dev.neurite.nn.kernel.WeightBlocks.SIDE;
import static dev.neurite.nn.kernel.WeightBlocks.WIDTH;
import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;

import dev.neurite.nn.kernel.PlainSparseProducts;
import dev.neurite.nn.kernel.SparseWeights;
import dev.neurite.nn.kernel.WeightBlocks;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sparse products with the Vector API: a lane is a row of the block, so a weight is one
 * broadcast for eight vectors of rows, whose sums stay in registers over all weights of an output.
 *
 * <p>One input row has no second dimension to fill lanes with: where weights stand in blocks, a
 * lane is an output. Where they do not, it is left to plain Java, which beat vectors of adjacent
 * outputs with the zeros between them.
 */
public final class SimdSparseProducts extends PlainSparseProducts {
  private static final int STRIP = 8 * LANES;

  /** What the second half of a list begins with. */
  private static final float[] NO_BIAS = new float[WIDTH];

  private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public void multiplyBlock(
      SparseWeights weights, float[] bias, float[][] x, int rows, float[][] sums) {
    int[] starts = weights.starts();
    int[] cuts = weights.cuts();
    char[] places = weights.places();
    float[] values = weights.values();
    for (int row = 0; row < rows; row += STRIP) {
      for (int j = 0; j < weights.lines(); j++) {
        Arrays.fill(sums[j], row, row + STRIP, 0f); // makes +0 of -0
        sumOutput(starts[j], cuts[j], places, values, bias[j], x, row, sums[j]);
        if (cuts[j] < starts[j + 1]) {
          sumOutput(cuts[j], starts[j + 1], places, values, 0, x, row, sums[j]);
        }
      }
    }
  }

  /** Adds to a strip of an output's sums. */
  private static void sumOutput(
      int from,
      int to,
      char[] places,
      float[] values,
      float bias,
      float[][] x,
      int row,
      float[] sum) {
    FloatVector s0 = FloatVector.broadcast(SPECIES, bias);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int e = from; e < to; e++) {
      FloatVector w = FloatVector.broadcast(SPECIES, values[e]);
      float[] input = x[places[e]];
      s0 = w.fma(FloatVector.fromArray(SPECIES, input, row), s0);
      s1 = w.fma(FloatVector.fromArray(SPECIES, input, row + LANES), s1);
      s2 = w.fma(FloatVector.fromArray(SPECIES, input, row + 2 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(SPECIES, input, row + 3 * LANES), s3);
      s4 = w.fma(FloatVector.fromArray(SPECIES, input, row + 4 * LANES), s4);
      s5 = w.fma(FloatVector.fromArray(SPECIES, input, row + 5 * LANES), s5);
      s6 = w.fma(FloatVector.fromArray(SPECIES, input, row + 6 * LANES), s6);
      s7 = w.fma(FloatVector.fromArray(SPECIES, input, row + 7 * LANES), s7);
    }
    addTo(s0, sum, row);
    addTo(s1, sum, row + LANES);
    addTo(s2, sum, row + 2 * LANES);
    addTo(s3, sum, row + 3 * LANES);
    addTo(s4, sum, row + 4 * LANES);
    addTo(s5, sum, row + 5 * LANES);
    addTo(s6, sum, row + 6 * LANES);
    addTo(s7, sum, row + 7 * LANES);
  }

  private static void addTo(FloatVector sum, float[] sums, int at) {
    sum.add(FloatVector.fromArray(SPECIES, sums, at)).intoArray(sums, at);
  }

  @Override
  public void multiplyOne(
      WeightBlocks weights, float[] bias, float[] x, boolean relu, float[] sums) {
    if (WIDTH % LANES != 0 || WIDTH / LANES > 4) {
      super.multiplyOne(weights, bias, x, relu, sums);
      return;
    }
    int range = LiveColumns.range(x, weights.inputs(), weights.imageColumns());
    int[] first = weights.firstOutputs();
    int[] places = weights.places();
    float[] values = weights.values();
    float least = relu ? 0 : Float.NEGATIVE_INFINITY;
    for (int k = 0; k < weights.sides(); k++) {
      int from = weights.firstEntry(k, range);
      int to = weights.endEntry(k, range);
      int o0 = first[SIDE * k];
      int o1 = first[SIDE * k + 1];
      float[] bias1 = o0 == o1 ? NO_BIAS : bias;
      int at1 = o0 == o1 ? 0 : o1;
      switch (WIDTH / LANES) {
        case 1 -> sum2x1(from, to, places, values, bias, o0, bias1, at1, o1, x, least, sums);
        case 2 -> sum2x2(from, to, places, values, bias, o0, bias1, at1, o1, x, least, sums);
        default -> sum2x4(from, to, places, values, bias, o0, bias1, at1, o1, x, least, sums);
      }
    }
    multiplyAgainIfNotFinite(weights, bias, x, relu, sums);
  }

  @Override
  protected void multiplyAgainIfNotFinite(
      WeightBlocks weights, float[] bias, float[] x, boolean relu, float[] sums) {
    if (!areFinite(WeightBlocks.paddedOutputs(weights.outputs()), sums)) {
      multiplyWeightByWeight(weights, bias, x, relu, sums);
    }
  }

  /**
   * Whether values, a multiple of the lanes, are all finite: their bits without the sign are below
   * those of infinity. Integers, because the sum of a vector's floats is added one after another.
   */
  private static boolean areFinite(int size, float[] values) {
    IntVector largest = IntVector.zero(INTS);
    for (int i = 0; i < size; i += LANES) {
      largest =
          largest.max(
              FloatVector.fromArray(SPECIES, values, i).reinterpretAsInts().and(Integer.MAX_VALUE));
    }
    return largest.reduceLanes(VectorOperators.MAX) < INFINITY;
  }

  private static void sum2x1(
      int from,
      int to,
      int[] places,
      float[] values,
      float[] bias0,
      int output0,
      float[] bias1,
      int at1,
      int output1,
      float[] x,
      float least,
      float[] sums) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, bias0, output0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, bias1, at1);
    for (int e = from; e < to; e++) {
      int inputs = places[e];
      int at = e * (SIDE * WIDTH);
      FloatVector f = FloatVector.broadcast(SPECIES, x[inputs & PLACE]);
      s0 = f.fma(FloatVector.fromArray(SPECIES, values, at), s0);
      f = FloatVector.broadcast(SPECIES, x[inputs >>> PLACE_BITS]);
      s1 = f.fma(FloatVector.fromArray(SPECIES, values, at + WIDTH), s1);
    }
    if (output0 == output1) {
      finish(s0.add(s1), least, sums, output0);
    } else {
      finish(s0, least, sums, output0);
      finish(s1, least, sums, output1);
    }
  }

  private static void sum2x2(
      int from,
      int to,
      int[] places,
      float[] values,
      float[] bias0,
      int output0,
      float[] bias1,
      int at1,
      int output1,
      float[] x,
      float least,
      float[] sums) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, bias0, output0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, bias0, output0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, bias1, at1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, bias1, at1 + LANES);
    for (int e = from; e < to; e++) {
      int inputs = places[e];
      int at = e * (SIDE * WIDTH);
      FloatVector f = FloatVector.broadcast(SPECIES, x[inputs & PLACE]);
      s00 = f.fma(FloatVector.fromArray(SPECIES, values, at), s00);
      s01 = f.fma(FloatVector.fromArray(SPECIES, values, at + LANES), s01);
      f = FloatVector.broadcast(SPECIES, x[inputs >>> PLACE_BITS]);
      s10 = f.fma(FloatVector.fromArray(SPECIES, values, at + WIDTH), s10);
      s11 = f.fma(FloatVector.fromArray(SPECIES, values, at + WIDTH + LANES), s11);
    }
    if (output0 == output1) {
      finish(s00.add(s10), least, sums, output0);
      finish(s01.add(s11), least, sums, output0 + LANES);
    } else {
      finish(s00, least, sums, output0);
      finish(s01, least, sums, output0 + LANES);
      finish(s10, least, sums, output1);
      finish(s11, least, sums, output1 + LANES);
    }
  }

  private static void sum2x4(
      int from,
      int to,
      int[] places,
      float[] values,
      float[] bias0,
      int output0,
      float[] bias1,
      int at1,
      int output1,
      float[] x,
      float least,
      float[] sums) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, bias0, output0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, bias0, output0 + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, bias0, output0 + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(SPECIES, bias0, output0 + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, bias1, at1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, bias1, at1 + LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, bias1, at1 + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(SPECIES, bias1, at1 + 3 * LANES);
    for (int e = from; e < to; e++) {
      int inputs = places[e];
      int at = e * (SIDE * WIDTH);
      FloatVector f = FloatVector.broadcast(SPECIES, x[inputs & PLACE]);
      s00 = f.fma(FloatVector.fromArray(SPECIES, values, at), s00);
      s01 = f.fma(FloatVector.fromArray(SPECIES, values, at + LANES), s01);
      s02 = f.fma(FloatVector.fromArray(SPECIES, values, at + 2 * LANES), s02);
      s03 = f.fma(FloatVector.fromArray(SPECIES, values, at + 3 * LANES), s03);
      f = FloatVector.broadcast(SPECIES, x[inputs >>> PLACE_BITS]);
      s10 = f.fma(FloatVector.fromArray(SPECIES, values, at + WIDTH), s10);
      s11 = f.fma(FloatVector.fromArray(SPECIES, values, at + WIDTH + LANES), s11);
      s12 = f.fma(FloatVector.fromArray(SPECIES, values, at + WIDTH + 2 * LANES), s12);
      s13 = f.fma(FloatVector.fromArray(SPECIES, values, at + WIDTH + 3 * LANES), s13);
    }
    if (output0 == output1) {
      finish(s00.add(s10), least, sums, output0);
      finish(s01.add(s11), least, sums, output0 + LANES);
      finish(s02.add(s12), least, sums, output0 + 2 * LANES);
      finish(s03.add(s13), least, sums, output0 + 3 * LANES);
    } else {
      finish(s00, least, sums, output0);
      finish(s01, least, sums, output0 + LANES);
      finish(s02, least, sums, output0 + 2 * LANES);
      finish(s03, least, sums, output0 + 3 * LANES);
      finish(s10, least, sums, output1);
      finish(s11, least, sums, output1 + LANES);
      finish(s12, least, sums, output1 + 2 * LANES);
      finish(s13, least, sums, output1 + 3 * LANES);
    }
  }

  private static void finish(FloatVector sum, float least, float[] sums, int at) {
    sum.add(0f).max(least).intoArray(sums, at); // + 0 makes +0 of -0
  }
}
