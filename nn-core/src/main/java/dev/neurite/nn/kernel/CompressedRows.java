package dev.neurite.nn.kernel;

import java.util.Arrays;

/**
 * A matrix by its elements that are not zero, row after row, in blocks of {@link #BLOCK} adjacent
 * columns: a block stands here if any of its elements is not zero.
 *
 * <p>The blocks of row i stand from {@code starts[i]} to {@code ends[i]} (exclusive) of {@link
 * #blocks()} and {@link #values()}, their columns ascending. Block e holds the columns {@code 4k}
 * to {@code 4k + 3} with {@code k = blocks[e] >>> 4}; bit q of {@code blocks[e]} says whether
 * column {@code 4k + q} is not zero; its elements are {@code factor · values[4e + q]}. What would
 * stand beyond the last column is zero.
 *
 * <p>The blocks are either this object's own ({@link #compress}) or shared with a dataset ({@link
 * #refer}), so that a batch is gathered without copying any. Strokes are wider than a pixel: blocks
 * of four keep most of the gain of single elements at a third of the bookkeeping.
 */
public final class CompressedRows {
  /** Columns of a block. */
  public static final int BLOCK = 4;

  /** The bits of a block that say which of its elements are not zero. */
  public static final int ELEMENTS = 15;

  /**
   * With a larger share of non-zero elements, products of the whole matrix are faster. A constant,
   * so that the same data is always computed in the same way.
   */
  public static final double LARGEST_DENSITY = 0.3;

  private final int columns;
  private final int[] starts;
  private final int[] ends;
  private int[] blocks = {};
  private float[] values = {};
  private int[] ownBlocks = {};
  private float[] ownValues = {};
  private float factor = 1;
  private int rows;

  /**
   * An empty matrix.
   *
   * @param rowCapacity largest number of rows
   * @param columns number of columns
   */
  public CompressedRows(int rowCapacity, int columns) {
    this.columns = columns;
    starts = new int[rowCapacity];
    ends = new int[rowCapacity];
  }

  /** Largest number of rows. */
  public int capacity() {
    return starts.length;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** Number of blocks that the columns are divided into. */
  public int blockColumns() {
    return (columns + BLOCK - 1) / BLOCK;
  }

  /** Where each row's blocks begin. */
  public int[] starts() {
    return starts;
  }

  /** Where each row's blocks end. */
  public int[] ends() {
    return ends;
  }

  /** The place of each block, times 16, plus the bits of its elements that are not zero. */
  public int[] blocks() {
    return blocks;
  }

  /** The values of each block, four after four; to be multiplied with {@link #factor()}. */
  public float[] values() {
    return values;
  }

  /** What all values are to be multiplied with. */
  public float factor() {
    return factor;
  }

  /** Number of blocks of all rows. */
  public int size() {
    int size = 0;
    for (int i = 0; i < rows; i++) {
      size += ends[i] - starts[i];
    }
    return size;
  }

  /**
   * Takes blocks that stand elsewhere; the rows are still to be set.
   *
   * @param newBlocks kept, not copied
   * @param newValues kept, not copied
   * @param newRows number of rows, at most the capacity
   */
  public void refer(int[] newBlocks, float[] newValues, int newRows) {
    blocks = newBlocks;
    values = newValues;
    factor = 1;
    rows = newRows;
  }

  /** Says where a row's blocks stand. */
  public void setRow(int row, int start, int end) {
    starts[row] = start;
    ends[row] = end;
  }

  /** Becomes another matrix of the same shape times a factor, sharing its blocks. */
  public void followScaled(CompressedRows other, float scale) {
    refer(other.blocks, other.values, other.rows);
    factor = other.factor * scale;
    System.arraycopy(other.starts, 0, starts, 0, rows);
    System.arraycopy(other.ends, 0, ends, 0, rows);
  }

  /**
   * Compresses a dense matrix. NaN counts as an element that is not zero.
   *
   * @param dense read, {@code newRows × columns} from {@code offset} on
   */
  public void compress(float[] dense, int offset, int newRows) {
    startOwn(newRows);
    for (int i = 0; i < newRows; i++) {
      append(i, dense, offset + i * columns);
    }
  }

  /** Prepares for {@link #append}: takes memory for a full matrix once. */
  public void startOwn(int newRows) {
    if (ownBlocks.length == 0) {
      int size = Math.multiplyExact(capacity(), blockColumns());
      ownBlocks = new int[size];
      ownValues = new float[Math.multiplyExact(size, BLOCK)];
    }
    refer(ownBlocks, ownValues, newRows);
  }

  /**
   * Compresses one row, after the rows before it.
   *
   * @param row its number
   * @param dense read, a row from {@code at} on
   */
  public void append(int row, float[] dense, int at) {
    int next = row == 0 ? 0 : ends[row - 1];
    starts[row] = next;
    for (int j = 0; j < columns; j += BLOCK) {
      int width = Math.min(BLOCK, columns - j);
      int bits = 0;
      for (int q = 0; q < width; q++) {
        bits |= dense[at + j + q] != 0 ? 1 << q : 0;
      }
      if (bits != 0) {
        ownBlocks[next] = j / BLOCK << BLOCK | bits;
        System.arraycopy(dense, at + j, ownValues, next * BLOCK, width);
        Arrays.fill(ownValues, next * BLOCK + width, (next + 1) * BLOCK, 0f);
        next++;
      }
    }
    ends[row] = next;
  }

  /**
   * The place of a row's first block that is not before a block column.
   *
   * @param row in [0, rows)
   * @param blockColumn at least 0
   * @return from the row's start to its end
   */
  public int firstFrom(int row, int blockColumn) {
    int low = starts[row];
    int high = ends[row];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (blocks[middle] >>> BLOCK < blockColumn) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
