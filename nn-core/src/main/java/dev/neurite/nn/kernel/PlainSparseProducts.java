package dev.neurite.nn.kernel;

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
