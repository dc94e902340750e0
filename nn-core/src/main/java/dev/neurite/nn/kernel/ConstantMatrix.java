package dev.neurite.nn.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A matrix that does not change any more, so that a kernel may keep it in a form of its own. Any
 * number of threads may multiply with it.
 */
public final class ConstantMatrix {
  private final int rows;
  private final int columns;
  private final float[] values;
  private volatile float @Nullable [] packed;

  /**
   * Takes the values.
   *
   * @param values {@code rows × columns}, row after row; kept, not copied
   */
  public ConstantMatrix(int rows, int columns, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** The values, row after row; read only. */
  public float[] values() {
    return values;
  }

  /** What a kernel has kept, or null. */
  public float @Nullable [] packed() {
    return packed;
  }

  /** Keeps the values as the kernel wants them. */
  public void keepPacked(float[] newPacked) {
    packed = newPacked;
  }
}
