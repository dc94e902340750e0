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
final class PlainKernels implements Kernels {
  /** Rows of B copied at a time. */
  private static final int INNER_BLOCK = 64;

  /** Columns of B copied at a time: a block of B stays within the second-level cache. */
  private static final int COLUMN_BLOCK = 1024;

  private float[][] bRows = new float[INNER_BLOCK][0];
  private float[] cRow = new float[0];

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
  public void addRow(int columns, float[] row, float[] c, int fromRow, int toRow) {
    for (int i = fromRow; i < toRow; i++) {
      int start = i * columns;
      for (int j = 0; j < columns; j++) {
        c[start + j] += row[j];
      }
    }
  }

  @Override
  public void columnSums(
      int rows, int columns, float[] c, float[] sums, int fromColumn, int toColumn, Write write) {
    if (write == Write.OVERWRITE) {
      Arrays.fill(sums, fromColumn, toColumn, 0f);
    }
    for (int i = 0; i < rows; i++) {
      int start = i * columns;
      for (int j = fromColumn; j < toColumn; j++) {
        sums[j] += c[start + j];
      }
    }
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
  public void activate(ActivationFunction f, float slope, float[] x, float[] y, int from, int to) {
    if (f == ActivationFunction.RELU) {
      for (int i = from; i < to; i++) {
        y[i] = Math.max(x[i], 0f);
      }
      return;
    }
    for (int i = from; i < to; i++) {
      y[i] = f.value(x[i], slope);
    }
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
    if (f == ActivationFunction.RELU && write == Write.OVERWRITE) {
      for (int i = from; i < to; i++) {
        dx[i] = x[i] > 0 ? dy[i] : 0f;
      }
      return;
    }
    for (int i = from; i < to; i++) {
      float gradient = f.derivative(x[i], y[i], slope) * dy[i];
      dx[i] = write == Write.OVERWRITE ? gradient : dx[i] + gradient;
    }
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
    for (int i = from; i < to; i++) {
      mask[i] = stream.bits(step, i) >>> 8 < threshold ? 0f : kept;
      y[i] = x[i] * mask[i];
    }
  }

  @Override
  public void softmax(int columns, float[] x, float[] y, int fromRow, int toRow) {
    for (int i = fromRow; i < toRow; i++) {
      softmaxRow(columns, x, y, i * columns);
    }
  }

  /** Writes the softmax of one row and returns the logarithm of the sum of its exponentials. */
  private static double softmaxRow(int columns, float[] x, float[] y, int start) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < columns; j++) {
      largest = Math.max(largest, x[start + j]);
    }
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      double power = Math.exp((double) x[start + j] - largest);
      y[start + j] = (float) power;
      sum += power;
    }
    float factor = (float) (1 / sum);
    for (int j = 0; j < columns; j++) {
      y[start + j] *= factor;
    }
    return largest + Math.log(sum);
  }

  @Override
  public void softmaxBackward(
      int columns, float[] y, float[] dy, float[] dx, int fromRow, int toRow, Write write) {
    for (int i = fromRow; i < toRow; i++) {
      int start = i * columns;
      double dot = 0;
      for (int j = 0; j < columns; j++) {
        dot += (double) dy[start + j] * y[start + j];
      }
      for (int j = 0; j < columns; j++) {
        float gradient = (float) (y[start + j] * (dy[start + j] - dot));
        dx[start + j] = write == Write.OVERWRITE ? gradient : dx[start + j] + gradient;
      }
    }
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
    for (int i = fromRow; i < toRow; i++) {
      int start = i * columns;
      double logSum = softmaxRow(columns, x, probabilities, start);
      double loss = (1 - (double) smoothing) * (logSum - x[start + labels[i]]);
      if (smoothing != 0) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
          sum += logSum - x[start + j];
        }
        loss += smoothing * sum / columns;
      }
      losses[i] = loss;
    }
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
    float rest = smoothing / columns;
    for (int i = fromRow; i < toRow; i++) {
      int start = i * columns;
      for (int j = 0; j < columns; j++) {
        float target = j == labels[i] ? 1 - smoothing + rest : rest;
        float gradient = factor * (probabilities[start + j] - target);
        dx[start + j] = write == Write.OVERWRITE ? gradient : dx[start + j] + gradient;
      }
    }
  }
}
