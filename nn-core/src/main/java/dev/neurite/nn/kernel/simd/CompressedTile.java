package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;
import static dev.neurite.nn.kernel.simd.Tile.WIDE;

import dev.neurite.nn.kernel.BlockLists;
import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.Write;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Products of a compressed matrix, strip by strip of their columns; owns the memory they need.
 *
 * <p>Both go through the columns of A in blocks of four, each with the list of the rows in which it
 * is not zero; neighbouring pixels are mostly zero together, so hardly more is summed than has to
 * be. Forward, four rows of B stay in registers and are added to the rows of C in the list;
 * transposed, four rows of C stay in registers and the rows of B in the list are added to them. The
 * other side, which is read in the order of the list, is a strip as wide as the registers: a copy,
 * because a strip of wider rows would fall on a part of the cache's sets only.
 *
 * <p>A few rows are summed one by one, in registers, each over its own elements.
 */
final class CompressedTile {
  /** Fewer rows are summed one by one. */
  static final int SMALLEST_LISTED = 6;

  /** Columns that a single row is summed over at a time. */
  private static final int ROW_STRIP = 8 * LANES;

  private static final int NARROW_STRIP = 2 * LANES;

  private static final int WIDE_STRIP = 4 * LANES;

  private static final int BLOCK = CompressedRows.BLOCK;

  /** Four rows of B or C where they do not stand in an array as they have to. */
  private final float[] four = new float[BLOCK * WIDE_STRIP];

  private float[] strip = {};

  /** The elements of one row that are not zero. */
  private int[] elementPlaces = {};

  private float[] elements = {};

  /** As wide as there are registers for, unless a narrow one is enough. */
  private static int stripWidth(int columns) {
    return WIDE && columns > NARROW_STRIP ? WIDE_STRIP : NARROW_STRIP;
  }

  private void takeStrip(int size) {
    if (strip.length < size) {
      strip = new float[size];
    }
  }

  /** {@code C[i, j] = Σₚ A[i, p] · B[p, j]} over some blocks of A and columns of C. */
  void multiply(
      BlockLists a,
      int columns,
      float[] b,
      float[] c,
      int cOffset,
      int fromBlock,
      int toBlock,
      int fromColumn,
      int toColumn) {
    int rows = a.rows();
    int used;
    for (int j = fromColumn; j < toColumn; j += used) {
      int width = stripWidth(toColumn - j);
      used = Math.min(width, toColumn - j);
      takeStrip(rows * width);
      Arrays.fill(strip, 0, rows * width, 0f);
      for (int k = fromBlock; k < toBlock; k++) {
        int from = a.start(k);
        int to = a.end(k);
        if (from == to) {
          continue;
        }
        int p = k * BLOCK;
        float[] rowsOfB = b;
        int bAt = p * columns + j;
        int bRowStride = columns;
        if (used < width || p + BLOCK > a.columns()) {
          readFour(b, p, a.columns(), columns, j, used, width);
          rowsOfB = four;
          bAt = 0;
          bRowStride = width;
        }
        if (width == WIDE_STRIP) {
          add4x4(
              a.places(),
              from,
              to,
              a.values(),
              a.valuesAt(k),
              a.entryStep(),
              a.rowStep(),
              rowsOfB,
              bAt,
              bRowStride,
              strip);
        } else {
          add4x2(
              a.places(),
              from,
              to,
              a.values(),
              a.valuesAt(k),
              a.entryStep(),
              a.rowStep(),
              rowsOfB,
              bAt,
              bRowStride,
              strip);
        }
      }
      if (a.factor() != 1) {
        multiply(a.factor(), strip, rows * width);
      }
      for (int i = 0; i < rows; i++) {
        System.arraycopy(strip, i * width, c, cOffset + i * columns + j, used);
      }
    }
  }

