package dev.neurite.nn.kernel;

import dev.neurite.nn.random.RandomStream;

/**
 * What can be computed on arrays; one object per thread, because it owns scratch memory.
 *
 * <p>Every argument is <em>read</em>, <em>overwritten</em>, or written as a {@link Write} argument
 * says. Outputs never share memory with inputs, except where a method says so. Ranges are {@code
 * [from, to)}. The value of one output element depends only on its own inputs and never on the
 * range it is computed in, so splitting a range over threads changes no bit.
 */
public interface Kernels {
  /** The implementation's name for logs and records, for example {@code plain}. */
  String name();

  /**
   * The matrix product {@code C = A · B} of strided views: {@code A[i, p]} stands at {@code aOffset
   * + i · aRowStride + p · aColumnStride}, likewise B; a transposed matrix is a view with its
   * strides exchanged. C is {@code rows × columns}, its columns adjacent.
   *
   * <p>Each element is summed in the order of the inner index, in an order that does not depend on
   * {@code rows}, {@code columns} or offsets.
   *
   * @param rows rows of A and C
   * @param columns columns of B and C
   * @param inner columns of A and rows of B; 0 gives zeros
   * @param a read
   * @param b read
   * @param c written
   * @param write whether the product replaces C or is added to it
   */
  void product(
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
      Write write);

  /**
   * The matrix product {@code C = A · B} with a matrix that does not change; the bits are those of
   * the other {@link #product}.
   *
   * @param a read, {@code rows × b.rows()} values from {@code aOffset} on
   * @param b read; what is kept of it is made by the first call
   * @param c overwritten, {@code rows × b.columns()} values from {@code cOffset} on
   */
  void product(int rows, float[] a, int aOffset, ConstantMatrix b, float[] c, int cOffset);

  /**
   * Whether threads that share a product had better share its columns than its rows. The bits are
   * the same either way.
   *
   * @param columns columns of B and C
   */
  boolean sharesColumns(int columns);

  /**
   * The product of a compressed matrix with a dense one, plus a row: {@code C[i, j] = Σₚ A[i, p] ·
   * B[p, j] + row[j]}, summed over p in order. Columns of A in which neighbours are zero too may be
   * left out, so the result is the dense product's wherever B is finite; zeros of A may or may not
   * meet the infinities and NaNs of B.
   *
   * @param a read, {@code rows × inner}
   * @param columns columns of B and C, which are dense
   * @param b read, {@code inner × columns}
   * @param row read, {@code columns} values
   * @param c overwritten, rows {@code fromRow} to {@code toRow}
   */
  void compressedProduct(
      CompressedRows a, int columns, float[] b, float[] row, float[] c, int fromRow, int toRow);

  /**
   * Part of the product of a compressed matrix with a dense one: {@code C[i, j] = Σₚ A[i, p] · B[p,
   * j]} over the columns p of some blocks, in order, times {@link BlockLists#factor}.
   *
   * @param a read, {@code rows × inner}
   * @param columns columns of B and C, which are dense
   * @param b read, {@code inner × columns}
   * @param c overwritten in columns {@code fromColumn} to {@code toColumn}, {@code rows × columns}
   *     from {@code cOffset} on
   * @param fromBlock first block column of A
   * @param toBlock end of the block columns of A
   */
  void compressedProduct(
      BlockLists a,
      int columns,
      float[] b,
      float[] c,
      int cOffset,
      int fromBlock,
      int toBlock,
      int fromColumn,
      int toColumn);

  /**
   * The product of a transposed compressed matrix with a dense one: {@code C[p, j] = Σᵢ A[i, p] ·
   * B[i, j]}, summed in the order of i.
   *
   * @param a read, {@code rows × inner}
   * @param columns columns of B and C, which are dense
   * @param b read, {@code rows × columns}
   * @param c written, {@code inner × columns}, the rows of the block columns {@code fromBlock} to
   *     {@code toBlock} of A
   */
  void transposedCompressedProduct(
      BlockLists a, int columns, float[] b, float[] c, int fromBlock, int toBlock, Write write);

  /**
   * Completes the sum of two halves: {@code C[i, j] = C[i, j] + half[i, j] + row[j]}.
   *
   * @param columns columns of C
   * @param half read, laid out like C
   * @param row read, {@code columns} values
   * @param c accumulated, rows {@code fromRow} to {@code toRow}
   */
  void addHalf(int columns, float[] half, float[] row, float[] c, int fromRow, int toRow);

