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
 * Products of a compressed matrix, in tiles of registers; owns the memory they need.
 *
 * <p>Forward, a group of rows of A is spread out over a small dense panel, and only the columns in
 * which any of the group is not zero are summed: for pixels of digits that is less than half of
 * them, at the speed of a dense tile. Transposed, the columns of A are taken in blocks of four,
 * each with the list of the rows in which it is not zero; neighbouring pixels are mostly zero
 * together, so hardly more is summed than has to be.
 *
 * <p>A strip of columns of B narrower than a tile is copied to rows as wide as one. The last strip
 * of wider ones overlaps the strip before it.
 */
final class CompressedTile {
  /** Rows of A that are summed together. */
  private static final int GROUP = WIDE ? 8 : 4;

  /** Fewer rows are summed one by one, each over its own columns. */
  private static final int SMALLEST_GROUP = 3;

  /** Columns of a strip for a single row. */
  private static final int ROW_STRIP = 8 * LANES;

  /** Columns of a strip in the forward product, and of the narrow strip in the transposed one. */
  private static final int STRIP = 2 * LANES;

  /** Columns of the wide strip of the transposed product. */
  private static final int WIDE_STRIP = 4 * LANES;

  private static final int BLOCKS_OF_WORD = Long.SIZE / CompressedRows.BLOCK;

  private final BlockLists lists = new BlockLists();
  private final float[] tile = new float[8 * WIDE_STRIP];
  private float[] panel = {};
  private int[] places = {};
  private int[] bits = {};
  private float[] padded = {};

  /**
   * {@code C[i, j] = Σₚ A[i, p] · B[p, j] + row[j]} for the rows {@code fromRow} to {@code toRow}.
   */
  void multiply(
      CompressedRows a, int columns, float[] b, float[] row, float[] c, int fromRow, int toRow) {
    int inner = a.columns();
    takeMemory(a.blockColumns());
    float[] wideB = b;
    int width = columns;
    if (columns < STRIP) {
      width = STRIP;
      wideB = pad(b, inner, columns, STRIP);
    }
    for (int i = fromRow; i < toRow; i += GROUP) {
      int rows = Math.min(GROUP, toRow - i);
      if (rows < SMALLEST_GROUP && columns >= ROW_STRIP) {
        for (int r = i; r < i + rows; r++) {
          multiplyRow(a, r, columns, b, row, c);
        }
        continue;
      }
      int count = spread(a, i, rows);
      for (int j = 0; j < columns; j += STRIP) {
        int column = Math.min(j, width - STRIP);
        if (WIDE) {
          rows8x2(places, 0, count, panel, wideB, width, column, tile, 0, STRIP);
        } else {
          rows4x2(places, 0, count, panel, wideB, width, column, tile, 0, STRIP);
        }
        for (int r = 0; r < rows; r++) {
          addRow(r * STRIP, row, c, (i + r) * columns, column, columns);
        }
      }
    }
  }

  private void multiplyRow(
      CompressedRows a, int i, int columns, float[] b, float[] row, float[] c) {
    int count = collect(a, a.starts()[i], a.ends()[i]);
    for (int j = 0; j < columns; j += ROW_STRIP) {
      int column = Math.min(j, columns - ROW_STRIP);
      row1x8(places, count, panel, b, columns, column, row, c, i * columns + column);
    }
  }

