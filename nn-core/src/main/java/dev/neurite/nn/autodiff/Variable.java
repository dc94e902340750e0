package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.Write;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** A matrix in a recorded expression, with its gradient if it needs one. */
public sealed class Variable permits Parameter {
  private static final float[] NO_VALUES = {};

  private final FMatrixRMaj value;
  private final boolean needsGradient;

  /** Null until it is first asked for: a copy that only answers never has one. */
  private @Nullable FMatrixRMaj gradient;

  /** The non-zero elements, where they stand for the matrix; then the matrix is not filled. */
  private final @Nullable CompressedRows compressed;

  /** True while nothing has been added to the gradient since it was zeroed. */
  private boolean gradientIsZero = true;

  /** Makes a variable; the gradient's memory is taken once, when it is first needed. */
  Variable(FMatrixRMaj value, boolean needsGradient) {
    this.value = value;
    this.needsGradient = needsGradient;
    this.compressed = null;
  }

  /** Makes a compressed input: it has a shape and non-zero elements, but no dense values. */
  Variable(int rows, int columns, CompressedRows compressed) {
    this.value = FMatrixRMaj.wrap(rows, columns, NO_VALUES);
    this.needsGradient = false;
    this.compressed = compressed;
  }

  /** The live matrix, {@code rows × columns}; a caller may write the values of an input. */
  public final FMatrixRMaj value() {
    return value;
  }

  /** Number of rows. */
  public final int rows() {
    return value.numRows;
  }

  /** Number of columns. */
  public final int columns() {
    return value.numCols;
  }

  /** Number of elements; the array behind the matrix may be longer. */
  public final int size() {
    return value.numRows * value.numCols;
  }

  /**
   * The only element of a 1×1 variable.
   *
   * @throws IllegalStateException if it has another shape
   */
  public final float scalar() {
    if (size() != 1) {
      throw new IllegalStateException("scalar: needs 1×1, is " + shape());
    }
    return value.data[0];
  }

  /** Whether gradients flow to this variable. */
  public final boolean needsGradient() {
    return needsGradient;
  }

  /**
   * The gradient, same shape as the value.
   *
   * @throws IllegalStateException if the variable needs none
   */
  public final FMatrixRMaj gradient() {
    FMatrixRMaj g = requireGradient();
    if (gradientIsZero) {
      g.reshape(value.numRows, value.numCols);
      g.zero();
      gradientIsZero = false;
    }
    return g;
  }

  /** Sets the gradient to zero; no effect where there is none. */
  public final void zeroGradient() {
    gradientIsZero = true;
  }

  /**
   * Changes the number of rows without taking memory, for a smaller batch.
   *
   * @param rows at least 1 and at most the rows it was made with
   * @throws IllegalArgumentException if the memory is not enough
   */
  public final void setRows(int rows) {
    int capacity =
        compressed != null ? compressed.capacity() : value.data.length / Math.max(1, value.numCols);
    if (rows < 1 || rows > capacity) {
      throw new IllegalArgumentException(
          "rows must be 1...%d, received %d".formatted(capacity, rows));
    }
    if (compressed != null) {
      value.numRows = rows;
    } else {
      value.reshape(rows, value.numCols);
    }
  }

  /**
   * For the packages of this module: the non-zero elements of a compressed input, or null for any
   * other variable.
   */
  public final @Nullable CompressedRows compressed() {
    return compressed;
  }

  /** The value's array. */
  final float[] data() {
    return value.data;
  }

  /** The gradient's array, to be written as the last {@link #nextWrite()} said. */
  final float[] gradientData() {
    return requireGradient().data;
  }

  /** Whether the next contribution to the gradient replaces or adds; call once per contribution. */
  final Write nextWrite() {
    if (gradientIsZero) {
      requireGradient().reshape(value.numRows, value.numCols);
      gradientIsZero = false;
      return Write.OVERWRITE;
    }
    return Write.ACCUMULATE;
  }

  /** Whether nothing has been added to the gradient since it was zeroed. */
  final boolean gradientIsZero() {
    return gradientIsZero;
  }

  /** For messages: for example {@code 64×512}. */
  final String shape() {
    return value.numRows + "×" + value.numCols;
  }

  private FMatrixRMaj requireGradient() {
    if (!needsGradient) {
      throw new IllegalStateException(
          "this variable (" + shape() + ") was made without a gradient");
    }
    FMatrixRMaj taken = gradient;
    if (taken == null) { // room for all rows, although fewer may be in use now
      taken = FMatrixRMaj.wrap(value.numRows, value.numCols, new float[value.data.length]);
      gradient = taken;
    }
    return taken;
  }
}
