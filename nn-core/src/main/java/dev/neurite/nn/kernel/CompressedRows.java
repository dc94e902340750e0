package dev.neurite.nn.kernel;

/**
 * The non-zero elements of a matrix, row after row; memory is taken once.
 *
 * <p>The elements of row i stand at {@code starts[i]} to {@code starts[i + 1]} (exclusive) of
 * {@link #columns} and {@link #values}, their columns ascending.
 */
public final class CompressedRows {
  /**
   * With a larger share of non-zero elements, products of the whole matrix are faster. A constant,
   * so that the same data is always computed in the same way.
   */
  public static final double LARGEST_DENSITY = 0.3;

  private final int[] starts;
  private final int[] columns;
  private final float[] values;
  private int rows;

  /**
   * Takes memory.
   *
   * @param rowCapacity largest number of rows
   * @param elementCapacity largest number of non-zero elements
   */
  public CompressedRows(int rowCapacity, int elementCapacity) {
    starts = new int[rowCapacity + 1];
    columns = new int[elementCapacity];
    values = new float[elementCapacity];
  }

  private CompressedRows(CompressedRows places) {
    starts = places.starts;
    columns = places.columns;
    values = new float[places.values.length];
  }

  /** A matrix with the same places and values of its own, which are not written yet. */
  public CompressedRows withOwnValues() {
    return new CompressedRows(this);
  }

  /** Largest number of rows. */
  public int capacity() {
    return starts.length - 1;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Where each row begins, and where the last one ends. */
  public int[] starts() {
    return starts;
  }

  /** The column of each element. */
  public int[] columns() {
    return columns;
  }

  /** Each element. */
  public float[] values() {
    return values;
  }

  /** Number of elements. */
  public int size() {
    return starts[rows];
  }

  /** Sets the number of rows, after {@link #starts()} have been written. */
  public void setRows(int newRows) {
    rows = newRows;
  }

  /**
   * Compresses a dense matrix.
   *
   * @param dense read, {@code newRows × columnCount} from {@code offset} on
   */
  public void compress(float[] dense, int offset, int newRows, int columnCount) {
    int at = 0;
    for (int i = 0; i < newRows; i++) {
      starts[i] = at;
      at = append(dense, offset + i * columnCount, columnCount, at);
    }
    starts[newRows] = at;
    rows = newRows;
  }

  /**
   * Appends the elements of one row that are not zero; NaN counts as an element.
   *
   * @param dense read, {@code columnCount} values from {@code offset} on
   * @param at where the row's first element will stand
   * @return where the next row's first element will stand
   */
  public int append(float[] dense, int offset, int columnCount, int at) {
    int next = at;
    for (int j = 0; j < columnCount; j++) {
      float value = dense[offset + j];
      columns[next] = j;
      values[next] = value;
      next += value != 0 ? 1 : 0;
    }
    return next;
  }

  /**
   * The place of a row's first element whose column is not below a column.
   *
   * @param row in [0, rows)
   * @param column at least 0
   * @return from the row's start to its end
   */
  public int firstFrom(int row, int column) {
    int low = starts[row];
    int high = starts[row + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (columns[middle] < column) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
