package dev.neurite.nn.kernel;

import dev.neurite.nn.random.RandomStream;
import java.util.Arrays;

/**
 * The kernels in plain Java.
 *
 * <p>The products copy rows of B and C into separate arrays, because the JIT compiler turns a loop
 * into vector code only where every array is indexed by the bare loop variable: two places of
 * {@code float[]} with different offsets might be the same memory for all it knows. A loop adds two
 * rows of B to three rows of C: more makes the loop's body too large for the compiler to vectorise
 * (JDK 17), less loads more than it computes.
 */
public class PlainKernels implements Kernels {
  /** Rows of B copied at a time. */
  private static final int INNER_BLOCK = 48;

  /** Rows of C copied at a time. */
  private static final int ROW_BLOCK = 128;

  /** Columns copied at a time: a block of B stays within the second-level cache. */
  private static final int COLUMN_BLOCK = 1024;

  /** Below this many columns the transposed product is computed: its rows are longer. */
  private static final int NARROW = 24;

  /** Rows of a compressed matrix that are multiplied at a time. */
  private static final int LISTED_ROWS = 128;

  private static final float[][] NO_ROWS = {};

  private float[][] bRows = NO_ROWS;
  private float[][] cRows = NO_ROWS;
  private int scratchWidth;
  private final BlockLists lists = new BlockLists();
  private final ThreefryBlocks blocks = new ThreefryBlocks();
  private final PlainActivations activations;
  private final PlainSoftmax softmax;
  private final PlainRows rowSums = new PlainRows();

  /** With the activations in plain Java. */
  public PlainKernels() {
    this(new PlainActivations(), new PlainSoftmax());
  }

  /** With other activations and another softmax. */
  protected PlainKernels(PlainActivations activations, PlainSoftmax softmax) {
    this.activations = activations;
    this.softmax = softmax;
  }

  @Override
  public String name() {
    return "plain";
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
    // Decided by the columns alone, so that a product split by rows is computed alike.
    if (columns < NARROW) {
      multiply(
          columns,
          rows,
          inner,
          b,
          bOffset,
          bColumnStride,
          bRowStride,
          a,
          aOffset,
          aColumnStride,
          aRowStride,
          c,
          cOffset,
          1,
          cRowStride,
          write);
    } else {
      multiply(
          rows,
          columns,
          inner,
          a,
          aOffset,
          aRowStride,
          aColumnStride,
          b,
          bOffset,
          bRowStride,
          bColumnStride,
          c,
          cOffset,
          cRowStride,
          1,
          write);
    }
  }

  private void multiply(
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
      int cColumnStride,
      Write write) {
    for (int column = 0; column < columns; column += COLUMN_BLOCK) {
      int width = Math.min(COLUMN_BLOCK, columns - column);
      takeMemory(INNER_BLOCK, ROW_BLOCK, width);
      for (int row = 0; row < rows; row += ROW_BLOCK) {
        int height = Math.min(ROW_BLOCK, rows - row);
        int cAt = cOffset + row * cRowStride + column * cColumnStride;
        for (int i = 0; i < height; i++) {
          if (write == Write.OVERWRITE) {
            Arrays.fill(cRows[i], 0, width, 0f);
          } else {
            copyIn(width, c, cAt + i * cRowStride, cColumnStride, cRows[i]);
          }
        }
        for (int p = 0; p < inner; p += INNER_BLOCK) {
          int depth = Math.min(INNER_BLOCK, inner - p);
          int bAt = bOffset + p * bRowStride + column * bColumnStride;
          copyRowsOfB(depth, width, b, bAt, bRowStride, bColumnStride);
          int aAt = aOffset + row * aRowStride + p * aColumnStride;
          addBlock(height, depth, width, a, aAt, aRowStride, aColumnStride);
        }
        for (int i = 0; i < height; i++) {
          copyOut(width, cRows[i], c, cAt + i * cRowStride, cColumnStride);
        }
      }
    }
  }

