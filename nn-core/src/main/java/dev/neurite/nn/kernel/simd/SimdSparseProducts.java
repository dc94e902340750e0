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

/**
 * The sparse products with the Vector API: a lane is a row of the block of rows. Where weights
 * stand one by one, each is one broadcast for eight vectors of rows, whose sums stay in registers
 * over all weights of an output. Where they stand in blocks, four outputs share what is read of an
 * input, so there are fewer vectors of rows.
 *
 * <p>One input row has no second dimension to fill lanes with: where weights stand in blocks, a
 * lane is an output. Where they do not, it is left to plain Java, which beat vectors of adjacent
 * outputs with the zeros between them. Nothing is called with vectors there: where the compiler did
 * not inline it, it would make objects of them. Every sum ends with adding 0, which makes +0 of -0.
 */
public final class SimdSparseProducts extends PlainSparseProducts {
  private static final int STRIP = 8 * LANES;

  /** Rows of blocks that are computed at a time. */
  private static final int ROWS = (Tile.WIDE ? 4 : 2) * LANES;

  /** What the second half of a list begins with, and what is added where there are no halves. */
  private static final float[] NO_BIAS = new float[WIDTH];

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

  // Rows of blocks.

  @Override
  public void multiplyBlock(
      WeightBlocks weights,
      float[] bias,
      float[][] x,
      int rows,
      boolean relu,
      float[][] scratch,
      float[][] sums) {
    float least = relu ? 0 : Float.NEGATIVE_INFINITY;
    int cut = weights.areHalves(weights.sides() - 1) ? weights.sides() - 1 : weights.sides();
    int last = weights.outputs() - 1;
    for (int row = 0; row < rows; row += ROWS) {
      for (int list = 0; list < SIDE * cut; list++) {
        int output = weights.firstOutputs()[list];
        sumList(weights, list, bias, output, last, x, row, least, sums);
      }
    }
    if (cut < weights.sides()) {
      sumHalves(weights, bias, x, rows, least, scratch, sums);
    }
  }

