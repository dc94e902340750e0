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
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

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

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public void multiplyBlock(
      SparseWeights weights, float[] bias, float[][] x, int rows, float[][] sums) {
    int[] starts = weights.starts();
    for (int row = 0; row < rows; row += STRIP) {
      for (int j = 0; j < weights.lines(); j++) {
        sumOutput(
            starts[j], starts[j + 1], weights.places(), weights.values(), bias[j], x, row, sums[j]);
      }
    }
  }

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
    FloatVector zero = FloatVector.zero(SPECIES); // makes +0 of -0
    s0.add(zero).intoArray(sum, row);
    s1.add(zero).intoArray(sum, row + LANES);
    s2.add(zero).intoArray(sum, row + 2 * LANES);
    s3.add(zero).intoArray(sum, row + 3 * LANES);
    s4.add(zero).intoArray(sum, row + 4 * LANES);
    s5.add(zero).intoArray(sum, row + 5 * LANES);
    s6.add(zero).intoArray(sum, row + 6 * LANES);
    s7.add(zero).intoArray(sum, row + 7 * LANES);
  }

  @Override
  public void multiplyOne(WeightBlocks weights, float[] bias, float[] x, float[] sums) {
    if (WIDTH % LANES != 0 || WIDTH / LANES > 4) {
      super.multiplyOne(weights, bias, x, sums);
      return;
    }
    int[] starts = weights.starts();
    int[] first = weights.firstOutputs();
    int[] places = weights.places();
    float[] values = weights.values();
    int sides = weights.sides();
    for (int k = 0; k < sides; k++) {
      int from = starts[k];
      int to = starts[k + 1];
      int i = SIDE * k;
      switch (WIDTH / LANES) {
        case 1 -> sum2x1(from, to, places, values, bias, first[i], first[i + 1], x, sums);
        case 2 -> sum2x2(from, to, places, values, bias, first[i], first[i + 1], x, sums);
        default -> sum2x4(from, to, places, values, bias, first[i], first[i + 1], x, sums);
      }
    }
    if (first.length > SIDE * sides) {
      int from = starts[sides];
      int to = starts[sides + 1];
      int at = weights.valuesAt(from);
      int output = first[SIDE * sides];
      switch (WIDTH / LANES) {
        case 1 -> sum1x1(from, to, places, values, at, bias, output, x, sums);
        case 2 -> sum1x2(from, to, places, values, at, bias, output, x, sums);
        default -> sum1x4(from, to, places, values, at, bias, output, x, sums);
      }
    }
    multiplyAgainIfNotFinite(weights, bias, x, sums);
  }

  @Override
  protected void multiplyAgainIfNotFinite(
      WeightBlocks weights, float[] bias, float[] x, float[] sums) {
    if (!areFinite(WeightBlocks.paddedOutputs(weights.outputs()), sums)) {
      multiplyWeightByWeight(weights, bias, x, sums);
    }
  }

  /** Whether values, a multiple of the lanes, are all finite: then their differences are 0. */
  private static boolean areFinite(int size, float[] values) {
    FloatVector differences = FloatVector.zero(SPECIES);
    for (int i = 0; i < size; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, values, i);
      differences = differences.add(v.sub(v));
    }
    return differences.reduceLanes(VectorOperators.ADD) == 0;
  }

  private static void sum2x1(
      int from,
      int to,
      int[] places,
      float[] values,
      float[] bias,
      int output0,
      int output1,
      float[] x,
      float[] sums) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, bias, output0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, bias, output1);
    for (int e = from; e < to; e++) {
      int inputs = places[e];
      int at = e * (SIDE * WIDTH);
      FloatVector f = FloatVector.broadcast(SPECIES, x[inputs & PLACE]);
      s0 = f.fma(FloatVector.fromArray(SPECIES, values, at), s0);
      f = FloatVector.broadcast(SPECIES, x[inputs >>> PLACE_BITS]);
      s1 = f.fma(FloatVector.fromArray(SPECIES, values, at + WIDTH), s1);
    }
    FloatVector zero = FloatVector.zero(SPECIES); // makes +0 of -0
    s0.add(zero).intoArray(sums, output0);
    s1.add(zero).intoArray(sums, output1);
  }

  private static void sum2x2(
      int from,
      int to,
      int[] places,
      float[] values,
      float[] bias,
      int output0,
      int output1,
      float[] x,
      float[] sums) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, bias, output0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, bias, output0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, bias, output1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, bias, output1 + LANES);
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
    FloatVector zero = FloatVector.zero(SPECIES); // makes +0 of -0
    s00.add(zero).intoArray(sums, output0);
    s01.add(zero).intoArray(sums, output0 + LANES);
    s10.add(zero).intoArray(sums, output1);
    s11.add(zero).intoArray(sums, output1 + LANES);
  }

  private static void sum2x4(
      int from,
      int to,
      int[] places,
      float[] values,
      float[] bias,
      int output0,
      int output1,
      float[] x,
      float[] sums) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, bias, output0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, bias, output0 + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, bias, output0 + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(SPECIES, bias, output0 + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, bias, output1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, bias, output1 + LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, bias, output1 + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(SPECIES, bias, output1 + 3 * LANES);
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
    FloatVector zero = FloatVector.zero(SPECIES); // makes +0 of -0
    s00.add(zero).intoArray(sums, output0);
    s01.add(zero).intoArray(sums, output0 + LANES);
    s02.add(zero).intoArray(sums, output0 + 2 * LANES);
    s03.add(zero).intoArray(sums, output0 + 3 * LANES);
    s10.add(zero).intoArray(sums, output1);
    s11.add(zero).intoArray(sums, output1 + LANES);
    s12.add(zero).intoArray(sums, output1 + 2 * LANES);
    s13.add(zero).intoArray(sums, output1 + 3 * LANES);
  }

  private static void sum1x1(
      int from,
      int to,
      int[] places,
      float[] values,
      int valuesAt,
      float[] bias,
      int output,
      float[] x,
      float[] sums) {
    FloatVector s = FloatVector.fromArray(SPECIES, bias, output);
    for (int e = from; e < to; e++) {
      int at = valuesAt + (e - from) * WIDTH;
      FloatVector f = FloatVector.broadcast(SPECIES, x[places[e]]);
      s = f.fma(FloatVector.fromArray(SPECIES, values, at), s);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    s.add(zero).intoArray(sums, output);
  }

  private static void sum1x2(
      int from,
      int to,
      int[] places,
      float[] values,
      int valuesAt,
      float[] bias,
      int output,
      float[] x,
      float[] sums) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, bias, output);
    FloatVector s1 = FloatVector.fromArray(SPECIES, bias, output + LANES);
    for (int e = from; e < to; e++) {
      int at = valuesAt + (e - from) * WIDTH;
      FloatVector f = FloatVector.broadcast(SPECIES, x[places[e]]);
      s0 = f.fma(FloatVector.fromArray(SPECIES, values, at), s0);
      s1 = f.fma(FloatVector.fromArray(SPECIES, values, at + LANES), s1);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    s0.add(zero).intoArray(sums, output);
    s1.add(zero).intoArray(sums, output + LANES);
  }

  private static void sum1x4(
      int from,
      int to,
      int[] places,
      float[] values,
      int valuesAt,
      float[] bias,
      int output,
      float[] x,
      float[] sums) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, bias, output);
    FloatVector s1 = FloatVector.fromArray(SPECIES, bias, output + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, bias, output + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, bias, output + 3 * LANES);
    for (int e = from; e < to; e++) {
      int at = valuesAt + (e - from) * WIDTH;
      FloatVector f = FloatVector.broadcast(SPECIES, x[places[e]]);
      s0 = f.fma(FloatVector.fromArray(SPECIES, values, at), s0);
      s1 = f.fma(FloatVector.fromArray(SPECIES, values, at + LANES), s1);
      s2 = f.fma(FloatVector.fromArray(SPECIES, values, at + 2 * LANES), s2);
      s3 = f.fma(FloatVector.fromArray(SPECIES, values, at + 3 * LANES), s3);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    s0.add(zero).intoArray(sums, output);
    s1.add(zero).intoArray(sums, output + LANES);
    s2.add(zero).intoArray(sums, output + 2 * LANES);
    s3.add(zero).intoArray(sums, output + 3 * LANES);
  }
}
