package dev.neurite.nn.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost part of a product: a tile of C in registers, summed over A and a packed panel of B.
 *
 * <p>With 512-bit vectors a tile is 8 rows by 2 vectors, which fills 16 of the 32 registers with
 * sums; with narrower ones it is 4 rows by 2 vectors, which leaves processors with 16 registers
 * enough for loads ahead: more sums were spilled to memory. Panels of B hold 1 or {@link #VECTORS}
 * vectors for each inner index. A full tile reads A from a packed panel as well: the addresses of
 * its elements then differ by constants, so that hardly an instruction is left besides loads and
 * multiply-adds; or from rows that lie side by side, where packing would take longer. A tile of one
 * vector reads A where it lies, through its strides, because so few products would not pay for
 * packing. Every sum is a chain of fused multiply-adds in the order of the inner index, starting at
 * zero, whatever the tile: a full tile goes on from the sums of the part before it.
 *
 * <p>One method for each shape: the compiler keeps sums in registers only where their number is
 * fixed.
 */
final class Tile {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  static final boolean WIDE = LANES >= 16;

  /** Rows of a tile. */
  static final int ROWS = WIDE ? 8 : 4;

  /** Vectors of a full tile. */
  static final int VECTORS = 2;

  private Tile() {}

  /**
   * Sums a full tile, or goes on summing it.
   *
   * @param depth inner size of the panels
   * @param a read, a panel of A from {@code aAt}: {@link #ROWS} elements for each inner index
   * @param b read, a panel of B from {@code bAt}: {@link #VECTORS} vectors for each inner index
   * @param start read, what the sums start from, laid out like {@code c}
   * @param c overwritten, {@link #ROWS} rows of that many vectors from {@code cAt}
   */
  static void sum(
      int depth,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      int startRowStride,
      float[] c,
      int cAt,
      int cRowStride) {
    if (WIDE) {
      sum8x2(depth, a, aAt, b, bAt, start, startAt, startRowStride, c, cAt, cRowStride);
    } else {
      sum4x2(depth, a, aAt, b, bAt, start, startAt, startRowStride, c, cAt, cRowStride);
    }
  }

  /**
   * Sums a full tile of rows of A where they lie, or goes on summing it.
   *
   * @param depth inner size of the panel
   * @param a read: element (i, p) stands at {@code aAt + i · aRowStride + p}, for {@link #ROWS}
   *     rows
   * @param b read, a panel of B from its beginning: {@link #VECTORS} vectors for each inner index
   * @param start read, what the sums start from, laid out like {@code c}
   * @param c overwritten, {@link #ROWS} rows of that many vectors from {@code cAt}
   */
  static void sumRows(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      float[] b,
      float[] start,
      int startAt,
      int startRowStride,
      float[] c,
      int cAt,
      int cRowStride) {
    if (WIDE) {
      sumRows8x2(depth, a, aAt, aRowStride, b, start, startAt, startRowStride, c, cAt, cRowStride);
    } else {
      sumRows4x2(depth, a, aAt, aRowStride, b, start, startAt, startRowStride, c, cAt, cRowStride);
    }
  }

  /**
   * Sums a tile of one vector.
   *
   * @param depth inner size of the panel
   * @param a read: element (i, p) stands at {@code aAt + i · aRowStride + p · aColumnStride}, for
   *     {@link #ROWS} rows
   * @param b read, a panel of B from its beginning: one vector for each inner index
   * @param c overwritten, {@link #ROWS} rows of one vector from {@code cAt}
   */
  static void sumNarrow(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      int aColumnStride,
      float[] b,
      float[] c,
      int cAt,
      int cRowStride) {
    if (WIDE) {
      sum8x1(depth, a, aAt, aRowStride, aColumnStride, b, c, cAt, cRowStride);
    } else {
      sum4x1(depth, a, aAt, aRowStride, aColumnStride, b, c, cAt, cRowStride);
    }
  }

  private static void sumRows8x2(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      float[] b,
      float[] start,
      int startAt,
      int startRowStride,
      float[] c,
      int cAt,
      int cRowStride) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startAt + startRowStride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startAt + startRowStride + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startAt + 2 * startRowStride);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startAt + 2 * startRowStride + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startAt + 3 * startRowStride);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startAt + 3 * startRowStride + LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, startAt + 4 * startRowStride);
    FloatVector c41 = FloatVector.fromArray(SPECIES, start, startAt + 4 * startRowStride + LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, startAt + 5 * startRowStride);
    FloatVector c51 = FloatVector.fromArray(SPECIES, start, startAt + 5 * startRowStride + LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, start, startAt + 6 * startRowStride);
    FloatVector c61 = FloatVector.fromArray(SPECIES, start, startAt + 6 * startRowStride + LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, start, startAt + 7 * startRowStride);
    FloatVector c71 = FloatVector.fromArray(SPECIES, start, startAt + 7 * startRowStride + LANES);
    int a1 = aAt + aRowStride;
    int a2 = a1 + aRowStride;
    int a3 = a2 + aRowStride;
    int a4 = a3 + aRowStride;
    int a5 = a4 + aRowStride;
    int a6 = a5 + aRowStride;
    int a7 = a6 + aRowStride;
    for (int p = 0; p < depth; p++) {
      int bt = p * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(SPECIES, a[a6 + p]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(SPECIES, a[a7 + p]);
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

  private static void sumRows4x2(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      float[] b,
      float[] start,
      int startAt,
      int startRowStride,
      float[] c,
      int cAt,
      int cRowStride) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startAt + startRowStride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startAt + startRowStride + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startAt + 2 * startRowStride);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startAt + 2 * startRowStride + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startAt + 3 * startRowStride);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startAt + 3 * startRowStride + LANES);
    int a1 = aAt + aRowStride;
    int a2 = a1 + aRowStride;
    int a3 = a2 + aRowStride;
    for (int p = 0; p < depth; p++) {
      int bt = p * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[a3 + p]);
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

  private static void sum8x2(
      int depth,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      int startRowStride,
      float[] c,
      int cAt,
      int cRowStride) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startAt + startRowStride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startAt + startRowStride + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startAt + 2 * startRowStride);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startAt + 2 * startRowStride + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startAt + 3 * startRowStride);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startAt + 3 * startRowStride + LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, startAt + 4 * startRowStride);
    FloatVector c41 = FloatVector.fromArray(SPECIES, start, startAt + 4 * startRowStride + LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, startAt + 5 * startRowStride);
    FloatVector c51 = FloatVector.fromArray(SPECIES, start, startAt + 5 * startRowStride + LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, start, startAt + 6 * startRowStride);
    FloatVector c61 = FloatVector.fromArray(SPECIES, start, startAt + 6 * startRowStride + LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, start, startAt + 7 * startRowStride);
    FloatVector c71 = FloatVector.fromArray(SPECIES, start, startAt + 7 * startRowStride + LANES);
    for (int p = 0; p < depth; p++) {
      int at = aAt + p * ROWS;
      int bt = bAt + p * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, a[at + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a[at + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(SPECIES, a[at + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(SPECIES, a[at + 7]);
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

  private static void sum8x1(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      int aColumnStride,
      float[] b,
      float[] c,
      int cAt,
      int cRowStride) {
    int a1 = aAt + aRowStride;
    int a2 = a1 + aRowStride;
    int a3 = a2 + aRowStride;
    int a4 = a3 + aRowStride;
    int a5 = a4 + aRowStride;
    int a6 = a5 + aRowStride;
    int a7 = a6 + aRowStride;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    FloatVector c40 = c00;
    FloatVector c50 = c00;
    FloatVector c60 = c00;
    FloatVector c70 = c00;
    for (int p = 0; p < depth; p++) {
      int at = p * aColumnStride;
      int bt = p * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + at]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[a1 + at]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[a2 + at]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[a3 + at]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[a4 + at]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[a5 + at]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(SPECIES, a[a6 + at]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(SPECIES, a[a7 + at]);
      c70 = x.fma(b0, c70);
    }
    c00.intoArray(c, cAt);
    c10.intoArray(c, cAt + cRowStride);
    c20.intoArray(c, cAt + 2 * cRowStride);
    c30.intoArray(c, cAt + 3 * cRowStride);
    c40.intoArray(c, cAt + 4 * cRowStride);
    c50.intoArray(c, cAt + 5 * cRowStride);
    c60.intoArray(c, cAt + 6 * cRowStride);
    c70.intoArray(c, cAt + 7 * cRowStride);
  }

  private static void sum4x2(
      int depth,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      int startRowStride,
      float[] c,
      int cAt,
      int cRowStride) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startAt + startRowStride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startAt + startRowStride + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startAt + 2 * startRowStride);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startAt + 2 * startRowStride + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startAt + 3 * startRowStride);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startAt + 3 * startRowStride + LANES);
    for (int p = 0; p < depth; p++) {
      int at = aAt + p * ROWS;
      int bt = bAt + p * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
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

  private static void sum4x1(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      int aColumnStride,
      float[] b,
      float[] c,
      int cAt,
      int cRowStride) {
    int a1 = aAt + aRowStride;
    int a2 = a1 + aRowStride;
    int a3 = a2 + aRowStride;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    for (int p = 0; p < depth; p++) {
      int at = p * aColumnStride;
      int bt = p * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + at]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[a1 + at]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[a2 + at]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[a3 + at]);
      c30 = x.fma(b0, c30);
    }
    c00.intoArray(c, cAt);
    c10.intoArray(c, cAt + cRowStride);
    c20.intoArray(c, cAt + 2 * cRowStride);
    c30.intoArray(c, cAt + 3 * cRowStride);
  }
}
