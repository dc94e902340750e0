package dev.neurite.nn.kernel;

/**
 * Softmax and cross-entropy of rows, in double precision and without a call per element.
 *
 * <p>Rows of a classifier are often shorter than a vector, so the exponentials of many rows are
 * computed at once: the differences to each row's maximum are gathered in one array, over which the
 * loops run that the JIT compiler turns into vector code. What remains for each element is a
 * subtraction before and a multiplication after.
 *
 * <p>The exponential as in {@link PlainActivations}, with {@code k = round(x / ln 2)} and a
 * polynomial of degree 7 for {@code |r| <= ln 2 / 2}, relative error 5.2e-11; below e^-700 it stays
 * e^-700, which is 0 as a float.
 *
 * <p>One object per thread, because it owns scratch memory.
 */
public class PlainSoftmax {
  /** Elements computed at a time, or one row where that is longer. */
  private static final int BLOCK = 640;

  private static final double LOWEST = -700;
  private static final double LOG2_E = 1.4426950408889634074;

  /** {@code 1.5 · 2^52 + 1023}: its unit in the last place is 1, its low bits are those of 2^0. */
  private static final double ROUNDER = 0x1.8p52 + 1023;

  private static final double MINUS_LN_2 = -0x1.62e42fefa39efp-1;

  private static final int LANES = 16;

  private double[] power = new double[BLOCK];
  private double[] scale = new double[BLOCK];
  private double[] largest = new double[BLOCK];
  private double[] sums = new double[BLOCK];

  /** Softmax of each row; see {@link Kernels#softmax}. */
  final void softmax(int columns, float[] x, float[] y, int fromRow, int toRow) {
    int block = blockRows(columns);
    for (int row = fromRow; row < toRow; row += block) {
      softmaxBlock(columns, x, y, row, Math.min(block, toRow - row));
    }
  }

  /** Softmax and loss of each row; see {@link Kernels#softmaxCrossEntropy}. */
  final void crossEntropy(
      int columns,
      float smoothing,
      float[] x,
      int[] labels,
      float[] probabilities,
      double[] losses,
      int fromRow,
      int toRow) {
    int block = blockRows(columns);
    for (int row = fromRow; row < toRow; row += block) {
      int rows = Math.min(block, toRow - row);
      softmaxBlock(columns, x, probabilities, row, rows);
      for (int i = 0; i < rows; i++) {
        double logSum = largest[i] + Math.log(sums[i]);
        int start = (row + i) * columns;
        double loss = (1 - (double) smoothing) * (logSum - x[start + labels[row + i]]);
        if (smoothing != 0) {
          loss += smoothing * sumOfDifferences(columns, logSum, x, start) / columns;
        }
        losses[row + i] = loss;
      }
    }
  }

  /** {@code Σ (a - x)} over a row. */
  private static double sumOfDifferences(int columns, double a, float[] x, int start) {
    double sum = 0;
    for (int j = start; j < start + columns; j++) {
      sum += a - x[j];
    }
    return sum;
  }

  /** Rows computed at a time; makes the scratch large enough. */
  private int blockRows(int columns) {
    if (columns > power.length) {
      int length = (columns + LANES - 1) / LANES * LANES;
      power = new double[length];
      scale = new double[length];
    }
    return Math.max(1, BLOCK / Math.max(1, columns));
  }

  /** Writes the softmax of some rows; leaves their maxima and sums of exponentials behind. */
  private void softmaxBlock(int columns, float[] x, float[] y, int row, int rows) {
    int n = rows * columns;
    for (int i = 0; i < rows; i++) {
      largest[i] = subtractLargest(columns, x, (row + i) * columns, power, i * columns);
    }
    reduce(power, scale, n);
    powerOfTwo(scale, n);
    multiply(power, scale, n);
    for (int i = 0; i < rows; i++) {
      sums[i] = sum(columns, power, i * columns);
    }
    for (int i = 0; i < rows; i++) {
      multiplyInto(columns, 1 / sums[i], power, i * columns, y, (row + i) * columns);
    }
  }

