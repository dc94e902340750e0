package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.ROWS;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;
import static dev.neurite.nn.kernel.simd.Tile.VECTORS;

import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.PlainKernels;
import dev.neurite.nn.kernel.Write;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with the Vector API where it beats what the JIT compiler makes of plain loops.
 *
 * <p>The product packs panels of A and B through their strides, so all its forms are the same code,
 * and sums tiles of C in registers ({@link Tile}). The inner index is split into equal blocks of at
 * most {@link #INNER_BLOCK}; an element is the sum of its blocks' sums, in order. A product of few
 * rows is not packed: it streams the rows of B, in the same order of sums.
 */
public final class SimdKernels extends PlainKernels {
  /** With the activations and the softmax of this package. */
  public SimdKernels() {
    super(new SimdActivations(), new SimdSoftmax());
  }

  /** Largest inner size of a block: a panel of A then fits the first-level cache. */
  private static final int INNER_BLOCK = 512;

  /** Columns packed at a time: a block of B then fits the second-level cache. */
  private static final int COLUMN_BLOCK = 256;

  /** From this many rows on packing pays. */
  private static final int PACKED_ROWS = 4;

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());

  private float[] aPack = new float[0];
  private float[] bPack = new float[0];
  private final float[] tile = new float[ROWS * VECTORS * LANES];

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public void product(
      int rows,
      int columns,
      int inner,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      float[] b,
      int bOffset,
      int bRowStride,
      int bColumnStride,
      float[] c,
      int cOffset,
      int cRowStride,
      Write write) {
    if (write == Write.OVERWRITE) {
      for (int i = 0; i < rows; i++) {
        Arrays.fill(c, cOffset + i * cRowStride, cOffset + i * cRowStride + columns, 0f);
      }
    }
    if (rows == 0 || columns == 0 || inner == 0) {
      return;
    }
    int blocks = (inner + INNER_BLOCK - 1) / INNER_BLOCK;
    int block = (inner + blocks - 1) / blocks;
    boolean streamed = rows < PACKED_ROWS && bColumnStride == 1;
    for (int p = 0; p < inner; p += block) {
      int depth = Math.min(block, inner - p);
      int aAt = aOffset + p * aColumnStride;
      int bAt = bOffset + p * bRowStride;
      if (streamed) {
        for (int i = 0; i < rows; i++) {
          addRow(
              columns,
              depth,
              a,
              aAt + i * aRowStride,
              aColumnStride,
              b,
              bAt,
              bRowStride,
              c,
              cOffset + i * cRowStride);
        }
      } else {
        packA(rows, depth, a, aAt, aRowStride, aColumnStride);
        for (int column = 0; column < columns; column += COLUMN_BLOCK) {
          int width = Math.min(COLUMN_BLOCK, columns - column);
          addBlock(
              rows,
              width,
              depth,
              b,
              bAt + column * bColumnStride,
              bRowStride,
              bColumnStride,
              c,
              cOffset + column,
              cRowStride);
        }
      }
    }
  }

  /** {@code c += a · B} for one row, streaming the rows of B. */
  private static void addRow(
      int columns,
      int depth,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bRowStride,
      float[] c,
      int cAt) {
    int j = 0;
    for (; j + 4 * LANES <= columns; j += 4 * LANES) {
      addFourVectors(depth, a, aAt, aStride, b, bAt + j, bRowStride, c, cAt + j);
    }
    for (; j + LANES <= columns; j += LANES) {
      addVector(depth, a, aAt, aStride, b, bAt + j, bRowStride, c, cAt + j);
    }
    for (; j < columns; j++) {
      float s = 0;
      for (int p = 0; p < depth; p++) {
        s = Math.fma(a[aAt + p * aStride], b[bAt + p * bRowStride + j], s);
      }
      c[cAt + j] += s;
    }
  }

  private static void addFourVectors(
      int depth,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bRowStride,
      float[] c,
      int cAt) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int p = 0; p < depth; p++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + p * aStride]);
      int at = bAt + p * bRowStride;
      s0 = x.fma(FloatVector.fromArray(SPECIES, b, at), s0);
      s1 = x.fma(FloatVector.fromArray(SPECIES, b, at + LANES), s1);
      s2 = x.fma(FloatVector.fromArray(SPECIES, b, at + 2 * LANES), s2);
      s3 = x.fma(FloatVector.fromArray(SPECIES, b, at + 3 * LANES), s3);
    }
    addTo(s0, c, cAt);
    addTo(s1, c, cAt + LANES);
    addTo(s2, c, cAt + 2 * LANES);
    addTo(s3, c, cAt + 3 * LANES);
  }

  private static void addVector(
      int depth,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bRowStride,
      float[] c,
      int cAt) {
    FloatVector s = FloatVector.zero(SPECIES);
    for (int p = 0; p < depth; p++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + p * aStride]);
      s = x.fma(FloatVector.fromArray(SPECIES, b, bAt + p * bRowStride), s);
    }
    addTo(s, c, cAt);
  }

  private static void addTo(FloatVector sum, float[] c, int at) {
    FloatVector.fromArray(SPECIES, c, at).add(sum).intoArray(c, at);
  }

  /** {@code C += A · B} for packed A and a block of B's columns. */
  private void addBlock(
      int rows,
      int columns,
      int depth,
      float[] b,
      int bAt,
      int bRowStride,
      int bColumnStride,
      float[] c,
      int cAt,
      int cRowStride) {
    for (int j = 0; j < columns; ) {
      int left = columns - j;
      int vectors = left > (VECTORS - 1) * LANES ? VECTORS : 1;
      int width = vectors * LANES;
      int used = Math.min(width, left);
      bPack = ensure(bPack, depth * width);
      pack(used, width, depth, b, bAt + j * bColumnStride, bColumnStride, bRowStride, bPack, 0);
      for (int i = 0; i < rows; i += ROWS) {
        Tile.sum(depth, aPack, i * depth, bPack, 0, vectors, tile, 0, width);
        addTile(Math.min(ROWS, rows - i), used, width, c, cAt + i * cRowStride + j, cRowStride);
      }
      j += used;
    }
  }

  private void addTile(int rows, int used, int width, float[] c, int cAt, int cRowStride) {
    for (int i = 0; i < rows; i++) {
      int at = cAt + i * cRowStride;
      int j = 0;
      for (; j + LANES <= used; j += LANES) {
        addTo(FloatVector.fromArray(SPECIES, tile, i * width + j), c, at + j);
      }
      for (; j < used; j++) {
        c[at + j] += tile[i * width + j];
      }
    }
  }

  private void packA(int rows, int depth, float[] a, int aAt, int rowStride, int columnStride) {
    int panels = (rows + ROWS - 1) / ROWS;
    aPack = ensure(aPack, panels * ROWS * depth);
    for (int i = 0; i < rows; i += ROWS) {
      pack(
          Math.min(ROWS, rows - i),
          ROWS,
          depth,
          a,
          aAt + i * rowStride,
          rowStride,
          columnStride,
          aPack,
          i * depth);
    }
  }

  /**
   * Packs a panel: {@code out[p · width + i] = from[at + i · minorStride + p · majorStride]}, zeros
   * for {@code i >= used}.
   */
  private static void pack(
      int used,
      int width,
      int depth,
      float[] from,
      int at,
      int minorStride,
      int majorStride,
      float[] out,
      int outAt) {
    if (used < width) {
      Arrays.fill(out, outAt, outAt + depth * width, 0f);
    }
    if (minorStride == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(from, at + p * majorStride, out, outAt + p * width, used);
      }
      return;
    }
    int i = 0;
    for (; i + 4 <= used; i += 4) {
      int r0 = at + i * minorStride;
      int r1 = r0 + minorStride;
      int r2 = r1 + minorStride;
      int r3 = r2 + minorStride;
      int to = outAt + i;
      for (int p = 0; p < depth; p++) {
        int q = p * majorStride;
        int o = to + p * width;
        out[o] = from[r0 + q];
        out[o + 1] = from[r1 + q];
        out[o + 2] = from[r2 + q];
        out[o + 3] = from[r3 + q];
      }
    }
    for (; i < used; i++) {
      int r = at + i * minorStride;
      for (int p = 0; p < depth; p++) {
        out[outAt + i + p * width] = from[r + p * majorStride];
      }
    }
  }

  private static float[] ensure(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }

  @Override
  public void compressedProduct(
      CompressedRows a, int columns, float[] b, float[] row, float[] c, int fromRow, int toRow) {
    int j = 0;
    for (; j + 8 * LANES <= columns; j += 8 * LANES) {
      CompressedTile.multiplyEight(a, columns, b, row, c, fromRow, toRow, j);
    }
    for (; j + LANES <= columns; j += LANES) {
      CompressedTile.multiplyOne(a, columns, b, row, c, fromRow, toRow, j);
    }
    if (j < columns) {
      compressedStrip(a, columns, b, row, c, fromRow, toRow, j);
    }
  }

  @Override
  public void transposedCompressedProduct(
      CompressedRows a, int columns, float[] b, float[] c, int fromRow, int toRow) {
    int j = 0;
    for (; j + 8 * LANES <= columns; j += 8 * LANES) {
      CompressedTile.scatterEight(a, columns, b, c, fromRow, toRow, j);
    }
    for (; j + LANES <= columns; j += LANES) {
      CompressedTile.scatterOne(a, columns, b, c, fromRow, toRow, j);
    }
    if (j < columns) {
      transposedCompressedStrip(a, columns, b, c, fromRow, toRow, j);
    }
  }

  @Override
  protected void maskSixteen(
      int[] words, int from, int threshold, float kept, float[] mask, int at) {
    for (int i = 0; i < 16; i += LANES) {
      // Chosen as bits: a mask that changes its type would be made in memory.
      IntVector.zero(INTS)
          .blend(
              Float.floatToRawIntBits(kept),
              IntVector.fromArray(INTS, words, from + i)
                  .lanewise(VectorOperators.LSHR, 8)
                  .compare(VectorOperators.GE, threshold))
          .reinterpretAsFloats()
          .intoArray(mask, at + i);
    }
  }
}
