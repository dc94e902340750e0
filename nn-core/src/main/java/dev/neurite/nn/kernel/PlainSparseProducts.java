package dev.neurite.nn.kernel;

import static dev.neurite.nn.kernel.WeightBlocks.PLACE;
import static dev.neurite.nn.kernel.WeightBlocks.PLACE_BITS;
import static dev.neurite.nn.kernel.WeightBlocks.SIDE;
import static dev.neurite.nn.kernel.WeightBlocks.WIDTH;

import java.util.Arrays;

/**
 * The sparse products in plain Java.
 *
 * <p>A unit's values of a block stand in an array of their own, because the JIT compiler turns a
 * loop into vector code only where every array is indexed by the bare loop variable.
 */
public class PlainSparseProducts implements SparseProducts {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public void addOne(SparseWeights weights, int[] inputs, float[] x, int count, float[] sums) {
    int[] starts = weights.starts();
    char[] places = weights.places();
    float[] values = weights.values();
    // One loop over all weights: a loop for each line would be split by the compiler into parts
    // before, in and after the unrolled one, whose ends no processor can foretell for short lines.
    int i = -1;
    int e = 0;
    int end = 0;
    float factor = 0;
    while (true) {
      while (e == end) {
        i++;
        if (i == count) {
          return;
        }
        e = starts[inputs[i]];
        end = starts[inputs[i] + 1];
        factor = x[i];
      }
      int p0 = places[e];
      sums[p0] = Math.fma(factor, values[e], sums[p0]);
      int p1 = places[e + 1];
      sums[p1] = Math.fma(factor, values[e + 1], sums[p1]);
      int p2 = places[e + 2];
      sums[p2] = Math.fma(factor, values[e + 2], sums[p2]);
      int p3 = places[e + 3];
      sums[p3] = Math.fma(factor, values[e + 3], sums[p3]);
      e += SparseWeights.GROUP;
    }
  }

  @Override
  public void multiplyOne(
      WeightBlocks weights, float[] bias, float[] x, boolean relu, float[] sums) {
    int[] places = weights.places();
    float[] values = weights.values();
    int range = ColumnOrder.range(x, weights.inputs(), weights.imageColumns());
    for (int list = 0; list < weights.firstOutputs().length; list++) {
      int k = list / SIDE;
      int q = list % SIDE;
      int from = weights.firstEntry(k, range);
      int to = weights.endEntry(k, range);
      boolean add = q != 0 && weights.areHalves(k);
      for (int half = 0; half < WIDTH; half += WIDTH / 2) {
        int at = (from * SIDE + q) * WIDTH + half;
        int output = weights.firstOutputs()[list] + half;
        sumHalf(from, to, places, q * PLACE_BITS, values, at, bias, output, x, add, sums);
      }
    }
    if (relu) {
      relu(weights.outputs(), sums);
    }
  }

  private static void relu(int size, float[] sums) {
    for (int j = 0; j < size; j++) {
      sums[j] = Math.max(sums[j], 0f);
    }
  }

  /**
   * Eight outputs of a list, so that their sums stay in registers.
   *
   * @param add whether to add to the sums that are there, and no bias
   */
  private static void sumHalf(
      int from,
      int to,
      int[] places,
      int shift,
      float[] values,
      int valuesAt,
      float[] bias,
      int output,
      float[] x,
      boolean add,
      float[] sums) {
    float s0 = add ? 0 : bias[output];
    float s1 = add ? 0 : bias[output + 1];
    float s2 = add ? 0 : bias[output + 2];
    float s3 = add ? 0 : bias[output + 3];
    float s4 = add ? 0 : bias[output + 4];
    float s5 = add ? 0 : bias[output + 5];
    float s6 = add ? 0 : bias[output + 6];
    float s7 = add ? 0 : bias[output + 7];
    int at = valuesAt;
    for (int e = from; e < to; e++) {
      float factor = x[places[e] >>> shift & PLACE];
      s0 = Math.fma(factor, values[at], s0);
      s1 = Math.fma(factor, values[at + 1], s1);
      s2 = Math.fma(factor, values[at + 2], s2);
      s3 = Math.fma(factor, values[at + 3], s3);
      s4 = Math.fma(factor, values[at + 4], s4);
      s5 = Math.fma(factor, values[at + 5], s5);
      s6 = Math.fma(factor, values[at + 6], s6);
      s7 = Math.fma(factor, values[at + 7], s7);
      at += SIDE * WIDTH;
    }
    sums[output] = s0 + (add ? sums[output] : 0f);
    sums[output + 1] = s1 + (add ? sums[output + 1] : 0f);
    sums[output + 2] = s2 + (add ? sums[output + 2] : 0f);
    sums[output + 3] = s3 + (add ? sums[output + 3] : 0f);
    sums[output + 4] = s4 + (add ? sums[output + 4] : 0f);
    sums[output + 5] = s5 + (add ? sums[output + 5] : 0f);
    sums[output + 6] = s6 + (add ? sums[output + 6] : 0f);
    sums[output + 7] = s7 + (add ? sums[output + 7] : 0f);
  }