  /** The sums of a list that is cut: those of its first half, and those of its second added. */
  private static void sumHalves(
      WeightBlocks weights,
      float[] bias,
      float[][] x,
      int rows,
      float least,
      float[][] second,
      float[][] sums) {
    int list = SIDE * (weights.sides() - 1);
    int output = weights.firstOutputs()[list];
    int outputs = Math.min(WIDTH, weights.outputs() - output);
    for (int row = 0; row < rows; row += ROWS) {
      int last = weights.outputs() - 1;
      sumList(weights, list, bias, output, last, x, row, Float.NEGATIVE_INFINITY, sums);
      sumList(weights, list + 1, NO_BIAS, 0, outputs - 1, x, row, Float.NEGATIVE_INFINITY, second);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    for (int j = 0; j < outputs; j++) {
      float[] sum = sums[output + j];
      for (int row = 0; row < rows; row += LANES) {
        FloatVector half = FloatVector.fromArray(SPECIES, second[j], row);
        FloatVector.fromArray(SPECIES, sum, row).add(half).add(zero).max(low).intoArray(sum, row);
      }
    }
  }

  /**
   * The sums of a list, four outputs and some vectors of rows at a time.
   *
   * @param bias read from {@code output} on
   * @param output array of {@code sums} for the first output of the list; those behind {@code last}
   *     are not there
   */
  private static void sumList(
      WeightBlocks weights,
      int list,
      float[] bias,
      int output,
      int last,
      float[][] x,
      int row,
      float least,
      float[][] sums) {
    int from = weights.starts()[list / SIDE];
    int to = weights.starts()[list / SIDE + 1];
    int[] places = weights.places();
    float[] values = weights.values();
    int shift = list % SIDE * PLACE_BITS;
    int first = list % SIDE * WIDTH;
    for (int part = 0; part < WIDTH && output + part <= last; part += 4) {
      int o = output + part;
      int at = first + part;
      if (Tile.WIDE) {
        sum4x4(from, to, places, shift, values, at, bias, o, last, x, row, least, sums);
      } else {
        sum4x2(from, to, places, shift, values, at, bias, o, last, x, row, least, sums);
      }
    }
  }

  private static void sum4x4(
      int from,
      int to,
      int[] places,
      int shift,
      float[] values,
      int first,
      float[] bias,
      int output,
      int last,
      float[][] x,
      int row,
      float least,
      float[][] sums) {
    FloatVector s0a = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector s0b = s0a;
    FloatVector s0c = s0a;
    FloatVector s0d = s0a;
    FloatVector s1a = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector s1b = s1a;
    FloatVector s1c = s1a;
    FloatVector s1d = s1a;
    FloatVector s2a = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector s2b = s2a;
    FloatVector s2c = s2a;
    FloatVector s2d = s2a;
    FloatVector s3a = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector s3b = s3a;
    FloatVector s3c = s3a;
    FloatVector s3d = s3a;
    for (int e = from; e < to; e++) {
      float[] input = x[places[e] >>> shift & PLACE];
      int at = e * (SIDE * WIDTH) + first;
      FloatVector x0 = FloatVector.fromArray(SPECIES, input, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, input, row + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, input, row + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, input, row + 3 * LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, values[at]);
      s0a = w.fma(x0, s0a);
      s0b = w.fma(x1, s0b);
      s0c = w.fma(x2, s0c);
      s0d = w.fma(x3, s0d);
      w = FloatVector.broadcast(SPECIES, values[at + 1]);
      s1a = w.fma(x0, s1a);
      s1b = w.fma(x1, s1b);
      s1c = w.fma(x2, s1c);
      s1d = w.fma(x3, s1d);
      w = FloatVector.broadcast(SPECIES, values[at + 2]);
      s2a = w.fma(x0, s2a);
      s2b = w.fma(x1, s2b);
      s2c = w.fma(x2, s2c);
      s2d = w.fma(x3, s2d);
      w = FloatVector.broadcast(SPECIES, values[at + 3]);
      s3a = w.fma(x0, s3a);
      s3b = w.fma(x1, s3b);
      s3c = w.fma(x2, s3c);
      s3d = w.fma(x3, s3d);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    float[] sum3 = sums[Math.min(output + 3, last)];
    s3a.add(zero).max(low).intoArray(sum3, row);
    s3b.add(zero).max(low).intoArray(sum3, row + LANES);
    s3c.add(zero).max(low).intoArray(sum3, row + 2 * LANES);
    s3d.add(zero).max(low).intoArray(sum3, row + 3 * LANES);
    float[] sum2 = sums[Math.min(output + 2, last)];
    s2a.add(zero).max(low).intoArray(sum2, row);
    s2b.add(zero).max(low).intoArray(sum2, row + LANES);
    s2c.add(zero).max(low).intoArray(sum2, row + 2 * LANES);
    s2d.add(zero).max(low).intoArray(sum2, row + 3 * LANES);
    float[] sum1 = sums[Math.min(output + 1, last)];
    s1a.add(zero).max(low).intoArray(sum1, row);
    s1b.add(zero).max(low).intoArray(sum1, row + LANES);
    s1c.add(zero).max(low).intoArray(sum1, row + 2 * LANES);
    s1d.add(zero).max(low).intoArray(sum1, row + 3 * LANES);
    float[] sum0 = sums[output];
    s0a.add(zero).max(low).intoArray(sum0, row);
    s0b.add(zero).max(low).intoArray(sum0, row + LANES);
    s0c.add(zero).max(low).intoArray(sum0, row + 2 * LANES);
    s0d.add(zero).max(low).intoArray(sum0, row + 3 * LANES);
  }

  private static void sum4x2(
      int from,
      int to,
      int[] places,
      int shift,
      float[] values,
      int first,
      float[] bias,
      int output,
      int last,
      float[][] x,
      int row,
      float least,
      float[][] sums) {
    FloatVector s0a = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector s0b = s0a;
    FloatVector s1a = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector s1b = s1a;
    FloatVector s2a = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector s2b = s2a;
    FloatVector s3a = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector s3b = s3a;
    for (int e = from; e < to; e++) {
      float[] input = x[places[e] >>> shift & PLACE];
      int at = e * (SIDE * WIDTH) + first;
      FloatVector x0 = FloatVector.fromArray(SPECIES, input, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, input, row + LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, values[at]);
      s0a = w.fma(x0, s0a);
      s0b = w.fma(x1, s0b);
      w = FloatVector.broadcast(SPECIES, values[at + 1]);
      s1a = w.fma(x0, s1a);
      s1b = w.fma(x1, s1b);
      w = FloatVector.broadcast(SPECIES, values[at + 2]);
      s2a = w.fma(x0, s2a);
      s2b = w.fma(x1, s2b);
      w = FloatVector.broadcast(SPECIES, values[at + 3]);
      s3a = w.fma(x0, s3a);
      s3b = w.fma(x1, s3b);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    float[] sum3 = sums[Math.min(output + 3, last)];
    s3a.add(zero).max(low).intoArray(sum3, row);
    s3b.add(zero).max(low).intoArray(sum3, row + LANES);
    float[] sum2 = sums[Math.min(output + 2, last)];
    s2a.add(zero).max(low).intoArray(sum2, row);
    s2b.add(zero).max(low).intoArray(sum2, row + LANES);
    float[] sum1 = sums[Math.min(output + 1, last)];
    s1a.add(zero).max(low).intoArray(sum1, row);
    s1b.add(zero).max(low).intoArray(sum1, row + LANES);
    float[] sum0 = sums[output];
    s0a.add(zero).max(low).intoArray(sum0, row);
    s0b.add(zero).max(low).intoArray(sum0, row + LANES);
  }

  // One row.

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
    boolean halves = output0 == output1;
    float least1 = halves ? Float.NEGATIVE_INFINITY : least;
    float[] more = halves ? sums : NO_BIAS;
    int moreAt = halves ? output0 : 0;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    FloatVector low1 = FloatVector.broadcast(SPECIES, least1);
    s1.add(zero).max(low1).intoArray(sums, output1);
    s0.add(FloatVector.fromArray(SPECIES, more, moreAt))
        .add(zero)
        .max(low)
        .intoArray(sums, output0);
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
    boolean halves = output0 == output1;
    float least1 = halves ? Float.NEGATIVE_INFINITY : least;
    float[] more = halves ? sums : NO_BIAS;
    int moreAt = halves ? output0 : 0;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    FloatVector low1 = FloatVector.broadcast(SPECIES, least1);
    s10.add(zero).max(low1).intoArray(sums, output1);
    s11.add(zero).max(low1).intoArray(sums, output1 + LANES);
    s00.add(FloatVector.fromArray(SPECIES, more, moreAt))
        .add(zero)
        .max(low)
        .intoArray(sums, output0);
    s01.add(FloatVector.fromArray(SPECIES, more, moreAt + LANES))
        .add(zero)
        .max(low)
        .intoArray(sums, output0 + LANES);
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
    boolean halves = output0 == output1;
    float least1 = halves ? Float.NEGATIVE_INFINITY : least;
    float[] more = halves ? sums : NO_BIAS;
    FloatVector low1 = FloatVector.broadcast(SPECIES, least1);
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    FloatVector zero = FloatVector.zero(SPECIES);
    int moreAt = halves ? output0 : 0;
    s10.add(zero).max(low1).intoArray(sums, output1);
    s11.add(zero).max(low1).intoArray(sums, output1 + LANES);
    s12.add(zero).max(low1).intoArray(sums, output1 + 2 * LANES);
    s13.add(zero).max(low1).intoArray(sums, output1 + 3 * LANES);
    s00.add(FloatVector.fromArray(SPECIES, more, moreAt))
        .add(zero)
        .max(low)
        .intoArray(sums, output0);
    s01.add(FloatVector.fromArray(SPECIES, more, moreAt + LANES))
        .add(zero)
        .max(low)
        .intoArray(sums, output0 + LANES);
    s02.add(FloatVector.fromArray(SPECIES, more, moreAt + 2 * LANES))
        .add(zero)
        .max(low)
        .intoArray(sums, output0 + 2 * LANES);
    s03.add(FloatVector.fromArray(SPECIES, more, moreAt + 3 * LANES))
        .add(zero)
        .max(low)
        .intoArray(sums, output0 + 3 * LANES);
  }
}
