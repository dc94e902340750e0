package dev.neurite.nn.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The blocks of compressed rows sorted by column: for each block column the rows in which it is not
 * zero, ascending, with its values. Memory grows to what has been needed and is kept.
 *
 * <p>The list of block column k has the entries from {@link #start} to {@link #end} (exclusive);
 * entry e means row {@code places()[e]} with the values from {@code values()[4e]} on, or, of rows
 * that are read where they stand, from where {@link #valuesAt} says. Where a list ends stands
 * before its entries, so that threads that sort neighbouring columns seldom write to the same cache
 * line.
 *
 * <p>Order of use: {@link #begin}, then {@link #sort} for every range of block columns that is
 * asked for, on as many threads as there are ranges; or {@link #sortInPlace} and {@link #release}.
 */
public final class BlockLists {
  private int columns;
  private int blockColumns;
  private int middle;
  private int fromRow;
  private int rows;
  private int stride;
  private int[] places = {};
  private float[] values = {};

  /** The matrix whose values are read where they stand, or null if they are copied. */
  private float @Nullable [] inPlace;

  private int firstValue;
  private float factor = 1;

  /** Number of rows, also of those in which everything is zero. */
  public int rows() {
    return rows;
  }

  /** Number of columns of the rows. */
  public int columns() {
    return columns;
  }

  /** Number of block columns. */
  public int blockColumns() {
    return blockColumns;
  }

  /** The block column at which sums over all columns are split in two. */
  public int middle() {
    return middle;
  }

  /** For each entry its row. */
  public int[] places() {
    return places;
  }

  /** The array that holds the four values of each entry. */
  public float[] values() {
    float[] matrix = inPlace;
    return matrix == null ? values : matrix;
  }

  /**
   * Where the values of a block column begin: those of entry e stand from {@code valuesAt(k) + e ·
   * entryStep() + places()[e] · rowStep()} on.
   */
  public int valuesAt(int blockColumn) {
    return inPlace == null ? 0 : firstValue + blockColumn * CompressedRows.BLOCK;
  }

  /** What sums over the values are to be multiplied by; 1 of values that are copied. */
  public float factor() {
    return inPlace == null ? 1 : factor;
  }

  /** See {@link #valuesAt}. */
  public int entryStep() {
    return inPlace == null ? CompressedRows.BLOCK : 0;
  }

  /** See {@link #valuesAt}. */
  public int rowStep() {
    return inPlace == null ? 0 : columns;
  }

  /** Where the list of a block column begins. */
  public int start(int blockColumn) {
    return blockColumn * stride + 1;
  }

  /** Where the list of a block column ends. */
  public int end(int blockColumn) {
    return places[blockColumn * stride];
  }

  /**
   * Says what is sorted next, and takes the memory for it.
   *
   * @param a whose shape is read
   * @param newFromRow first row; rows in the lists count from here
   * @param toRow end of the rows
   */
  public void begin(CompressedRows a, int newFromRow, int toRow) {
    inPlace = null;
    prepare(a, newFromRow, toRow);
  }

  private void prepare(CompressedRows a, int newFromRow, int toRow) {
    a.list();
    columns = a.columns();
    blockColumns = a.blockColumns();
    middle = a.middle();
    fromRow = newFromRow;
    rows = toRow - newFromRow;
    stride = (rows + 1) | 1; // odd, so that lists do not fall on the same cache lines
    int size = Math.multiplyExact(a.blockColumns(), stride);
    if (places.length < size) {
      places = new int[size];
    }
    int copied = inPlace == null ? Math.multiplyExact(size, CompressedRows.BLOCK) : 0;
    if (values.length < copied) {
      values = new float[copied];
    }
  }

  /**
   * Sorts all blocks of some rows; their values are read where they stand if that is possible. Not
   * for the transposed product, which reads four values for each entry.
   *
   * @param a read; where its values are read, it must not change before {@link #release}
   */
  void sortInPlace(CompressedRows a, int newFromRow, int toRow) {
    inPlace = a.wholeBlocks();
    prepare(a, newFromRow, toRow);
    firstValue = a.rowAt(newFromRow);
    factor = a.factor();
    sort(a, 0, blockColumns);
  }

  /** Lets go of a matrix whose values were read. */
  void release() {
    inPlace = null;
  }

  /**
   * Sorts the blocks of some block columns.
   *
   * @param a read, what {@link #begin} was told of
   * @param fromBlock first block column
   * @param toBlock end of the block columns
   */
  public void sort(CompressedRows a, int fromBlock, int toBlock) {
    for (int k = fromBlock; k < toBlock; k++) {
      places[k * stride] = start(k);
    }
    a.fetch(fromRow, fromRow + rows, fromBlock, toBlock);
    for (int i = 0; i < rows; i++) {
      int from = a.firstFrom(fromRow + i, fromBlock);
      int to = a.firstFrom(fromRow + i, toBlock);
      if (inPlace == null) {
        a.sortRow(fromRow + i, from, to, i, stride, places, values);
      } else {
        a.sortRowInPlace(from, to, i, stride, places);
      }
    }
  }
}