  private void takeMemory(int rowsOfB, int rowsOfC, int width) {
    if (scratchWidth < width || bRows.length < rowsOfB || cRows.length < rowsOfC) {
      scratchWidth = Math.max(scratchWidth, width);
      bRows = new float[Math.max(bRows.length, rowsOfB)][scratchWidth];
      cRows = new float[Math.max(cRows.length, rowsOfC)][scratchWidth];
    }
  }

  private void copyRowsOfB(
      int depth, int width, float[] b, int at, int rowStride, int columnStride) {
    int q = 0;
    if (rowStride == 1 && columnStride != 1) {
      for (; q + 8 <= depth; q += 8) {
        copyTurned(
            width,
            b,
            at + q,
            columnStride,
            bRows[q],
            bRows[q + 1],
            bRows[q + 2],
            bRows[q + 3],
            bRows[q + 4],
            bRows[q + 5],
            bRows[q + 6],
            bRows[q + 7]);
      }
    }
    for (; q < depth; q++) {
      copyIn(width, b, at + q * rowStride, columnStride, bRows[q]);
    }
  }

  /**
   * Copies eight rows that stand as columns: a cache line of them is read once, not eight times.
   */
  private static void copyTurned(
      int width,
      float[] from,
      int at,
      int stride,
      float[] r0,
      float[] r1,
      float[] r2,
      float[] r3,
      float[] r4,
      float[] r5,
      float[] r6,
      float[] r7) {
    for (int j = 0; j < width; j++) {
      int k = at + j * stride;
      r0[j] = from[k];
      r1[j] = from[k + 1];
      r2[j] = from[k + 2];
      r3[j] = from[k + 3];
      r4[j] = from[k + 4];
      r5[j] = from[k + 5];
      r6[j] = from[k + 6];
      r7[j] = from[k + 7];
    }
  }

  private static void copyIn(int width, float[] from, int at, int stride, float[] row) {
    if (stride == 1) {
      System.arraycopy(from, at, row, 0, width);
      return;
    }
    for (int j = 0; j < width; j++) {
      row[j] = from[at + j * stride];
    }
  }

  private static void copyOut(int width, float[] row, float[] to, int at, int stride) {
    if (stride == 1) {
      System.arraycopy(row, 0, to, at, width);
      return;
    }
    for (int j = 0; j < width; j++) {
      to[at + j * stride] = row[j];
    }
  }

  /** {@code cRows += A · bRows}, an element in the order of the inner index. */
  private void addBlock(
      int height, int depth, int width, float[] a, int aAt, int rowStride, int columnStride) {
    int i = 0;
    for (; i + 3 <= height; i += 3) {
      int a0 = aAt + i * rowStride;
      int a1 = a0 + rowStride;
      int a2 = a1 + rowStride;
      int p = 0;
      for (; p + 2 <= depth; p += 2) {
        int first = p * columnStride;
        int second = first + columnStride;
        addTwoToThree(
            cRows[i],
            cRows[i + 1],
            cRows[i + 2],
            a[a0 + first],
            a[a0 + second],
            a[a1 + first],
            a[a1 + second],
            a[a2 + first],
            a[a2 + second],
            bRows[p],
            bRows[p + 1],
            width);
      }
      if (p < depth) {
        int last = p * columnStride;
        addOne(cRows[i], a[a0 + last], bRows[p], width);
        addOne(cRows[i + 1], a[a1 + last], bRows[p], width);
        addOne(cRows[i + 2], a[a2 + last], bRows[p], width);
      }
    }
    for (; i < height; i++) {
      int row = aAt + i * rowStride;
      int p = 0;
      for (; p + 4 <= depth; p += 4) {
        int at = row + p * columnStride;
        addFour(
            cRows[i],
            a[at],
            bRows[p],
            a[at + columnStride],
            bRows[p + 1],
            a[at + 2 * columnStride],
            bRows[p + 2],
            a[at + 3 * columnStride],
            bRows[p + 3],
            width);
      }
      for (; p < depth; p++) {
        addOne(cRows[i], a[row + p * columnStride], bRows[p], width);
      }
    }
  }

