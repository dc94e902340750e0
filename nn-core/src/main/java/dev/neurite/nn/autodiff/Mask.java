package dev.neurite.nn.autodiff;

import java.util.BitSet;
import org.ejml.data.FMatrixRMaj;

/**
 * Which elements of a parameter are kept and which are pruned; an immutable value.
 *
 * <p>It is held as one factor for each element, 1 for kept and 0 for pruned, so that applying it is
 * a plain product that compilers vectorise.
 */
public final class Mask {
  private final int rows;
  private final int columns;
  private final int kept;
  private final float[] factors;

  private Mask(int rows, int columns, int kept, float[] factors) {
    this.rows = rows;
    this.columns = columns;
    this.kept = kept;
    this.factors = factors;
  }

  /**
   * A mask of the elements to keep.
   *
   * @param rows at least 1
   * @param columns at least 1
   * @param kept row-major places that are kept; read, not held
   * @throws IllegalArgumentException if a place is not in the matrix
   */
  public static Mask of(int rows, int columns, BitSet kept) {
    if (rows < 1 || columns < 1 || kept.length() > (long) rows * columns) {
      throw new IllegalArgumentException(
          "a mask of %d×%d has no place %d".formatted(rows, columns, kept.length() - 1));
    }
    float[] factors = new float[rows * columns];
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      factors[i] = 1;
    }
    return new Mask(rows, columns, kept.cardinality(), factors);
  }

  /** A mask that keeps the elements of a matrix that are not 0. */
  public static Mask ofNonZero(FMatrixRMaj values) {
    BitSet kept = new BitSet();
    for (int i = 0; i < values.getNumElements(); i++) {
      kept.set(i, values.data[i] != 0);
    }
    return of(values.numRows, values.numCols, kept);
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** Number of elements that are kept. */
  public int kept() {
    return kept;
  }

  /** Number of elements that are pruned. */
  public int pruned() {
    return factors.length - kept;
  }

  /** Whether an element is kept. */
  public boolean keeps(int index) {
    return factors[index] != 0;
  }

  /** Whether every element that this mask keeps is kept by another one too. */
  public boolean isWithin(Mask other) {
    if (rows != other.rows || columns != other.columns) {
      return false;
    }
    for (int i = 0; i < factors.length; i++) {
      if (factors[i] > other.factors[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sets the pruned elements of an array to +0: {@code v = v · factor + 0}. The sum turns -0 into
   * +0, also at kept places. A pruned element that is not finite becomes NaN, so that a run that
   * diverges is still seen to.
   *
   * @param values overwritten, as long as the mask or longer
   * @param from first place changed
   * @param to place after the last one changed
   */
  public void applyTo(float[] values, int from, int to) {
    float[] f = factors;
    for (int i = from; i < to; i++) {
      values[i] = values[i] * f[i] + 0f;
    }
  }

  @Override
  public String toString() {
    return "mask of %d×%d that keeps %,d of %,d".formatted(rows, columns, kept, factors.length);
  }
}
