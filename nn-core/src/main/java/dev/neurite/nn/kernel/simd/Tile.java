package dev.neurite.nn.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost part of a product: a tile of C in registers, summed over packed panels of A and B.
 *
 * <p>With 512-bit vectors a tile is 8 rows by 2 vectors, which fills 16 of the 32 registers with
 * sums; with narrower ones it is 4 rows by 3 vectors, which fits processors with 16 registers. A
 * panel of A holds {@link #ROWS} values for each inner index, a panel of B holds one or {@link
 * #VECTORS} vectors. Every sum is a chain of fused multiply-adds in the order of the inner index,
 * starting at zero, whatever the tile.
 */
final class Tile {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private static final boolean WIDE = LANES >= 16;

  /** Rows of a tile. */
  static final int ROWS = WIDE ? 8 : 4;

  /** Vectors of a full tile. */
  static final int VECTORS = WIDE ? 2 : 3;

  private Tile() {}

  /**
   * Sums one tile.
   *
   * @param depth inner size of the panels
   * @param a read, a panel of A from {@code aAt}
   * @param b read, a panel of B from {@code bAt}
   * @param vectors vectors of B's panel: 1 or {@link #VECTORS}
   * @param c overwritten, {@link #ROWS} rows of that many vectors from {@code cAt}, {@code cStride}
   *     apart
   */
  static void sum(
      int depth,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int vectors,
      float[] c,
      int cAt,
      int cStride) {
    if (WIDE) {
      if (vectors == 1) {
        sum8x1(depth, a, aAt, b, bAt, c, cAt, cStride);
      } else {
        sum8x2(depth, a, aAt, b, bAt, c, cAt, cStride);
      }
    } else if (vectors == 1) {
      sum4x1(depth, a, aAt, b, bAt, c, cAt, cStride);
    } else {
      sum4x3(depth, a, aAt, b, bAt, c, cAt, cStride);
    }
  }

  private static void sum8x2(
      int depth, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStride) {
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
      int at = aAt + p * 8;
      int bt = bAt + p * 2 * LANES;
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
    store(c00, c01, c, cAt);
    store(c10, c11, c, cAt + cStride);
    store(c20, c21, c, cAt + 2 * cStride);
    store(c30, c31, c, cAt + 3 * cStride);
    store(c40, c41, c, cAt + 4 * cStride);
    store(c50, c51, c, cAt + 5 * cStride);
    store(c60, c61, c, cAt + 6 * cStride);
    store(c70, c71, c, cAt + 7 * cStride);
  }

  private static void store(FloatVector first, FloatVector second, float[] c, int at) {
    first.intoArray(c, at);
    second.intoArray(c, at + LANES);
  }

  private static void sum8x1(
      int depth, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStride) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    for (int p = 0; p < depth; p++) {
      int at = aAt + p * 8;
      FloatVector y = FloatVector.fromArray(SPECIES, b, bAt + p * LANES);
      c0 = y.fma(FloatVector.broadcast(SPECIES, a[at]), c0);
      c1 = y.fma(FloatVector.broadcast(SPECIES, a[at + 1]), c1);
      c2 = y.fma(FloatVector.broadcast(SPECIES, a[at + 2]), c2);
      c3 = y.fma(FloatVector.broadcast(SPECIES, a[at + 3]), c3);
      c4 = y.fma(FloatVector.broadcast(SPECIES, a[at + 4]), c4);
      c5 = y.fma(FloatVector.broadcast(SPECIES, a[at + 5]), c5);
      c6 = y.fma(FloatVector.broadcast(SPECIES, a[at + 6]), c6);
      c7 = y.fma(FloatVector.broadcast(SPECIES, a[at + 7]), c7);
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + cStride);
    c2.intoArray(c, cAt + 2 * cStride);
    c3.intoArray(c, cAt + 3 * cStride);
    c4.intoArray(c, cAt + 4 * cStride);
    c5.intoArray(c, cAt + 5 * cStride);
    c6.intoArray(c, cAt + 6 * cStride);
    c7.intoArray(c, cAt + 7 * cStride);
  }

  private static void sum4x3(
      int depth, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStride) {
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
      int at = aAt + p * 4;
      int bt = bAt + p * 3 * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bt + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bt + 2 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[at + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a[at + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a[at + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
    }
    store(c00, c01, c, cAt);
    c02.intoArray(c, cAt + 2 * LANES);
    store(c10, c11, c, cAt + cStride);
    c12.intoArray(c, cAt + cStride + 2 * LANES);
    store(c20, c21, c, cAt + 2 * cStride);
    c22.intoArray(c, cAt + 2 * cStride + 2 * LANES);
    store(c30, c31, c, cAt + 3 * cStride);
    c32.intoArray(c, cAt + 3 * cStride + 2 * LANES);
  }

  private static void sum4x1(
      int depth, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStride) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    for (int p = 0; p < depth; p++) {
      int at = aAt + p * 4;
      FloatVector y = FloatVector.fromArray(SPECIES, b, bAt + p * LANES);
      c0 = y.fma(FloatVector.broadcast(SPECIES, a[at]), c0);
      c1 = y.fma(FloatVector.broadcast(SPECIES, a[at + 1]), c1);
      c2 = y.fma(FloatVector.broadcast(SPECIES, a[at + 2]), c2);
      c3 = y.fma(FloatVector.broadcast(SPECIES, a[at + 3]), c3);
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + cStride);
    c2.intoArray(c, cAt + 2 * cStride);
    c3.intoArray(c, cAt + 3 * cStride);
  }
}
