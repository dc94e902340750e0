package dev.neurite.nn.kernel;

import dev.neurite.nn.random.RandomStream;
import java.util.Arrays;

/**
 * The kernels in plain Java.
 *
 * <p>The product copies blocks of B into separate arrays, because the JIT compiler turns a loop
 * into vector code only where every array is indexed by the bare loop variable: two places of
 * {@code float[]} with different offsets might be the same memory for all it knows.
 */
public class PlainKernels implements Kernels {
  /** Rows of B copied at a time. */
  private static final int INNER_BLOCK = 64;

  /** Columns of B copied at a time: a block of B stays within the second-level cache. */
  private static final int COLUMN_BLOCK = 1024;

  private float[][] bRows = new float[INNER_BLOCK][0];
  private float[] cRow = new float[0];
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
    if (write == Write.OVERWRITE) {
      for (int i = 0; i < rows; i++) {
        Arrays.fill(c, cOffset + i * cRowStride, cOffset + i * cRowStride + columns, 0f);
      }
    }
    ensureScratch(Math.min(columns, COLUMN_BLOCK));
    for (int column = 0; column < columns; column += COLUMN_BLOCK) {
      int width = Math.min(COLUMN_BLOCK, columns - column);
      for (int p = 0; p < inner; p += INNER_BLOCK) {
        int depth = Math.min(INNER_BLOCK, inner - p);
        copyRows(
            depth,
            width,
            b,
            bOffset + p * bRowStride + column * bColumnStride,
            bRowStride,
            bColumnStride);
        for (int i = 0; i < rows; i++) {
          int cStart = cOffset + i * cRowStride + column;
          System.arraycopy(c, cStart, cRow, 0, width);
          addRows(depth, width, a, aOffset + i * aRowStride + p * aColumnStride, aColumnStride);
          System.arraycopy(cRow, 0, c, cStart, width);
        }
      }
    }
  }

  private void ensureScratch(int width) {
    if (cRow.length < width) {
      cRow = new float[width];
      bRows = new float[INNER_BLOCK][width];
    }
  }

  private void copyRows(
      int depth, int width, float[] b, int start, int rowStride, int columnStride) {
    if (columnStride == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(b, start + p * rowStride, bRows[p], 0, width);
      }
      return;
    }
    for (int j = 0; j < width; j++) {
      int column = start + j * columnStride;
      for (int p = 0; p < depth; p++) {
        bRows[p][j] = b[column + p * rowStride];
      }
    }
  }

  /** {@code cRow += Σ_p a[p] · bRows[p]}, four rows at a time. */
  private void addRows(int depth, int width, float[] a, int aStart, int aStride) {
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      int at = aStart + p * aStride;
      addFourRows(
          cRow,
          a[at],
          bRows[p],
          a[at + aStride],
          bRows[p + 1],
          a[at + 2 * aStride],
          bRows[p + 2],
          a[at + 3 * aStride],
          bRows[p + 3],
          width);
    }
    for (; p < depth; p++) {
      addOneRow(cRow, a[aStart + p * aStride], bRows[p], width);
    }
  }

  private static void addFourRows(
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

  private static void addOneRow(float[] c, float x, float[] b, int width) {
    for (int j = 0; j < width; j++) {
      c[j] = Math.fma(x, b[j], c[j]);
    }
  }

  @Override
  public void compressedProduct(
      CompressedRows a, int columns, float[] b, float[] row, float[] c, int fromRow, int toRow) {
    compressedStrip(a, columns, b, row, c, fromRow, toRow, 0);
  }

  /** The columns of {@link #compressedProduct} from {@code fromColumn} on. */
  protected final void compressedStrip(
      CompressedRows a,
      int columns,
      float[] b,
      float[] row,
      float[] c,
      int fromRow,
      int toRow,
      int fromColumn) {
    int width = columns - fromColumn;
    ensureScratch(width);
    float[] x = a.values();
    for (int i = fromRow; i < toRow; i++) {
      Arrays.fill(cRow, 0, width, 0f);
      int end = a.starts()[i + 1];
      int e = a.starts()[i];
      for (; e + 4 <= end; e += 4) {
        for (int q = 0; q < 4; q++) {
          System.arraycopy(b, a.columns()[e + q] * columns + fromColumn, bRows[q], 0, width);
        }
        addFourRows(
            cRow, x[e], bRows[0], x[e + 1], bRows[1], x[e + 2], bRows[2], x[e + 3], bRows[3],
            width);
      }
      for (; e < end; e++) {
        System.arraycopy(b, a.columns()[e] * columns + fromColumn, bRows[0], 0, width);
        addOneRow(cRow, x[e], bRows[0], width);
      }
      for (int j = 0; j < width; j++) {
        c[i * columns + fromColumn + j] = cRow[j] + row[fromColumn + j];
      }
    }
  }

  @Override
  public void transposedCompressedProduct(
      CompressedRows a, int columns, float[] b, float[] c, int fromRow, int toRow) {
    transposedCompressedStrip(a, columns, b, c, fromRow, toRow, 0);
  }

  /** The columns of {@link #transposedCompressedProduct} from {@code fromColumn} on. */
  protected final void transposedCompressedStrip(
      CompressedRows a, int columns, float[] b, float[] c, int fromRow, int toRow, int fromColumn) {
    int width = columns - fromColumn;
    ensureScratch(width);
    for (int i = 0; i < a.rows(); i++) {
      System.arraycopy(b, i * columns + fromColumn, bRows[0], 0, width);
      int end = a.firstFrom(i, toRow);
      for (int e = a.firstFrom(i, fromRow); e < end; e++) {
        int cStart = a.columns()[e] * columns + fromColumn;
        System.arraycopy(c, cStart, cRow, 0, width);
        addOneRow(cRow, a.values()[e], bRows[0], width);
        System.arraycopy(cRow, 0, c, cStart, width);
      }
    }
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