  /** Lists the elements of one row that are not zero: their columns and, in the panel, values. */
  private int collect(CompressedRows a, int from, int to) {
    int count = 0;
    for (int e = from; e < to; e++) {
      int block = a.block(e);
      int place = (block >>> CompressedRows.BLOCK) * CompressedRows.BLOCK;
      a.copyValues(e, tile, 0);
      for (int q = 0; q < CompressedRows.BLOCK; q++) {
        places[count] = place + q;
        panel[count] = tile[q];
        count += block >> q & 1;
      }
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

  private void takeMemory(int blockColumns) {
    if (bits.length < blockColumns) {
      bits = new int[blockColumns];
      places = new int[blockColumns * CompressedRows.BLOCK + 1];
      panel = new float[blockColumns * CompressedRows.BLOCK * GROUP];
    }
  }

  private float[] pad(float[] b, int rows, int columns, int width) {
    if (padded.length < rows * width) {
      padded = new float[rows * width];
    }
    for (int p = 0; p < rows; p++) {
      System.arraycopy(b, p * columns, padded, p * width, columns);
    }
    return padded;
  }

  /** Writes rows of A into the panel and returns in how many columns any of them is not zero. */
  private int spread(CompressedRows a, int fromRow, int rows) {
    int blockColumns = a.blockColumns();
    Arrays.fill(panel, 0, blockColumns * CompressedRows.BLOCK * GROUP, 0f);
    Arrays.fill(bits, 0, blockColumns, 0);
    for (int r = 0; r < rows; r++) {
      int row = fromRow + r;
      spreadRow(a, a.starts()[row], a.ends()[row], r);
    }
    return findPlaces(blockColumns);
  }

  private void spreadRow(CompressedRows a, int from, int to, int lane) {
    for (int e = from; e < to; e++) {
      int block = a.block(e);
      int k = block >>> CompressedRows.BLOCK;
      bits[k] |= block & CompressedRows.ELEMENTS;
      a.copyValues(e, panel, (k * GROUP + lane) * CompressedRows.BLOCK);
    }
  }

  /** Lists the columns whose bits are set, from words of the bits of sixteen blocks. */
  private int findPlaces(int blockColumns) {
    int count = 0;
    for (int k = 0; k < blockColumns; k += BLOCKS_OF_WORD) {
      int end = Math.min(blockColumns, k + BLOCKS_OF_WORD);
      long word = 0;
      for (int b = end - 1; b >= k; b--) {
        word = word << CompressedRows.BLOCK | bits[b];
      }
      for (; word != 0; word &= word - 1) {
        places[count++] = CompressedRows.BLOCK * k + Long.numberOfTrailingZeros(word);
      }
    }
    return count;
  }

  private void addRow(int tileAt, float[] row, float[] c, int cRow, int column, int columns) {
    if (columns < STRIP) {
      for (int j = 0; j < columns; j++) {
        c[cRow + j] = tile[tileAt + j] + row[j];
      }
      return;
    }
    for (int j = 0; j < STRIP; j += LANES) {
      FloatVector.fromArray(SPECIES, tile, tileAt + j)
          .add(FloatVector.fromArray(SPECIES, row, column + j))
          .intoArray(c, cRow + column + j);
    }
  }

  /** {@code C[p, j] = Σᵢ A[i, p] · B[i, j]} for the rows {@code fromRow} to {@code toRow} of C. */
  void multiplyTransposed(
      CompressedRows a, int columns, float[] b, float[] c, int fromRow, int toRow, Write write) {
    int fromBlock = fromRow / CompressedRows.BLOCK;
    int toBlock = (toRow + CompressedRows.BLOCK - 1) / CompressedRows.BLOCK;
    lists.sort(a, 0, a.rows(), fromBlock, toBlock);
    float[] wideB = b;
    int width = columns;
    if (columns < STRIP) {
      width = STRIP;
      wideB = pad(b, a.rows(), columns, STRIP);
    }
    int strip = WIDE && width >= WIDE_STRIP ? WIDE_STRIP : STRIP;
    for (int j = 0; j < columns; j += strip) {
      int column = Math.min(j, width - strip);
      for (int k = fromBlock; k < toBlock; k++) {
        int p = k * CompressedRows.BLOCK;
        int from = lists.start(k);
        int to = from + lists.count(k);
        boolean direct =
            write == Write.OVERWRITE && p >= fromRow && p + 4 <= toRow && columns >= strip;
        float[] out = direct ? c : tile;
        int outAt = direct ? p * columns + column : 0;
        int outStride = direct ? columns : strip;
        if (strip == WIDE_STRIP) {
          block4x4(
              lists.rows(), from, to, lists.values(), wideB, width, column, out, outAt, outStride);
        } else {
          block4x2(
              lists.rows(), from, to, lists.values(), wideB, width, column, out, outAt, outStride);
        }
        if (!direct) {
          int end = Math.min(columns, column + strip);
          for (int q = Math.max(p, fromRow); q < Math.min(p + 4, toRow); q++) {
            write((q - p) * strip - column, j, end, c, q * columns, write);
          }
        }
      }
    }
  }

  private void write(int tileAt, int from, int to, float[] c, int cAt, Write write) {
    if (write == Write.OVERWRITE) {
      System.arraycopy(tile, tileAt + from, c, cAt + from, to - from);
      return;
    }
    for (int j = from; j < to; j++) {
      c[cAt + j] += tile[tileAt + j];
    }
  }

  private static void rows8x2(
      int[] places,
      int from,
      int to,
      float[] values,
      float[] b,
      int columns,
      int column,
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
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c60 = c00;
    FloatVector c61 = c00;
    FloatVector c70 = c00;
    FloatVector c71 = c00;
    for (int e = from; e < to; e++) {
      int p = places[e];
      int at = (p >>> 2) * 32 + (p & 3);
      int bt = p * columns + column;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, values[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, values[at + 4]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, values[at + 8]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, values[at + 12]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, values[at + 16]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, values[at + 20]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(SPECIES, values[at + 24]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(SPECIES, values[at + 28]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c10.intoArray(c, cAt + cRowStride);
    c11.intoArray(c, cAt + cRowStride + LANES);
    c20.intoArray(c, cAt + 2 * cRowStride);
    c21.intoArray(c, cAt + 2 * cRowStride + LANES);
    c30.intoArray(c, cAt + 3 * cRowStride);
    c31.intoArray(c, cAt + 3 * cRowStride + LANES);
    c40.intoArray(c, cAt + 4 * cRowStride);
    c41.intoArray(c, cAt + 4 * cRowStride + LANES);
    c50.intoArray(c, cAt + 5 * cRowStride);
    c51.intoArray(c, cAt + 5 * cRowStride + LANES);
    c60.intoArray(c, cAt + 6 * cRowStride);
    c61.intoArray(c, cAt + 6 * cRowStride + LANES);
    c70.intoArray(c, cAt + 7 * cRowStride);
    c71.intoArray(c, cAt + 7 * cRowStride + LANES);
  }

  private static void rows4x2(
      int[] places,
      int from,
      int to,
      float[] values,
      float[] b,
      int columns,
      int column,
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
      int p = places[e];
      int at = (p >>> 2) * 16 + (p & 3);
      int bt = p * columns + column;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, values[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, values[at + 4]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, values[at + 8]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, values[at + 12]);
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

  private static void block4x4(
      int[] places,
      int from,
      int to,
      float[] values,
      float[] b,
      int columns,
      int column,
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
      int bt = places[e] * columns + column;
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

  private static void block4x2(
      int[] places,
      int from,
      int to,
      float[] values,
      float[] b,
      int columns,
      int column,
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
      int bt = places[e] * columns + column;
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