  @Override
  public void multiplyBlock(
      SparseWeights weights, float[] bias, float[][] x, int rows, float[][] sums) {
    int[] starts = weights.starts();
    char[] places = weights.places();
    float[] values = weights.values();
    for (int j = 0; j < weights.lines(); j++) {
      float[] sum = sums[j];
      Arrays.fill(sum, 0, rows, bias[j]);
      int end = starts[j + 1];
      int e = starts[j];
      for (; e + 4 <= end; e += 4) {
        addFour(
            sum,
            values[e],
            x[places[e]],
            values[e + 1],
            x[places[e + 1]],
            values[e + 2],
            x[places[e + 2]],
            values[e + 3],
            x[places[e + 3]],
            rows);
      }
      for (; e < end; e++) {
        addOne(sum, values[e], x[places[e]], rows);
      }
      for (int i = 0; i < rows; i++) {
        sum[i] += 0f; // -0 becomes +0
      }
    }
  }

  @Override
  public void multiplyBlock(
      WeightBlocks weights,
      float[] bias,
      float[][] x,
      int rows,
      boolean relu,
      float[][] scratch,
      float[][] sums) {
    multiplyBlockWithoutZeros(weights, bias, x, rows, relu, scratch, sums);
  }

  @Override
  public final void multiplyBlockWithoutZeros(
      WeightBlocks weights,
      float[] bias,
      float[][] x,
      int rows,
      boolean relu,
      float[][] scratch,
      float[][] sums) {
    float[] half = scratch[0];
    int[] entries = new int[4];
    for (int list = 0; list < weights.firstOutputs().length; list++) {
      int k = list / SIDE;
      int q = list % SIDE;
      int output = weights.firstOutputs()[list];
      boolean add = q != 0 && weights.areHalves(k);
      for (int lane = 0; lane < Math.min(WIDTH, weights.outputs() - output); lane++) {
        float[] sum = add ? half : sums[output + lane];
        Arrays.fill(sum, 0, rows, add ? 0 : bias[output + lane]);
        sumLane(weights, k, q, lane, entries, x, rows, sum);
        if (add) {
          addOne(sums[output + lane], 1, half, rows);
        }
      }
    }
    for (int j = 0; j < weights.outputs(); j++) {
      float[] sum = sums[j];
      float least = relu ? 0 : Float.NEGATIVE_INFINITY;
      for (int i = 0; i < rows; i++) {
        sum[i] = Math.max(sum[i] + 0f, least); // + 0 makes +0 of -0
      }
    }
  }

  /** Adds the products of an output with its weights that are not zero, four at a time. */
  private static void sumLane(
      WeightBlocks weights,
      int k,
      int q,
      int lane,
      int[] entries,
      float[][] x,
      int rows,
      float[] sum) {
    float[] values = weights.values();
    int[] places = weights.places();
    int shift = q * PLACE_BITS;
    int first = q * WIDTH + lane;
    int count = 0;
    for (int e = weights.starts()[k]; e < weights.starts()[k + 1]; e++) {
      entries[count] = e;
      count += values[e * (SIDE * WIDTH) + first] != 0 ? 1 : 0;
      if (count == entries.length) {
        addFour(
            sum,
            values[entries[0] * (SIDE * WIDTH) + first],
            x[places[entries[0]] >>> shift & PLACE],
            values[entries[1] * (SIDE * WIDTH) + first],
            x[places[entries[1]] >>> shift & PLACE],
            values[entries[2] * (SIDE * WIDTH) + first],
            x[places[entries[2]] >>> shift & PLACE],
            values[entries[3] * (SIDE * WIDTH) + first],
            x[places[entries[3]] >>> shift & PLACE],
            rows);
        count = 0;
      }
    }
    for (int i = 0; i < count; i++) {
      int e = entries[i];
      addOne(sum, values[e * (SIDE * WIDTH) + first], x[places[e] >>> shift & PLACE], rows);
    }
  }

  private static void addFour(
      float[] sum,
      float w0,
      float[] x0,
      float w1,
      float[] x1,
      float w2,
      float[] x2,
      float w3,
      float[] x3,
      int rows) {
    for (int i = 0; i < rows; i++) {
      sum[i] =
          Math.fma(
              w3, x3[i], Math.fma(w2, x2[i], Math.fma(w1, x1[i], Math.fma(w0, x0[i], sum[i]))));
    }
  }

  private static void addOne(float[] sum, float w, float[] x, int rows) {
    for (int i = 0; i < rows; i++) {
      sum[i] = Math.fma(w, x[i], sum[i]);
    }
  }
}
