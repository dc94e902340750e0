package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;

import dev.neurite.nn.kernel.CompressedRows;
import jdk.incubator.vector.FloatVector;

/**
 * Products of a compressed matrix for a strip of columns, one row of the strip held in registers.
 *
 * <p>Forward, the strip of C's row is summed over the elements of A's row, each adding its multiple
 * of a strip of B. Transposed, the strip of B's row stays in registers, and each element of A adds
 * its multiple of it to a strip of C.
 */
final class CompressedTile {
  private CompressedTile() {}

  /** {@code C = A · B + row} for eight vectors of columns from {@code column} on. */
  static void multiplyEight(
      CompressedRows a,
      int columns,
      float[] b,
      float[] row,
      float[] c,
      int fromRow,
      int toRow,
      int column) {
    int[] starts = a.starts();
    int[] places = a.columns();
    float[] values = a.values();
    for (int i = fromRow; i < toRow; i++) {
      multiplyRowByEight(
          places, values, starts[i], starts[i + 1], columns, b, row, c, i * columns, column);
    }
  }

  private static void multiplyRowByEight(
      int[] places,
      float[] values,
      int from,
      int to,
      int columns,
      float[] b,
      float[] row,
      float[] c,
      int cRow,
      int column) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int e = from; e < to; e++) {
      FloatVector x = FloatVector.broadcast(SPECIES, values[e]);
      int at = places[e] * columns + column;
      s0 = x.fma(FloatVector.fromArray(SPECIES, b, at), s0);
      s1 = x.fma(FloatVector.fromArray(SPECIES, b, at + LANES), s1);
      s2 = x.fma(FloatVector.fromArray(SPECIES, b, at + 2 * LANES), s2);
      s3 = x.fma(FloatVector.fromArray(SPECIES, b, at + 3 * LANES), s3);
      s4 = x.fma(FloatVector.fromArray(SPECIES, b, at + 4 * LANES), s4);
      s5 = x.fma(FloatVector.fromArray(SPECIES, b, at + 5 * LANES), s5);
      s6 = x.fma(FloatVector.fromArray(SPECIES, b, at + 6 * LANES), s6);
      s7 = x.fma(FloatVector.fromArray(SPECIES, b, at + 7 * LANES), s7);
    }
    store(s0, row, column, c, cRow);
    store(s1, row, column + LANES, c, cRow);
    store(s2, row, column + 2 * LANES, c, cRow);
    store(s3, row, column + 3 * LANES, c, cRow);
    store(s4, row, column + 4 * LANES, c, cRow);
    store(s5, row, column + 5 * LANES, c, cRow);
    store(s6, row, column + 6 * LANES, c, cRow);
    store(s7, row, column + 7 * LANES, c, cRow);
  }

  private static void store(FloatVector sum, float[] row, int column, float[] c, int cRow) {
    sum.add(FloatVector.fromArray(SPECIES, row, column)).intoArray(c, cRow + column);
  }

  /** {@code C = A · B + row} for one vector of columns from {@code column} on. */
  static void multiplyOne(
      CompressedRows a,
      int columns,
      float[] b,
      float[] row,
      float[] c,
      int fromRow,
      int toRow,
      int column) {
    int[] starts = a.starts();
    int[] places = a.columns();
    float[] values = a.values();
    for (int i = fromRow; i < toRow; i++) {
      FloatVector s = FloatVector.zero(SPECIES);
      for (int e = starts[i]; e < starts[i + 1]; e++) {
        FloatVector x = FloatVector.broadcast(SPECIES, values[e]);
        s = x.fma(FloatVector.fromArray(SPECIES, b, places[e] * columns + column), s);
      }
      store(s, row, column, c, i * columns);
    }
  }

  /** Rows of {@code C += Aᵀ · B} for eight vectors of columns from {@code column} on. */
  static void scatterEight(
      CompressedRows a, int columns, float[] b, float[] c, int fromRow, int toRow, int column) {
    for (int i = 0; i < a.rows(); i++) {
      scatterRowByEight(
          a.columns(),
          a.values(),
          a.firstFrom(i, fromRow),
          a.firstFrom(i, toRow),
          columns,
          b,
          i * columns + column,
          c,
          column);
    }
  }

  private static void scatterRowByEight(
      int[] places,
      float[] values,
      int from,
      int to,
      int columns,
      float[] b,
      int bAt,
      float[] c,
      int column) {
    FloatVector d0 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector d1 = FloatVector.fromArray(SPECIES, b, bAt + LANES);
    FloatVector d2 = FloatVector.fromArray(SPECIES, b, bAt + 2 * LANES);
    FloatVector d3 = FloatVector.fromArray(SPECIES, b, bAt + 3 * LANES);
    FloatVector d4 = FloatVector.fromArray(SPECIES, b, bAt + 4 * LANES);
    FloatVector d5 = FloatVector.fromArray(SPECIES, b, bAt + 5 * LANES);
    FloatVector d6 = FloatVector.fromArray(SPECIES, b, bAt + 6 * LANES);
    FloatVector d7 = FloatVector.fromArray(SPECIES, b, bAt + 7 * LANES);
    for (int e = from; e < to; e++) {
      FloatVector x = FloatVector.broadcast(SPECIES, values[e]);
      int at = places[e] * columns + column;
      add(x, d0, c, at);
      add(x, d1, c, at + LANES);
      add(x, d2, c, at + 2 * LANES);
      add(x, d3, c, at + 3 * LANES);
      add(x, d4, c, at + 4 * LANES);
      add(x, d5, c, at + 5 * LANES);
      add(x, d6, c, at + 6 * LANES);
      add(x, d7, c, at + 7 * LANES);
    }
  }

  private static void add(FloatVector x, FloatVector d, float[] c, int at) {
    x.fma(d, FloatVector.fromArray(SPECIES, c, at)).intoArray(c, at);
  }

  /** Rows of {@code C += Aᵀ · B} for one vector of columns from {@code column} on. */
  static void scatterOne(
      CompressedRows a, int columns, float[] b, float[] c, int fromRow, int toRow, int column) {
    int[] places = a.columns();
    float[] values = a.values();
    for (int i = 0; i < a.rows(); i++) {
      FloatVector d = FloatVector.fromArray(SPECIES, b, i * columns + column);
      int end = a.firstFrom(i, toRow);
      for (int e = a.firstFrom(i, fromRow); e < end; e++) {
        add(FloatVector.broadcast(SPECIES, values[e]), d, c, places[e] * columns + column);
      }
    }
  }
}
