package dev.neurite.nn.optim;

import java.util.Arrays;

/**
 * Projects the columns of a matrix (the incoming weights of each unit) to a largest Euclidean norm:
 * {@code w[:, j] *= min(1, limit / ‖w[:, j]‖)}.
 *
 * <p>The matrix is walked in the order of memory, row by row, with the sums of all columns at hand.
 * Source: Srivastava et al., "Dropout", 2014, section 5.1.
 */
final class MaxNorm {
  private final double limit;
  private final double[] squares;
  private final float[] factors;
  private final float[] row;

  /**
   * Takes its memory.
   *
   * @param limit the largest norm, above 0
   * @param columns the largest number of columns
   */
  MaxNorm(double limit, int columns) {
    this.limit = limit;
    squares = new double[columns];
    factors = new float[columns];
    row = new float[columns];
  }

  /**
   * Scales down the columns that are too long; others keep their bits. A column's bits do not
   * depend on which columns are done together, so several threads may share them.
   *
   * @param w read and overwritten, {@code rows × columns}
   * @param from first column
   * @param to end of the columns
   */
  void project(float[] w, int rows, int columns, int from, int to) {
    Arrays.fill(squares, from, to, 0);
    for (int i = 0; i < rows; i++) {
      addSquares(w, i * columns, from, to);
    }
    boolean any = false;
    for (int j = from; j < to; j++) {
      double norm = Math.sqrt(squares[j]);
      factors[j] = norm > limit ? (float) (limit / norm) : 1f;
      any |= norm > limit;
    }
    if (any) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(w, i * columns + from, row, from, to - from);
        multiply(row, factors, from, to);
        System.arraycopy(row, from, w, i * columns + from, to - from);
      }
    }
  }

  private void addSquares(float[] w, int start, int from, int to) {
    for (int j = from; j < to; j++) {
      double value = w[start + j];
      squares[j] += value * value;
    }
  }

  private static void multiply(float[] a, float[] b, int from, int to) {
    for (int j = from; j < to; j++) {
      a[j] *= b[j];
    }
  }
}
