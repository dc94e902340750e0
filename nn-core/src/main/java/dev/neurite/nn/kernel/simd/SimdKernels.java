package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.ROWS;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;
import static dev.neurite.nn.kernel.simd.Tile.VECTORS;

import dev.neurite.nn.kernel.BlockLists;
import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.ConstantMatrix;
import dev.neurite.nn.kernel.PlainKernels;
import dev.neurite.nn.kernel.Write;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The kernels with the Vector API where it beats what the JIT compiler makes of plain loops.
 *
 * <p>The product packs strips of B and A through their strides and sums tiles of C in registers
 * ({@link Tile}); where rows meet rows it is turned over and packs only one of the two. The inner
 * index is split into blocks of at most {@link #INNER_BLOCK}; an element is the sum of its blocks'
 * sums, in order. Within a block sums go on from one part to the next, so that the size of the
 * parts changes no bit. A product of few rows is not packed: it streams the rows of B, in the same
 * order of sums.
 */
public final class SimdKernels extends PlainKernels {
  /** Largest inner size of a block; it is part of the result, for its sums are added up. */
  private static final int INNER_BLOCK = 1024;

  /** From this many columns on each thread has strips enough of its own, and packs only those. */
  private static final int SHARED_COLUMNS = 256;

  /** Largest inner size of a part: a packed strip and a panel then fit the first-level cache. */
  private static final int STRIP_DEPTH = 256;

  /** From this many rows on packing B pays. */
  private static final int PACKED_ROWS = 4;

  /** With more columns than this packing A pays: each of its elements is used for many strips. */
  private static final int NARROW_COLUMNS = 2 * LANES;

  /** Elements of A that are packed at a time: they stay in the second-level cache. */
  private static final int PACKED_ELEMENTS = 1 << 17;

  /** From these sizes on a product of rows with rows is turned over: packing its B takes longer. */
  private static final int TURNED_ROWS = 17;

  private static final int TURNED_COLUMNS = 64;

  private static final int TURNED_DEPTH = 128;

  private static final float[] ZEROS = new float[VECTORS * LANES];

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());

  private final CompressedTile compressed = new CompressedTile();
  private float[] strip = new float[STRIP_DEPTH * VECTORS * LANES];
  private float[] sums = new float[0];
  private float[] panels = new float[0];
  private final float[] tail = new float[LANES];

  /** With the activations and the softmax of this package. */
  public SimdKernels() {
    super(new SimdActivations(), new SimdSoftmax());
  }

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
    if (inner == 0 && write == Write.OVERWRITE) {
      for (int i = 0; i < rows; i++) {
        Arrays.fill(c, cOffset + i * cRowStride, cOffset + i * cRowStride + columns, 0f);
      }
    }
    boolean streamed = rows < PACKED_ROWS && bColumnStride == 1;
    for (int p = 0; p < inner; p += INNER_BLOCK) {
      int depth = Math.min(INNER_BLOCK, inner - p);
      int aAt = aOffset + p * aColumnStride;
      int bAt = bOffset + p * bRowStride;
      Write how = p == 0 ? write : Write.ACCUMULATE;
      if (streamed) {
        for (int i = 0; i < rows; i++) {
          int cAt = cOffset + i * cRowStride;
          if (how == Write.OVERWRITE) {
            Arrays.fill(c, cAt, cAt + columns, 0f);
          }
          addRow(
              columns, depth, a, aAt + i * aRowStride, aColumnStride, b, bAt, bRowStride, c, cAt);
        }
      } else {
        int together = rowsTogether(depth);
        for (int i = 0; i < rows; i += together) {
          multiply(
              Math.min(together, rows - i),
              columns,
              depth,
              a,
              aAt + i * aRowStride,
              aRowStride,
              aColumnStride,
              b,
              bAt,
              bRowStride,
              bColumnStride,
              c,
              cOffset + i * cRowStride,
              cRowStride,
              how,
              null);
        }
      }
    }
  }

  @Override
  public void product(int rows, float[] a, int aOffset, ConstantMatrix b, float[] c, int cOffset) {
    int inner = b.rows();
    int columns = b.columns();
    if (rows < PACKED_ROWS || columns <= NARROW_COLUMNS || inner > INNER_BLOCK || inner == 0) {
      super.product(rows, a, aOffset, b, c, cOffset);
      return;
    }
    float[] strips = b.packed();
    if (strips == null) {
      strips = packStrips(b);
      b.keepPacked(strips);
    }
    int together = rowsTogether(inner);
    for (int i = 0; i < rows; i += together) {
      multiply(
          Math.min(together, rows - i),
          columns,
          inner,
          a,
          aOffset + i * inner,
          inner,
          1,
          b.values(),
          0,
          columns,
          1,
          c,
          cOffset + i * columns,
          columns,
          Write.OVERWRITE,
          strips);
    }
  }

  private static int rowsTogether(int depth) {
    return Math.max(1, PACKED_ELEMENTS / depth / ROWS) * ROWS;
  }

  /** All strips of a matrix, one after the other, the last one filled up with zeros. */
  private static float[] packStrips(ConstantMatrix b) {
    int width = VECTORS * LANES;
    int strips = (b.columns() + width - 1) / width;
    float[] packed = new float[Math.multiplyExact(strips * width, b.rows())];
    for (int j = 0; j < b.columns(); j += width) {
      int used = Math.min(width, b.columns() - j);
      for (int p = 0; p < b.rows(); p++) {
        System.arraycopy(b.values(), p * b.columns() + j, packed, j * b.rows() + p * width, used);
      }
    }
    return packed;
  }

  /**
   * {@code C = A · B} of strided views for some rows and one block of the inner index.
   *
   * @param strips B packed already, or null
   */
  private void multiply(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      int aColumnStride,
      float[] b,
      int bAt,
      int bRowStride,
      int bColumnStride,
      float[] c,
      int cAt,
      int cRowStride,
      Write write,
      float @Nullable [] strips) {
    boolean rowsByRows = aColumnStride == 1 && bRowStride == 1 && bColumnStride != 1;
    if (rowsByRows && rows >= TURNED_ROWS && columns >= TURNED_COLUMNS && depth >= TURNED_DEPTH) {
      multiplyTurned(
          rows,
          columns,
          depth,
          a,
          aAt,
          aRowStride,
          b,
          bAt,
          bColumnStride,
          c,
          cAt,
          cRowStride,
          write);
      return;
    }
    boolean packed = columns > NARROW_COLUMNS || rows < ROWS;
    if (packed) {
      packRows(rows, depth, a, aAt, aRowStride, aColumnStride);
    }
    for (int j = 0; j < columns; ) {
      int left = columns - j;
      int vectors = packed && left > LANES ? VECTORS : 1;
      int width = vectors * LANES;
      int used = Math.min(width, left);
      int from = bAt + j * bColumnStride;
      int at = cAt + j;
      boolean direct = used == width && write == Write.OVERWRITE && rows % ROWS == 0;
      if (!direct) {
        sums = ensure(sums, (rows + ROWS) * width);
      }
      float[] out = direct ? c : sums;
      int outAt = direct ? at : 0;
      int outStride = direct ? cRowStride : width;
      if (vectors > 1) {
        if (strips != null) {
          sumPackedStrip(rows, depth, strips, j * depth, out, outAt, outStride);
        } else {
          sumStrip(rows, depth, used, b, from, bRowStride, bColumnStride, out, outAt, outStride);
        }
      } else {
        strip = ensure(strip, depth * width);
        pack(used, width, depth, b, from, bRowStride, bColumnStride, strip);
        for (int i = 0; i < rows; i += ROWS) {
          int to = outAt + i * outStride;
          if (packed) {
            Tile.sumNarrow(depth, panels, i * depth, 1, ROWS, strip, out, to, outStride);
          } else {
            int rowAt = aAt + firstRow(i, rows) * aRowStride;
            Tile.sumNarrow(depth, a, rowAt, aRowStride, aColumnStride, strip, out, to, outStride);
          }
        }
      }
      for (int i = 0; !direct && i < rows; i += ROWS) {
        int row = firstRow(i, rows);
        store(
            Math.min(rows, ROWS),
            used,
            width,
            i * width,
            c,
            at + row * cRowStride,
            cRowStride,
            i - row,
            write);
      }
      j += used;
    }
  }

  /**
   * {@code C = A · Bᵀ} of two matrices that lie by rows, as {@code Cᵀ = B · Aᵀ}: strips of A and of
   * the result are turned over, B, mostly the weights and larger, is read where it lies.
   */
  private void multiplyTurned(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aAt,
      int aRowStride,
      float[] b,
      int bAt,
      int bRowStride,
      float[] c,
      int cAt,
      int cRowStride,
      Write write) {
    int width = VECTORS * LANES;
    sums = ensure(sums, (columns + ROWS) * width);
    int parts = (depth + STRIP_DEPTH - 1) / STRIP_DEPTH;
    for (int i = 0; i < rows; i += width) {
      int used = Math.min(width, rows - i);
      for (int q = 0; q < parts; q++) {
        int p = q * depth / parts;
        int part = (q + 1) * depth / parts - p;
        pack(used, width, part, a, aAt + i * aRowStride + p, 1, aRowStride, strip);
        for (int j = 0; j < columns; j += ROWS) {
          int row = bAt + firstRow(j, columns) * bRowStride + p;
          int to = j * width;
          if (q == 0) {
            Tile.sumRows(part, b, row, bRowStride, strip, ZEROS, 0, 0, sums, to, width);
          } else {
            Tile.sumRows(part, b, row, bRowStride, strip, sums, to, width, sums, to, width);
          }
        }
      }
      storeTurned(columns, used, c, cAt + i * cRowStride, cRowStride, write);
    }
  }

  /** Writes the turned sums of a strip: row j of them is column j of C. */
  private void storeTurned(int columns, int used, float[] c, int cAt, int cRowStride, Write write) {
    for (int j = 0; j < columns; j += ROWS) {
      int column = firstRow(j, columns);
      for (int r = 0; r < used; r++) {
        int from = j * VECTORS * LANES + r;
        int at = cAt + r * cRowStride + column;
        if (write == Write.OVERWRITE) {
          for (int t = 0; t < ROWS; t += 4) {
            storeFourTurned(sums, from + t * VECTORS * LANES, c, at + t);
          }
        } else {
          for (int t = j - column; t < ROWS; t++) {
            c[at + t] += sums[from + t * VECTORS * LANES];
          }
        }
      }
    }
  }

  private static void storeFourTurned(float[] sums, int from, float[] c, int at) {
    c[at] = sums[from];
    c[at + 1] = sums[from + VECTORS * LANES];
    c[at + 2] = sums[from + 2 * VECTORS * LANES];
    c[at + 3] = sums[from + 3 * VECTORS * LANES];
  }

  /** The last tile overlaps the one before it; a lower one has rows that do not exist. */
  private static int firstRow(int i, int rows) {
    return Math.max(0, Math.min(i, rows - ROWS));
  }

  /**
   * Sums a strip of full tiles, part by part of the inner index.
   *
   * @param out overwritten, the rows of the strip and those that the last tile has beyond them
   */
  private void sumStrip(
      int rows,
      int depth,
      int used,
      float[] b,
      int bAt,
      int bRowStride,
      int bColumnStride,
      float[] out,
      int outAt,
      int outStride) {
    int parts = (depth + STRIP_DEPTH - 1) / STRIP_DEPTH;
    for (int q = 0; q < parts; q++) {
      int p = q * depth / parts;
      int part = (q + 1) * depth / parts - p;
      pack(used, VECTORS * LANES, part, b, bAt + p * bRowStride, bRowStride, bColumnStride, strip);
      sumPart(rows, depth, p, part, strip, 0, out, outAt, outStride);
    }
  }

  /** Sums a strip of full tiles from a strip of B that is packed already. */
  private void sumPackedStrip(
      int rows, int depth, float[] b, int bAt, float[] out, int outAt, int outStride) {
    int parts = (depth + STRIP_DEPTH - 1) / STRIP_DEPTH;
    for (int q = 0; q < parts; q++) {
      int p = q * depth / parts;
      int part = (q + 1) * depth / parts - p;
      sumPart(rows, depth, p, part, b, bAt + p * VECTORS * LANES, out, outAt, outStride);
    }
  }

  /** Sums the tiles of a strip over a part of the inner index, or goes on summing them. */
  private void sumPart(
      int rows,
      int depth,
      int p,
      int part,
      float[] b,
      int bAt,
      float[] out,
      int outAt,
      int outStride) {
    for (int i = 0; i < rows; i += ROWS) {
      int panelAt = i * depth + p * ROWS;
      int to = outAt + i * outStride;
      if (p == 0) {
        Tile.sum(part, panels, panelAt, b, bAt, ZEROS, 0, 0, out, to, outStride);
      } else {
        Tile.sum(part, panels, panelAt, b, bAt, out, to, outStride, out, to, outStride);
      }
    }
  }

  /**
   * Packs A: for each tile a panel of {@link Tile#ROWS} elements for each inner index. What stands
   * for rows that do not exist has no meaning.
   */
  private void packRows(
      int rows, int depth, float[] a, int aAt, int aRowStride, int aColumnStride) {
    int tiles = (rows + ROWS - 1) / ROWS;
    panels = ensure(panels, tiles * ROWS * depth + LANES);
    int used = Math.min(rows, ROWS);
    for (int i = 0; i < rows; i += ROWS) {
      int from = aAt + firstRow(i, rows) * aRowStride;
      int to = i * depth;
      if (aRowStride == 1 && used == ROWS) {
        packNeighbours(depth, a, from, aColumnStride, panels, to);
      } else if (aColumnStride == 1 && used == ROWS) {
        if (Tile.WIDE) {
          packEightRows(depth, a, from, aRowStride, panels, to);
        } else {
          packFourRows(depth, a, from, aRowStride, panels, to);
        }
      } else {
        packTurned(used, ROWS, depth, a, from, aColumnStride, aRowStride, panels, to);
      }
    }
  }

  /**
   * Packs {@link Tile#ROWS} elements that stand side by side for each inner index. Copies whole
   * vectors where the array has as many; what they hold too much is overwritten next.
   */
  private static void packNeighbours(
      int depth, float[] a, int aAt, int aColumnStride, float[] out, int outAt) {
    for (int p = 0; p < depth; p++) {
      int from = aAt + p * aColumnStride;
      int to = outAt + p * ROWS;
      if (from + LANES <= a.length) {
        FloatVector.fromArray(SPECIES, a, from).intoArray(out, to);
      } else {
        System.arraycopy(a, from, out, to, ROWS);
      }
    }
  }

  /** Turns over the rows of a tile; with a width that is known it takes no checks. */
  private static void packEightRows(
      int depth, float[] a, int a0, int aRowStride, float[] out, int outAt) {
    int a1 = a0 + aRowStride;
    int a2 = a1 + aRowStride;
    int a3 = a2 + aRowStride;
    int a4 = a3 + aRowStride;
    int a5 = a4 + aRowStride;
    int a6 = a5 + aRowStride;
    int a7 = a6 + aRowStride;
    for (int p = 0; p < depth; p++) {
      int to = outAt + p * 8;
      out[to] = a[a0 + p];
      out[to + 1] = a[a1 + p];
      out[to + 2] = a[a2 + p];
      out[to + 3] = a[a3 + p];
      out[to + 4] = a[a4 + p];
      out[to + 5] = a[a5 + p];
      out[to + 6] = a[a6 + p];
      out[to + 7] = a[a7 + p];
    }
  }

  /** As {@link #packEightRows}. */
  private static void packFourRows(
      int depth, float[] a, int a0, int aRowStride, float[] out, int outAt) {
    int a1 = a0 + aRowStride;
    int a2 = a1 + aRowStride;
    int a3 = a2 + aRowStride;
    for (int p = 0; p < depth; p++) {
      int to = outAt + p * 4;
      out[to] = a[a0 + p];
      out[to + 1] = a[a1 + p];
      out[to + 2] = a[a2 + p];
      out[to + 3] = a[a3 + p];
    }
  }

  /** {@code c += a · B} for one row, streaming the rows of B. */
  private void addRow(
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
    if (j < columns) {
      addTail(columns - j, depth, a, aAt, aStride, b, bAt + j, bRowStride, c, cAt + j);
    }
  }

  /**
   * Adds fewer columns than a vector has: it reads whole vectors, whose other lanes are dropped, as
   * long as they do not end beyond the array.
   */
  private void addTail(
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
    int whole = Math.max(0, Math.min(depth, Math.floorDiv(b.length - LANES - bAt, bRowStride) + 1));
    sumVector(whole, a, aAt, aStride, b, bAt, bRowStride, tail);
    for (int j = 0; j < columns; j++) {
      float s = tail[j];
      for (int p = whole; p < depth; p++) {
        s = Math.fma(a[aAt + p * aStride], b[bAt + p * bRowStride + j], s);
      }
      c[cAt + j] += s;
    }
  }

  private static void sumVector(
      int depth, float[] a, int aAt, int aStride, float[] b, int bAt, int bRowStride, float[] out) {
    FloatVector s = FloatVector.zero(SPECIES);
    for (int p = 0; p < depth; p++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + p * aStride]);
      s = x.fma(FloatVector.fromArray(SPECIES, b, bAt + p * bRowStride), s);
    }
    s.intoArray(out, 0);
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

  /** Writes the rows of a tile of {@link #sums} from {@code fromRow} on to C. */
  private void store(
      int rows,
      int used,
      int width,
      int sumsAt,
      float[] c,
      int cAt,
      int rowStride,
      int fromRow,
      Write write) {
    for (int i = fromRow; i < rows; i++) {
      int at = cAt + i * rowStride;
      int j = 0;
      for (; j + LANES <= used; j += LANES) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + i * width + j);
        if (write == Write.OVERWRITE) {
          sum.intoArray(c, at + j);
        } else {
          addTo(sum, c, at + j);
        }
      }
      storeRow(used - j, sumsAt + i * width + j, c, at + j, write);
    }
  }

  private void storeRow(int used, int sumsAt, float[] c, int cAt, Write write) {
    if (write == Write.OVERWRITE) {
      System.arraycopy(sums, sumsAt, c, cAt, used);
    } else {
      for (int j = 0; j < used; j++) {
        c[cAt + j] += sums[sumsAt + j];
      }
    }
  }

  /**
   * Packs a strip of B: {@code out[p · width + j] = b[at + p · rowStride + j · columnStride]},
   * zeros for {@code j >= used}.
   */
  private static void pack(
      int used,
      int width,
      int depth,
      float[] b,
      int at,
      int rowStride,
      int columnStride,
      float[] out) {
    if (used < width) {
      Arrays.fill(out, 0, depth * width, 0f);
    }
    if (rowStride == 1 && used == VECTORS * LANES) {
      for (int j = 0; j < VECTORS * LANES; j += 4) {
        packFourRuns(depth, b, at + j * columnStride, columnStride, out, j);
      }
    } else if (columnStride != 1) {
      packTurned(used, width, depth, b, at, rowStride, columnStride, out, 0);
    } else if (used == 2 * LANES) {
      packTwoVectors(depth, b, at, rowStride, out);
    } else {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(b, at + p * rowStride, out, p * width, used);
      }
    }
  }

  /** Four rows at a time: as many lines come from the cache at once. */
  private static void packTwoVectors(int depth, float[] b, int at, int rowStride, float[] out) {
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      int b0 = at + p * rowStride;
      int b1 = b0 + rowStride;
      int b2 = b1 + rowStride;
      int b3 = b2 + rowStride;
      FloatVector v00 = FloatVector.fromArray(SPECIES, b, b0);
      FloatVector v01 = FloatVector.fromArray(SPECIES, b, b0 + LANES);
      FloatVector v10 = FloatVector.fromArray(SPECIES, b, b1);
      FloatVector v11 = FloatVector.fromArray(SPECIES, b, b1 + LANES);
      FloatVector v20 = FloatVector.fromArray(SPECIES, b, b2);
      FloatVector v21 = FloatVector.fromArray(SPECIES, b, b2 + LANES);
      FloatVector v30 = FloatVector.fromArray(SPECIES, b, b3);
      FloatVector v31 = FloatVector.fromArray(SPECIES, b, b3 + LANES);
      int to = p * (2 * LANES);
      v00.intoArray(out, to);
      v01.intoArray(out, to + LANES);
      v10.intoArray(out, to + 2 * LANES);
      v11.intoArray(out, to + 3 * LANES);
      v20.intoArray(out, to + 4 * LANES);
      v21.intoArray(out, to + 5 * LANES);
      v30.intoArray(out, to + 6 * LANES);
      v31.intoArray(out, to + 7 * LANES);
    }
    for (; p < depth; p++) {
      int from = at + p * rowStride;
      int to = p * (2 * LANES);
      FloatVector.fromArray(SPECIES, b, from).intoArray(out, to);
      FloatVector.fromArray(SPECIES, b, from + LANES).intoArray(out, to + LANES);
    }
  }

  private static void packTurned(
      int used,
      int width,
      int depth,
      float[] b,
      int at,
      int rowStride,
      int columnStride,
      float[] out,
      int outAt) {
    int j = 0;
    for (; j + 4 <= used; j += 4) {
      int b0 = at + j * columnStride;
      int b1 = b0 + columnStride;
      int b2 = b1 + columnStride;
      int b3 = b2 + columnStride;
      for (int p = 0; p < depth; p++) {
        int from = p * rowStride;
        int to = outAt + p * width + j;
        out[to] = b[b0 + from];
        out[to + 1] = b[b1 + from];
        out[to + 2] = b[b2 + from];
        out[to + 3] = b[b3 + from];
      }
    }
    for (; j < used; j++) {
      for (int p = 0; p < depth; p++) {
        out[outAt + p * width + j] = b[at + j * columnStride + p * rowStride];
      }
    }
  }

  /** Turns over four runs of elements; with a width that is known it takes no checks. */
  private static void packFourRuns(
      int depth, float[] b, int b0, int columnStride, float[] out, int outAt) {
    int b1 = b0 + columnStride;
    int b2 = b1 + columnStride;
    int b3 = b2 + columnStride;
    for (int p = 0; p < depth; p++) {
      int to = outAt + p * (VECTORS * LANES);
      out[to] = b[b0 + p];
      out[to + 1] = b[b1 + p];
      out[to + 2] = b[b2 + p];
      out[to + 3] = b[b3 + p];
    }
  }

  private static float[] ensure(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }

  @Override
  public boolean sharesColumns(int columns) {
    return columns >= SHARED_COLUMNS;
  }

  @Override
  public void addRow(int columns, float[] row, float[] c, int fromRow, int toRow) {
    for (int i = fromRow; i < toRow; i++) {
      addRowTo(columns, row, c, i * columns);
    }
  }

  private static void addRowTo(int columns, float[] row, float[] c, int at) {
    int j = 0;
    for (; j + LANES <= columns; j += LANES) {
      addTo(FloatVector.fromArray(SPECIES, row, j), c, at + j);
    }
    for (; j < columns; j++) {
      c[at + j] += row[j];
    }
  }

  @Override
  public void columnSums(
      int rows, int columns, float[] c, float[] sums, int fromColumn, int toColumn, Write write) {
    int j = fromColumn;
    for (; j + 4 * LANES <= toColumn; j += 4 * LANES) {
      sumFourVectors(rows, columns, c, sums, j, write);
    }
    for (; j + LANES <= toColumn; j += LANES) {
      sumVector(rows, columns, c, sums, j, write);
    }
    for (; j < toColumn; j++) {
      float sum = write == Write.OVERWRITE ? 0 : sums[j];
      for (int i = 0; i < rows; i++) {
        sum += c[i * columns + j];
      }
      sums[j] = sum;
    }
  }

  private static void sumFourVectors(
      int rows, int columns, float[] c, float[] sums, int column, Write write) {
    FloatVector s0 = start(sums, column, write);
    FloatVector s1 = start(sums, column + LANES, write);
    FloatVector s2 = start(sums, column + 2 * LANES, write);
    FloatVector s3 = start(sums, column + 3 * LANES, write);
    for (int i = 0; i < rows; i++) {
      int at = i * columns + column;
      s0 = s0.add(FloatVector.fromArray(SPECIES, c, at));
      s1 = s1.add(FloatVector.fromArray(SPECIES, c, at + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, c, at + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, c, at + 3 * LANES));
    }
    s0.intoArray(sums, column);
    s1.intoArray(sums, column + LANES);
    s2.intoArray(sums, column + 2 * LANES);
    s3.intoArray(sums, column + 3 * LANES);
  }

  private static void sumVector(
      int rows, int columns, float[] c, float[] sums, int column, Write write) {
    FloatVector s = start(sums, column, write);
    for (int i = 0; i < rows; i++) {
      s = s.add(FloatVector.fromArray(SPECIES, c, i * columns + column));
    }
    s.intoArray(sums, column);
  }

  private static FloatVector start(float[] sums, int column, Write write) {
    return write == Write.OVERWRITE
        ? FloatVector.zero(SPECIES)
        : FloatVector.fromArray(SPECIES, sums, column);
  }

  @Override
  public void compressedProduct(
      CompressedRows a, int columns, float[] b, float[] row, float[] c, int fromRow, int toRow) {
    if (toRow - fromRow < CompressedTile.SMALLEST_LISTED) {
      for (int i = fromRow; i < toRow; i++) {
        compressed.multiplyRow(a, i, columns, b, row, c);
      }
    } else {
      super.compressedProduct(a, columns, b, row, c, fromRow, toRow);
    }
  }

  @Override
  public void compressedProduct(
      BlockLists a,
      int columns,
      float[] b,
      float[] c,
      int cOffset,
      int fromBlock,
      int toBlock,
      int fromColumn,
      int toColumn) {
    compressed.multiply(a, columns, b, c, cOffset, fromBlock, toBlock, fromColumn, toColumn);
  }

  @Override
  public void addHalf(int columns, float[] half, float[] row, float[] c, int fromRow, int toRow) {
    for (int i = fromRow; i < toRow; i++) {
      int at = i * columns;
      int j = 0;
      for (; j + LANES <= columns; j += LANES) {
        FloatVector.fromArray(SPECIES, c, at + j)
            .add(FloatVector.fromArray(SPECIES, half, at + j))
            .add(FloatVector.fromArray(SPECIES, row, j))
            .intoArray(c, at + j);
      }
      for (; j < columns; j++) {
        c[at + j] = c[at + j] + half[at + j] + row[j];
      }
    }
  }

  @Override
  public void transposedCompressedProduct(
      BlockLists a, int columns, float[] b, float[] c, int fromBlock, int toBlock, Write write) {
    compressed.multiplyTransposed(a, columns, b, c, fromBlock, toBlock, write);
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