  /** Multiplies whole vectors. */
  private static void multiply(float factor, float[] values, int size) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector.fromArray(SPECIES, values, i).mul(factor).intoArray(values, i);
    }
  }

  /** Copies four rows of a strip of B, zeros where there is nothing. */
  private void readFour(float[] b, int p, int inner, int columns, int column, int used, int width) {
    Arrays.fill(four, 0, BLOCK * width, 0f);
    for (int q = 0; q < Math.min(BLOCK, inner - p); q++) {
      System.arraycopy(b, (p + q) * columns + column, four, q * width, used);
    }
  }

  /** {@code C[p, j] = Σᵢ A[i, p] · B[i, j]} for the rows of some blocks of A. */
  void multiplyTransposed(
      BlockLists a, int columns, float[] b, float[] c, int fromBlock, int toBlock, Write write) {
    int rows = a.rows();
    int used;
    for (int j = 0; j < columns; j += used) {
      int width = stripWidth(columns - j);
      used = Math.min(width, columns - j);
      takeStrip(rows * width);
      if (used < width) {
        Arrays.fill(strip, 0, rows * width, 0f);
      }
      for (int i = 0; i < rows; i++) {
        System.arraycopy(b, i * columns + j, strip, i * width, used);
      }
      for (int k = fromBlock; k < toBlock; k++) {
        int p = k * BLOCK;
        boolean direct = write == Write.OVERWRITE && used == width && p + BLOCK <= a.columns();
        float[] out = direct ? c : four;
        int outAt = direct ? p * columns + j : 0;
        int outStride = direct ? columns : width;
        if (width == WIDE_STRIP) {
          sum4x4(a.places(), a.start(k), a.end(k), a.values(), strip, out, outAt, outStride);
        } else {
          sum4x2(a.places(), a.start(k), a.end(k), a.values(), strip, out, outAt, outStride);
        }
        for (int q = 0; !direct && q < Math.min(BLOCK, a.columns() - p); q++) {
          write(q * width, used, c, (p + q) * columns + j, write);
        }
      }
    }
  }

  private void write(int at, int size, float[] c, int cAt, Write write) {
    if (write == Write.OVERWRITE) {
      System.arraycopy(four, at, c, cAt, size);
      return;
    }
    for (int j = 0; j < size; j++) {
      c[cAt + j] += four[at + j];
    }
  }

  /** {@code C[i, j] = Σₚ A[i, p] · B[p, j] + row[j]} for one row i. */
  void multiplyRow(CompressedRows a, int i, int columns, float[] b, float[] row, float[] c) {
    int count = listElements(a, i);
    int cAt = i * columns;
    int j = 0;
    if (columns >= ROW_STRIP) {
      for (; j < columns; j += ROW_STRIP) {
        int column = Math.min(j, columns - ROW_STRIP);
        row1x8(elementPlaces, count, elements, b, columns, column, row, c, cAt + column);
      }
      return;
    }
    for (; j + LANES <= columns; j += LANES) {
      row1x1(elementPlaces, count, elements, b, columns, j, row, c, cAt + j);
    }
    for (; j < columns; j++) {
      float sum = 0;
      for (int e = 0; e < count; e++) {
        sum = Math.fma(elements[e], b[elementPlaces[e] * columns + j], sum);
      }
      c[cAt + j] = sum + row[j];
    }
  }

  /** Lists the elements of a row that are not zero. */
  private int listElements(CompressedRows a, int i) {
    int size = a.blockColumns() * BLOCK + NonZeros.ROOM;
    if (elementPlaces.length < size) {
      elementPlaces = new int[size];
      elements = new float[size];
    }
    float[] dense = a.denseValues();
    if (dense == null || !NonZeros.takesNextRow()) {
      return a.collect(i, elementPlaces, elements);
    }
    float factor = a.factor();
    int rowAt = a.rowAt(i);
    int count = NonZeros.list(dense, rowAt, a.columns(), elementPlaces);
    for (int e = 0; e < count; e++) {
      elements[e] = factor * dense[rowAt + elementPlaces[e]];
    }
    return count;
  }

  private static void row1x8(
      int[] places,
      int count,
      float[] values,
      float[] b,
      int columns,
      int column,
      float[] row,
      float[] c,
      int cAt) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    for (int e = 0; e < count; e++) {
      int at = places[e] * columns + column;
      FloatVector x = FloatVector.broadcast(SPECIES, values[e]);
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, at), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, b, at + LANES), c1);
      c2 = x.fma(FloatVector.fromArray(SPECIES, b, at + 2 * LANES), c2);
      c3 = x.fma(FloatVector.fromArray(SPECIES, b, at + 3 * LANES), c3);
      c4 = x.fma(FloatVector.fromArray(SPECIES, b, at + 4 * LANES), c4);
      c5 = x.fma(FloatVector.fromArray(SPECIES, b, at + 5 * LANES), c5);
      c6 = x.fma(FloatVector.fromArray(SPECIES, b, at + 6 * LANES), c6);
      c7 = x.fma(FloatVector.fromArray(SPECIES, b, at + 7 * LANES), c7);
    }
    storeSum(c0, row, column, c, cAt);
    storeSum(c1, row, column + LANES, c, cAt + LANES);
    storeSum(c2, row, column + 2 * LANES, c, cAt + 2 * LANES);
    storeSum(c3, row, column + 3 * LANES, c, cAt + 3 * LANES);
    storeSum(c4, row, column + 4 * LANES, c, cAt + 4 * LANES);
    storeSum(c5, row, column + 5 * LANES, c, cAt + 5 * LANES);
    storeSum(c6, row, column + 6 * LANES, c, cAt + 6 * LANES);
    storeSum(c7, row, column + 7 * LANES, c, cAt + 7 * LANES);
  }

  private static void storeSum(FloatVector sum, float[] row, int column, float[] c, int cAt) {
    sum.add(FloatVector.fromArray(SPECIES, row, column)).intoArray(c, cAt);
  }

  private static void row1x1(
      int[] places,
      int count,
      float[] values,
      float[] b,
      int columns,
      int column,
      float[] row,
      float[] c,
      int cAt) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    for (int e = 0; e < count; e++) {
      int at = places[e] * columns + column;
      FloatVector x = FloatVector.broadcast(SPECIES, values[e]);
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, at), c0);
    }
    storeSum(c0, row, column, c, cAt);
  }

  /** Adds to rows of C, each of 4 vectors, four rows of B times the values of their entries. */
  private static void add4x4(
      int[] places,
      int from,
      int to,
      float[] values,
      int valuesAt,
      int entryStep,
      int rowStep,
      float[] b,
      int bAt,
      int bRowStride,
      float[] c) {
    FloatVector b00 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector b01 = FloatVector.fromArray(SPECIES, b, bAt + LANES);
    FloatVector b02 = FloatVector.fromArray(SPECIES, b, bAt + 2 * LANES);
    FloatVector b03 = FloatVector.fromArray(SPECIES, b, bAt + 3 * LANES);
    int b1 = bAt + bRowStride;
    FloatVector b10 = FloatVector.fromArray(SPECIES, b, b1);
    FloatVector b11 = FloatVector.fromArray(SPECIES, b, b1 + LANES);
    FloatVector b12 = FloatVector.fromArray(SPECIES, b, b1 + 2 * LANES);
    FloatVector b13 = FloatVector.fromArray(SPECIES, b, b1 + 3 * LANES);
    int b2 = b1 + bRowStride;
    FloatVector b20 = FloatVector.fromArray(SPECIES, b, b2);
    FloatVector b21 = FloatVector.fromArray(SPECIES, b, b2 + LANES);
    FloatVector b22 = FloatVector.fromArray(SPECIES, b, b2 + 2 * LANES);
    FloatVector b23 = FloatVector.fromArray(SPECIES, b, b2 + 3 * LANES);
    int b3 = b2 + bRowStride;
    FloatVector b30 = FloatVector.fromArray(SPECIES, b, b3);
    FloatVector b31 = FloatVector.fromArray(SPECIES, b, b3 + LANES);
    FloatVector b32 = FloatVector.fromArray(SPECIES, b, b3 + 2 * LANES);
    FloatVector b33 = FloatVector.fromArray(SPECIES, b, b3 + 3 * LANES);
    for (int e = from; e < to; e++) {
      int row = places[e];
      int at = row * (4 * LANES);
      int v = valuesAt + e * entryStep + row * rowStep;
      FloatVector c0 = FloatVector.fromArray(SPECIES, c, at);
      FloatVector c1 = FloatVector.fromArray(SPECIES, c, at + LANES);
      FloatVector c2 = FloatVector.fromArray(SPECIES, c, at + 2 * LANES);
      FloatVector c3 = FloatVector.fromArray(SPECIES, c, at + 3 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, values[v]);
      c0 = x.fma(b00, c0);
      c1 = x.fma(b01, c1);
      c2 = x.fma(b02, c2);
      c3 = x.fma(b03, c3);
      x = FloatVector.broadcast(SPECIES, values[v + 1]);
      c0 = x.fma(b10, c0);
      c1 = x.fma(b11, c1);
      c2 = x.fma(b12, c2);
      c3 = x.fma(b13, c3);
      x = FloatVector.broadcast(SPECIES, values[v + 2]);
      c0 = x.fma(b20, c0);
      c1 = x.fma(b21, c1);
      c2 = x.fma(b22, c2);
      c3 = x.fma(b23, c3);
      x = FloatVector.broadcast(SPECIES, values[v + 3]);
      c0 = x.fma(b30, c0);
      c1 = x.fma(b31, c1);
      c2 = x.fma(b32, c2);
      c3 = x.fma(b33, c3);
      c0.intoArray(c, at);
      c1.intoArray(c, at + LANES);
      c2.intoArray(c, at + 2 * LANES);
      c3.intoArray(c, at + 3 * LANES);
    }
  }

  /** Adds to rows of C, each of 2 vectors, four rows of B times the values of their entries. */
  private static void add4x2(
      int[] places,
      int from,
      int to,
      float[] values,
      int valuesAt,
      int entryStep,
      int rowStep,
      float[] b,
      int bAt,
      int bRowStride,
      float[] c) {
    FloatVector b00 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector b01 = FloatVector.fromArray(SPECIES, b, bAt + LANES);
    int b1 = bAt + bRowStride;
    FloatVector b10 = FloatVector.fromArray(SPECIES, b, b1);
    FloatVector b11 = FloatVector.fromArray(SPECIES, b, b1 + LANES);
    int b2 = b1 + bRowStride;
    FloatVector b20 = FloatVector.fromArray(SPECIES, b, b2);
    FloatVector b21 = FloatVector.fromArray(SPECIES, b, b2 + LANES);
    int b3 = b2 + bRowStride;
    FloatVector b30 = FloatVector.fromArray(SPECIES, b, b3);
    FloatVector b31 = FloatVector.fromArray(SPECIES, b, b3 + LANES);
    for (int e = from; e < to; e++) {
      int row = places[e];
      int at = row * (2 * LANES);
      int v = valuesAt + e * entryStep + row * rowStep;
      FloatVector c0 = FloatVector.fromArray(SPECIES, c, at);
      FloatVector c1 = FloatVector.fromArray(SPECIES, c, at + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, values[v]);
      c0 = x.fma(b00, c0);
      c1 = x.fma(b01, c1);
      x = FloatVector.broadcast(SPECIES, values[v + 1]);
      c0 = x.fma(b10, c0);
      c1 = x.fma(b11, c1);
      x = FloatVector.broadcast(SPECIES, values[v + 2]);
      c0 = x.fma(b20, c0);
      c1 = x.fma(b21, c1);
      x = FloatVector.broadcast(SPECIES, values[v + 3]);
      c0 = x.fma(b30, c0);
      c1 = x.fma(b31, c1);
      c0.intoArray(c, at);
      c1.intoArray(c, at + LANES);
    }
  }

  /** Sums to four rows of C, each of 4 vectors, rows of B times the values of their entries. */
  private static void sum4x4(
      int[] places,
      int from,
      int to,
      float[] values,
      float[] b,
      float[] c,
      int cAt,
      int cRowStride) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    for (int e = from; e < to; e++) {
      int at = e * 4;
      int bt = places[e] * (4 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bt + 3 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, values[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(SPECIES, values[at + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(SPECIES, values[at + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(SPECIES, values[at + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c03.intoArray(c, cAt + 3 * LANES);
    c10.intoArray(c, cAt + cRowStride);
    c11.intoArray(c, cAt + cRowStride + LANES);
    c12.intoArray(c, cAt + cRowStride + 2 * LANES);
    c13.intoArray(c, cAt + cRowStride + 3 * LANES);
    c20.intoArray(c, cAt + 2 * cRowStride);
    c21.intoArray(c, cAt + 2 * cRowStride + LANES);
    c22.intoArray(c, cAt + 2 * cRowStride + 2 * LANES);
    c23.intoArray(c, cAt + 2 * cRowStride + 3 * LANES);
    c30.intoArray(c, cAt + 3 * cRowStride);
    c31.intoArray(c, cAt + 3 * cRowStride + LANES);
    c32.intoArray(c, cAt + 3 * cRowStride + 2 * LANES);
    c33.intoArray(c, cAt + 3 * cRowStride + 3 * LANES);
  }

  /** Sums to four rows of C, each of 2 vectors, rows of B times the values of their entries. */
  private static void sum4x2(
      int[] places,
      int from,
      int to,
      float[] values,
      float[] b,
      float[] c,
      int cAt,
      int cRowStride) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int e = from; e < to; e++) {
      int at = e * 4;
      int bt = places[e] * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, values[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, values[at + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, values[at + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, values[at + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c10.intoArray(c, cAt + cRowStride);
    c11.intoArray(c, cAt + cRowStride + LANES);
    c20.intoArray(c, cAt + 2 * cRowStride);
    c21.intoArray(c, cAt + 2 * cRowStride + LANES);
    c30.intoArray(c, cAt + 3 * cRowStride);
    c31.intoArray(c, cAt + 3 * cRowStride + LANES);
  }
}