  private static void addTwoToThree(
      float[] c0,
      float[] c1,
      float[] c2,
      float x00,
      float x01,
      float x10,
      float x11,
      float x20,
      float x21,
      float[] b0,
      float[] b1,
      int width) {
    for (int j = 0; j < width; j++) {
      float y0 = b0[j];
      float y1 = b1[j];
      c0[j] = Math.fma(x01, y1, Math.fma(x00, y0, c0[j]));
      c1[j] = Math.fma(x11, y1, Math.fma(x10, y0, c1[j]));
      c2[j] = Math.fma(x21, y1, Math.fma(x20, y0, c2[j]));
    }
  }

  private static void addFour(
      float[] c,
      float x0,
      float[] b0,
      float x1,
      float[] b1,
      float x2,
      float[] b2,
      float x3,
      float[] b3,
      int width) {
    for (int j = 0; j < width; j++) {
      c[j] =
          Math.fma(x3, b3[j], Math.fma(x2, b2[j], Math.fma(x1, b1[j], Math.fma(x0, b0[j], c[j]))));
    }
  }

  private static void addOne(float[] c, float x, float[] b, int width) {
    for (int j = 0; j < width; j++) {
      c[j] = Math.fma(x, b[j], c[j]);
    }
  }

  @Override
  public void compressedProduct(
      CompressedRows a, int columns, float[] b, float[] row, float[] c, int fromRow, int toRow) {
    int rows = toRow - fromRow;
    int parts = (rows + LISTED_ROWS - 1) / LISTED_ROWS;
    try {
      for (int part = 0; part < parts; part++) {
        int from = fromRow + (int) ((long) part * rows / parts);
        int to = fromRow + (int) ((part + 1L) * rows / parts);
        lists.sortInPlace(a, from, to);
        compressedProduct(lists, columns, b, c, from * columns, 0, a.blockColumns(), 0, columns);
        addRow(columns, row, c, from, to);
      }
    } finally {
      lists.release();
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
    int rows = a.rows();
    int width = toColumn - fromColumn;
    takeMemory(CompressedRows.BLOCK, rows, width);
    for (int i = 0; i < rows; i++) {
      Arrays.fill(cRows[i], 0, width, 0f);
    }
    float[] x = a.values();
    int[] places = a.places();
    int entryStep = a.entryStep();
    int rowStep = a.rowStep();
    for (int k = fromBlock; k < toBlock; k++) {
      int from = a.start(k);
      int to = a.end(k);
      for (int q = 0; q < CompressedRows.BLOCK && from < to; q++) {
        // Beyond the last column a block is zero: any row of B will do.
        int p = Math.min(k * CompressedRows.BLOCK + q, a.columns() - 1);
        System.arraycopy(b, p * columns + fromColumn, bRows[q], 0, width);
      }
      int valuesAt = a.valuesAt(k);
      for (int e = from; e < to; e++) {
        int row = places[e];
        int at = valuesAt + e * entryStep + row * rowStep;
        addFour(
            cRows[row],
            x[at],
            bRows[0],
            x[at + 1],
            bRows[1],
            x[at + 2],
            bRows[2],
            x[at + 3],
            bRows[3],
            width);
      }
    }
    for (int i = 0; i < rows; i++) {
      int at = cOffset + i * columns + fromColumn;
      System.arraycopy(cRows[i], 0, c, at, width);
      if (a.factor() != 1) {
        multiply(a.factor(), c, at, at + width);
      }
    }
  }

  private static void multiply(float factor, float[] c, int from, int to) {
    for (int j = from; j < to; j++) {
      c[j] *= factor;
    }
  }

  @Override
  public void addHalf(int columns, float[] half, float[] row, float[] c, int fromRow, int toRow) {
    for (int i = fromRow; i < toRow; i++) {
      int at = i * columns;
      for (int j = 0; j < columns; j++) {
        c[at + j] = c[at + j] + half[at + j] + row[j];
      }
    }
  }

  @Override
  public void transposedCompressedProduct(
      BlockLists a, int columns, float[] b, float[] c, int fromBlock, int toBlock, Write write) {
    takeMemory(a.rows(), 1, columns);
    for (int i = 0; i < a.rows(); i++) {
      System.arraycopy(b, i * columns, bRows[i], 0, columns);
    }
    float[] sums = cRows[0];
    int toRow = Math.min(a.columns(), toBlock * CompressedRows.BLOCK);
    for (int p = fromBlock * CompressedRows.BLOCK; p < toRow; p++) {
      if (write == Write.OVERWRITE) {
        Arrays.fill(sums, 0, columns, 0f);
      } else {
        System.arraycopy(c, p * columns, sums, 0, columns);
      }
      addColumn(a, p / CompressedRows.BLOCK, p % CompressedRows.BLOCK, columns, sums);
      System.arraycopy(sums, 0, c, p * columns, columns);
    }
  }

  /** {@code sums += Σᵢ A[i, 4k + q] · bRows[i]} over the list of block column k. */
  private void addColumn(BlockLists a, int k, int q, int columns, float[] sums) {
    int[] rows = a.places();
    float[] x = a.values();
    int e = a.start(k);
    int to = a.end(k);
    for (; e + 4 <= to; e += 4) {
      addFour(
          sums,
          x[4 * e + q],
          bRows[rows[e]],
          x[4 * e + 4 + q],
          bRows[rows[e + 1]],
          x[4 * e + 8 + q],
          bRows[rows[e + 2]],
          x[4 * e + 12 + q],
          bRows[rows[e + 3]],
          columns);
    }
    for (; e < to; e++) {
      addOne(sums, x[4 * e + q], bRows[rows[e]], columns);
    }
  }

  @Override
  public void product(int rows, float[] a, int aOffset, ConstantMatrix b, float[] c, int cOffset) {
    int inner = b.rows();
    int columns = b.columns();
    product(
        rows,
        columns,
        inner,
        a,
        aOffset,
        inner,
        1,
        b.values(),
        0,
        columns,
        1,
        c,
        cOffset,
        columns,
        Write.OVERWRITE);
  }

  /** Never: long rows of B and C are what the loops are fast on. */
  @Override
  public boolean sharesColumns(int columns) {
    return false;
  }

  @Override
  public void addRow(int columns, float[] row, float[] c, int fromRow, int toRow) {
    rowSums.add(columns, row, c, fromRow, toRow);
  }

  @Override
  public void columnSums(
      int rows, int columns, float[] c, float[] sums, int fromColumn, int toColumn, Write write) {
    rowSums.sum(rows, columns, c, sums, fromColumn, toColumn, write);
  }

  @Override
  public void scale(float factor, float[] x, float[] y, int from, int to, Write write) {
    if (write == Write.OVERWRITE) {
      for (int i = from; i < to; i++) {
        y[i] = factor * x[i];
      }
    } else {
      for (int i = from; i < to; i++) {
        y[i] += factor * x[i];
      }
    }
  }

  @Override
  public void addScaled(float[] a, float factor, float[] b, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = a[i] + factor * b[i];
    }
  }