  /**
   * Writes the differences of a row to its largest element, which it returns. Floats are compared
   * as integers of the same order, which takes no branch; a NaN may be missed here, but then is
   * among the differences and so in the sum.
   */
  private static float subtractLargest(
      int columns, float[] x, int start, double[] differences, int to) {
    int most = Integer.MIN_VALUE;
    for (int j = 0; j < columns; j++) {
      int bits = Float.floatToRawIntBits(x[start + j]);
      most = Math.max(most, bits ^ (bits >> 31 >>> 1));
    }
    float largest = Float.intBitsToFloat(most ^ (most >> 31 >>> 1));
    for (int j = 0; j < columns; j++) {
      differences[to + j] = (double) x[start + j] - largest;
    }
    return largest;
  }

  /** {@code a = e^r}; the low bits of the scale are k + 1023. */
  private static void reduce(double[] a, double[] scale, int n) {
    for (int i = 0; i < n; i++) {
      double v = Math.max(LOWEST, a[i]);
      double rounded = Math.fma(v, LOG2_E, ROUNDER);
      double r = Math.fma(rounded - ROUNDER, MINUS_LN_2, v);
      double p = Math.fma(r, 0.00019790298106899733, 0.001394470358878708);
      p = Math.fma(r, Math.fma(r, p, 0.00833349734098681), 0.04166629436433611);
      p = Math.fma(r, Math.fma(r, p, 0.16666665867007627), 0.5000000067839766);
      scale[i] = rounded;
      a[i] = Math.fma(p, r * r, r) + 1;
    }
  }

  /**
   * Makes {@code 2^k} of a number whose low bits are k + 1023: the one loop over all elements that
   * the JIT compiler does not turn into vector code.
   *
   * @param scale read and overwritten; its length is a multiple of any vector's, and elements from
   *     {@code n} on may change
   * @param n number of elements
   */
  protected void powerOfTwo(double[] scale, int n) {
    for (int i = 0; i < n; i++) {
      scale[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(scale[i]) << 52);
    }
  }

  private static void multiply(double[] a, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] *= b[i];
    }
  }

  private static double sum(int columns, double[] a, int start) {
    double sum = 0;
    for (int j = start; j < start + columns; j++) {
      sum += a[j];
    }
    return sum;
  }

  private static void multiplyInto(
      int columns, double factor, double[] a, int from, float[] y, int to) {
    for (int j = 0; j < columns; j++) {
      y[to + j] = (float) (a[from + j] * factor);
    }
  }

  /** The gradient of softmax; see {@link Kernels#softmaxBackward}. */
  static void softmaxBackward(
      int columns, float[] y, float[] dy, float[] dx, int fromRow, int toRow, Write write) {
    for (int i = fromRow; i < toRow; i++) {
      int start = i * columns;
      int end = start + columns;
      double dot = dot(y, dy, start, end);
      for (int j = start; j < end; j++) {
        float gradient = (float) (y[j] * (dy[j] - dot));
        dx[j] = write == Write.OVERWRITE ? gradient : dx[j] + gradient;
      }
    }
  }

  /** {@code Σ a · b} as four sums of every fourth element. */
  private static double dot(float[] a, float[] b, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      s0 += (double) a[i] * b[i];
      s1 += (double) a[i + 1] * b[i + 1];
      s2 += (double) a[i + 2] * b[i + 2];
      s3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < to; i++) {
      s0 += (double) a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** The gradient of the loss; see {@link Kernels#softmaxCrossEntropyBackward}. */
  static void crossEntropyBackward(
      int columns,
      float smoothing,
      float factor,
      float[] probabilities,
      int[] labels,
      float[] dx,
      int fromRow,
      int toRow,
      Write write) {
    float rest = smoothing / columns;
    float share = 1 - smoothing;
    if (write == Write.OVERWRITE) {
      scaledDifference(factor, probabilities, rest, dx, fromRow * columns, toRow * columns);
    } else {
      addScaledDifference(factor, probabilities, rest, dx, fromRow * columns, toRow * columns);
    }
    for (int i = fromRow; i < toRow; i++) {
      dx[i * columns + labels[i]] -= factor * share;
    }
  }

  private static void scaledDifference(
      float factor, float[] p, float rest, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] = factor * (p[i] - rest);
    }
  }

  private static void addScaledDifference(
      float factor, float[] p, float rest, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += factor * (p[i] - rest);
    }
  }
}
