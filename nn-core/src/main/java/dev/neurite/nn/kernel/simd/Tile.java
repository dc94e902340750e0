package dev.neurite.nn.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost part of a product: a tile of C in registers, summed over A and a packed panel of B.
 *
 * <p>With 512-bit vectors a tile is 8 rows by 2 vectors, which fills 16 of the 32 registers with
 * sums; with narrower ones it is 4 rows by 3 vectors, which fits processors with 16 registers. A is
 * read where it lies, through its strides: each of its elements is loaded into all lanes at once,
 * so packing it would gain nothing. A panel of B holds one or {@link #VECTORS} vectors for each
 * inner index. Every sum is a chain of fused multiply-adds in the order of the inner index,
 * starting at zero, whatever the tile.
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
  static final int VECTORS = WIDE ? 2 : 3;

  private Tile() {}

  /**
   * Sums one tile.
   *
   * @param depth inner size of the panel
   * @param a read: element (i, p) stands at {@code aAt + i · aRowStride + p · aColumnStride}, for
   *     {@link #ROWS} rows
   * @param b read, a panel of B from {@code bAt}
   * @param vectors vectors of B's panel: 1 or {@link #VECTORS}
   * @param c overwritten, {@link #ROWS} rows of that many vectors from {@code cAt}
   */
  static void sum(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      int aColumnStride,
      float[] b,
      int bAt,
      int vectors,
      float[] c,
      int cAt,
      int cRowStride) {
    if (WIDE) {
      if (vectors == 1) {
        sum8x1(depth, a, aAt, aRowStride, aColumnStride, b, bAt, c, cAt, cRowStride);
      } else {
        sum8x2(depth, a, aAt, aRowStride, aColumnStride, b, bAt, c, cAt, cRowStride);
      }
    } else if (vectors == 1) {
      sum4x1(depth, a, aAt, aRowStride, aColumnStride, b, bAt, c, cAt, cRowStride);
    } else {
      sum4x3(depth, a, aAt, aRowStride, aColumnStride, b, bAt, c, cAt, cRowStride);
    }
  }

  private static void sum8x2(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      int aColumnStride,
      float[] b,
      int bAt,
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
    for (int p = 0; p < depth; p++) {
      int at = p * aColumnStride;
      int bt = bAt + p * 2 * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[a1 + at]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[a2 + at]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[a3 + at]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, a[a4 + at]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a[a5 + at]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(SPECIES, a[a6 + at]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(SPECIES, a[a7 + at]);
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
      int bAt,
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
      int bt = bAt + p * 1 * LANES;
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

  private static void sum4x3(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      int aColumnStride,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRowStride) {
    int a1 = aAt + aRowStride;
    int a2 = a1 + aRowStride;
    int a3 = a2 + aRowStride;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    for (int p = 0; p < depth; p++) {
      int at = p * aColumnStride;
      int bt = bAt + p * 3 * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[a1 + at]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a[a2 + at]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a[a3 + at]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c10.intoArray(c, cAt + cRowStride);
    c11.intoArray(c, cAt + cRowStride + LANES);
    c12.intoArray(c, cAt + cRowStride + 2 * LANES);
    c20.intoArray(c, cAt + 2 * cRowStride);
    c21.intoArray(c, cAt + 2 * cRowStride + LANES);
    c22.intoArray(c, cAt + 2 * cRowStride + 2 * LANES);
    c30.intoArray(c, cAt + 3 * cRowStride);
    c31.intoArray(c, cAt + 3 * cRowStride + LANES);
    c32.intoArray(c, cAt + 3 * cRowStride + 2 * LANES);
  }

  private static void sum4x1(
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      int aColumnStride,
      float[] b,
      int bAt,
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
      int bt = bAt + p * 1 * LANES;
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
