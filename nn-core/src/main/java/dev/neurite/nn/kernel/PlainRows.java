package dev.neurite.nn.kernel;

import java.util.Arrays;

/**
 * Sums over the rows of a matrix and of a row to all of them.
 *
 * <p>Rows are copied to arrays of their own, at the places of the array they are added to: the JIT
 * compiler turns a loop into vector code only where one index serves all arrays.
 *
 * <p>One object per thread, because it owns scratch memory.
 */
final class PlainRows {
  /** Shorter rows are not worth a copy. */
  private static final int SHORTEST_COPIED = 24;

  private float[][] rows = new float[4][0];

  /** {@code C[i, j] += row[j]}; see {@link Kernels#addRow}. */
  void add(int columns, float[] row, float[] c, int fromRow, int toRow) {
    if (columns < SHORTEST_COPIED) {
      for (int i = fromRow; i < toRow; i++) {
        int start = i * columns;
        for (int j = 0; j < columns; j++) {
          c[start + j] += row[j];
        }
      }
      return;
    }
    ensure(columns);
    for (int i = fromRow; i < toRow; i++) {
      System.arraycopy(c, i * columns, rows[0], 0, columns);
      addOne(rows[0], row, 0, columns);
      System.arraycopy(rows[0], 0, c, i * columns, columns);
    }
  }

  /** {@code sums[j] = Σᵢ C[i, j]}; see {@link Kernels#columnSums}. */
  void sum(
      int rowCount,
      int columns,
      float[] c,
      float[] sums,
      int fromColumn,
      int toColumn,
      Write write) {
    if (write == Write.OVERWRITE) {
      Arrays.fill(sums, fromColumn, toColumn, 0f);
    }
    ensure(toColumn);
    int width = toColumn - fromColumn;
    int i = 0;
    for (; i + 4 <= rowCount; i += 4) {
      for (int q = 0; q < 4; q++) {
        System.arraycopy(c, (i + q) * columns + fromColumn, rows[q], fromColumn, width);
      }
      addFour(sums, rows[0], rows[1], rows[2], rows[3], fromColumn, toColumn);
    }
    for (; i < rowCount; i++) {
      System.arraycopy(c, i * columns + fromColumn, rows[0], fromColumn, width);
      addOne(sums, rows[0], fromColumn, toColumn);
    }
  }

  private void ensure(int length) {
    if (rows[0].length < length) {
      rows = new float[4][length];
    }
  }

  private static void addOne(float[] sums, float[] a, int from, int to) {
    for (int j = from; j < to; j++) {
      sums[j] += a[j];
    }
  }

  private static void addFour(
      float[] sums, float[] a, float[] b, float[] c, float[] d, int from, int to) {
    for (int j = from; j < to; j++) {
      sums[j] = sums[j] + a[j] + b[j] + c[j] + d[j];
    }
  }
}