  /**
   * Adds a row to every row of a matrix: {@code C[i, j] += row[j]}.
   *
   * @param columns columns of C, which is dense
   * @param row read, {@code columns} values
   * @param c accumulated, rows {@code fromRow} to {@code toRow}
   */
  void addRow(int columns, float[] row, float[] c, int fromRow, int toRow);

  /**
   * Sums the rows of a dense matrix: {@code sums[j] = Σᵢ C[i, j]}, in the order of the rows.
   *
   * @param rows rows of C
   * @param columns columns of C
   * @param c read
   * @param sums written, columns {@code fromColumn} to {@code toColumn}
   */
  void columnSums(
      int rows, int columns, float[] c, float[] sums, int fromColumn, int toColumn, Write write);

  /** {@code y = factor · x}, written as {@code write} says. */
  void scale(float factor, float[] x, float[] y, int from, int to, Write write);

  /** {@code y = a + factor · b}; y is overwritten. */
  void addScaled(float[] a, float factor, float[] b, float[] y, int from, int to);

  /** {@code y = a · b} elementwise, written as {@code write} says. */
  void multiply(float[] a, float[] b, float[] y, int from, int to, Write write);

  /**
   * {@code Σ x²} in double precision, as eight sums of every eighth element from {@code from} on.
   */
  double squaredNorm(float[] x, int from, int to);

  /** {@code y = f(x)} elementwise; y is overwritten, and may be x itself. */
  void activate(ActivationFunction f, float slope, float[] x, float[] y, int from, int to);

  /**
   * {@code dx = f'(x) · dy} elementwise.
   *
   * @param x read, the input of the forward pass
   * @param y read, its output
   * @param dy read, the gradient with respect to y
   * @param dx written, the gradient with respect to x
   */
  void activateBackward(
      ActivationFunction f,
      float slope,
      float[] x,
      float[] y,
      float[] dy,
      float[] dx,
      int from,
      int to,
      Write write);

  /**
   * Inverted dropout: {@code mask[i]} is 0 with probability {@code dropRate}, else {@code 1 / (1 -
   * dropRate)}, and {@code y = mask · x}. The mask at {@code i} is a pure function of the stream,
   * the step and {@code i}: 0 where the top 24 bits of the random word are below {@code dropRate ·
   * 2^24}.
   *
   * @param x read
   * @param y overwritten
   * @param mask overwritten
   */
  void dropout(
      RandomStream stream,
      int step,
      float dropRate,
      float[] x,
      float[] y,
      float[] mask,
      int from,
      int to);

  /**
   * Softmax of each row, with the row's maximum subtracted first.
   *
   * @param columns row length
   * @param x read
   * @param y overwritten, rows {@code fromRow} to {@code toRow}; may be {@code x}
   */
  void softmax(int columns, float[] x, float[] y, int fromRow, int toRow);

  /**
   * The gradient of softmax: {@code dx = y · (dy - Σ dy · y)} for each row.
   *
   * @param y read, the output of the forward pass
   * @param dy read
   * @param dx written
   */
  void softmaxBackward(
      int columns, float[] y, float[] dy, float[] dx, int fromRow, int toRow, Write write);

  /**
   * Softmax and cross-entropy of each row against its label, from logits: with target {@code t =
   * onehot · (1 - smoothing) + smoothing / columns} the loss of a row is {@code -Σ t · log
   * softmax(x)}.
   *
   * @param columns number of classes
   * @param smoothing label smoothing in [0, 1)
   * @param x read, logits
   * @param labels read, one class per row in [0, columns)
   * @param probabilities overwritten, the softmax
   * @param losses overwritten, one value per row
   */
  void softmaxCrossEntropy(
      int columns,
      float smoothing,
      float[] x,
      int[] labels,
      float[] probabilities,
      double[] losses,
      int fromRow,
      int toRow);

  /**
   * The gradient of {@link #softmaxCrossEntropy}: {@code dx = factor · (p - t)}.
   *
   * @param factor gradient of the loss of one row, usually 1 / rows
   * @param probabilities read
   * @param dx written
   */
  void softmaxCrossEntropyBackward(
      int columns,
      float smoothing,
      float factor,
      float[] probabilities,
      int[] labels,
      float[] dx,
      int fromRow,
      int toRow,
      Write write);
}