  @Override
  public void multiply(float[] a, float[] b, float[] y, int from, int to, Write write) {
    if (write == Write.OVERWRITE) {
      for (int i = from; i < to; i++) {
        y[i] = a[i] * b[i];
      }
    } else {
      for (int i = from; i < to; i++) {
        y[i] += a[i] * b[i];
      }
    }
  }

  @Override
  public double squaredNorm(float[] x, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
      s4 += (double) x[i + 4] * x[i + 4];
      s5 += (double) x[i + 5] * x[i + 5];
      s6 += (double) x[i + 6] * x[i + 6];
      s7 += (double) x[i + 7] * x[i + 7];
    }
    for (; i < to; i++) {
      s0 += (double) x[i] * x[i];
    }
    return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
  }

  @Override
  public void activate(ActivationFunction f, float slope, float[] x, float[] y, int from, int to) {
    activations.activate(f, slope, x, y, from, to);
  }

  @Override
  public void activateBackward(
      ActivationFunction f,
      float slope,
      float[] x,
      float[] y,
      float[] dy,
      float[] dx,
      int from,
      int to,
      Write write) {
    activations.activateBackward(f, slope, x, y, dy, dx, from, to, write);
  }

  @Override
  public void dropout(
      RandomStream stream,
      int step,
      float dropRate,
      float[] x,
      float[] y,
      float[] mask,
      int from,
      int to) {
    int threshold = (int) Math.rint((double) dropRate * 0x1p24);
    float kept = (float) (1 / (1 - (double) dropRate));
    // Whole groups of 32 words are made many at a time, the rest one by one: the same words.
    int firstGroup = Math.min(to, (from + 31) & -32);
    int lastGroup = Math.max(firstGroup, to & -32);
    maskOneByOne(stream, step, threshold, kept, mask, from, firstGroup);
    for (int group = firstGroup; group < lastGroup; group += 2 * ThreefryBlocks.COUNT) {
      blocks.fill(stream, step, group >> 1);
      int words = Math.min(2 * ThreefryBlocks.COUNT, lastGroup - group);
      for (int word = 0; word < words; word += 32) {
        maskSixteen(blocks.first, word >> 1, threshold, kept, mask, group + word);
        maskSixteen(blocks.second, word >> 1, threshold, kept, mask, group + word + 16);
      }
    }
    maskOneByOne(stream, step, threshold, kept, mask, lastGroup, to);
    for (int i = from; i < to; i++) {
      y[i] = x[i] * mask[i];
    }
  }

  private static void maskOneByOne(
      RandomStream stream, int step, int threshold, float kept, float[] mask, int from, int to) {
    for (int i = from; i < to; i++) {
      mask[i] = stream.bits(step, i) >>> 8 < threshold ? 0f : kept;
    }
  }

  /**
   * Turns 16 random words into masks.
   *
   * @param words read from {@code from} on
   * @param mask overwritten from {@code at} on
   */
  protected void maskSixteen(
      int[] words, int from, int threshold, float kept, float[] mask, int at) {
    for (int i = 0; i < 16; i++) {
      mask[at + i] = words[from + i] >>> 8 < threshold ? 0f : kept;
    }
  }

  @Override
  public void softmax(int columns, float[] x, float[] y, int fromRow, int toRow) {
    softmax.softmax(columns, x, y, fromRow, toRow);
  }

  @Override
  public void softmaxBackward(
      int columns, float[] y, float[] dy, float[] dx, int fromRow, int toRow, Write write) {
    PlainSoftmax.softmaxBackward(columns, y, dy, dx, fromRow, toRow, write);
  }

  @Override
  public void softmaxCrossEntropy(
      int columns,
      float smoothing,
      float[] x,
      int[] labels,
      float[] probabilities,
      double[] losses,
      int fromRow,
      int toRow) {
    softmax.crossEntropy(columns, smoothing, x, labels, probabilities, losses, fromRow, toRow);
  }

  @Override
  public void softmaxCrossEntropyBackward(
      int columns,
      float smoothing,
      float factor,
      float[] probabilities,
      int[] labels,
      float[] dx,
      int fromRow,
      int toRow,
      Write write) {
    PlainSoftmax.crossEntropyBackward(
        columns, smoothing, factor, probabilities, labels, dx, fromRow, toRow, write);
  }
}
