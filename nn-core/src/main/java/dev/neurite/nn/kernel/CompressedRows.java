package dev.neurite.nn.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A matrix by its elements that are not zero, row after row, in blocks of {@link #BLOCK} adjacent
 * columns: a block stands here if any of its elements is not zero.
 *
 * <p>The blocks of row i stand from {@code starts[i]} to {@code ends[i]} (exclusive), their columns
 * ascending. {@link #block} says where a block stands and which of its elements are not zero,
 * {@link #copyValues} gives its elements. What would stand beyond the last column is zero.
 *
 * <p>The blocks are made from a dense matrix ({@link #compress}) or copied from a dataset that
 * holds its examples as blocks ({@link #expectRows}, {@link #copyRow}). Copied, because a plain
 * copy brings many examples from memory at once, where a product that reads them in place waits for
 * one after the other. Strokes are wider than a pixel: blocks of four keep most of the gain of
 * single elements at a third of the bookkeeping.
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
  private int[] ownBlocks = {};
  private float[] ownValues = {};

  /** Memory for blocks of bytes. */
  private long[] ownBytes = {};

  /** Blocks of bytes, own or another matrix's; null where blocks of values count. */
  private long @Nullable [] bytes;

  private float[] valueOfByte = {};
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

  /** The place of a block, times 16, plus the bits of its elements that are not zero. */
  public int block(int e) {
    long[] blocks = bytes;
    return blocks == null ? ownBlocks[e] : (int) (blocks[e] >>> Integer.SIZE);
  }

  /**
   * Writes the four elements of a block.
   *
   * @param e which block
   * @param target overwritten from {@code at} to {@code at + 3}
   */
  public void copyValues(int e, float[] target, int at) {
    long[] blocks = bytes;
    if (blocks == null) {
      target[at] = factor * ownValues[BLOCK * e];
      target[at + 1] = factor * ownValues[BLOCK * e + 1];
      target[at + 2] = factor * ownValues[BLOCK * e + 2];
      target[at + 3] = factor * ownValues[BLOCK * e + 3];
    } else {
      int four = (int) blocks[e];
      target[at] = factor * valueOfByte[four & 0xFF];
      target[at + 1] = factor * valueOfByte[four >>> 8 & 0xFF];
      target[at + 2] = factor * valueOfByte[four >>> 16 & 0xFF];
      target[at + 3] = factor * valueOfByte[four >>> 24];
    }
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
   * Prepares for rows whose blocks are copied: first {@link #expectRow} for each row in order, then
   * {@link #copyRow} for each row, on any threads.
   *
   * @param values kept, not copied: the value of each of the 256 bytes
   * @param newRows number of rows, at most the capacity
   */
  public void expectRows(float[] values, int newRows) {
    if (ownBytes.length == 0) {
      ownBytes = new long[Math.multiplyExact(capacity(), blockColumns())];
    }
    bytes = ownBytes;
    valueOfByte = values;
    factor = 1;
    rows = newRows;
  }

  /** Says how many blocks a row has. */
  public void expectRow(int row, int size) {
    starts[row] = row == 0 ? 0 : ends[row - 1];
    ends[row] = starts[row] + size;
  }

  /**
   * Copies the blocks of a row.
   *
   * @param blocks read: in bits 32 and above what {@link #block} gives, below that a byte for each
   *     element, from the lowest
   * @param from where the row's blocks begin
   */
  public void copyRow(int row, long[] blocks, int from) {
    System.arraycopy(blocks, from, ownBytes, starts[row], ends[row] - starts[row]);
  }

  /** Becomes another matrix of the same shape times a factor, sharing its blocks. */
  public void followScaled(CompressedRows other, float scale) {
    bytes = other.bytes;
    valueOfByte = other.valueOfByte;
    ownBlocks = other.ownBlocks;
    ownValues = other.ownValues;
    rows = other.rows;
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
  private void startOwn(int newRows) {
    if (ownBlocks.length == 0) {
      int size = Math.multiplyExact(capacity(), blockColumns());
      ownBlocks = new int[size];
      ownValues = new float[Math.multiplyExact(size, BLOCK)];
    }
    bytes = null;
    factor = 1;
    rows = newRows;
  }

  /**
   * Compresses one row, after the rows before it.
   *
   * @param row its number
   * @param dense read, a row from {@code at} on
   */
  private void append(int row, float[] dense, int at) {
    int next = row == 0 ? 0 : ends[row - 1];
    starts[row] = next;
    int whole = columns / BLOCK;
    next = appendWhole(dense, at, whole, ownBlocks, ownValues, next);
    int rest = columns - whole * BLOCK;
    if (rest > 0) {
      Arrays.fill(ownValues, next * BLOCK, (next + 1) * BLOCK, 0f);
      int bits = 0;
      for (int q = 0; q < rest; q++) {
        float value = dense[at + whole * BLOCK + q];
        ownValues[next * BLOCK + q] = value;
        bits |= nonZero(value) << q;
      }
      ownBlocks[next] = whole << BLOCK | bits;
      next += bits == 0 ? 0 : 1;
    }
    ends[row] = next;
  }

  /**
   * Appends the blocks that have all their columns and returns where the next one goes. First the
   * blocks that are not zero are listed, each written over the last zero one: no processor could
   * foretell a branch.
   */
  private static int appendWhole(
      float[] dense, int at, int count, int[] blocks, float[] values, int first) {
    int next = first;
    for (int k = 0; k < count; k++) {
      int from = at + k * BLOCK;
      int all =
          Float.floatToRawIntBits(dense[from])
              | Float.floatToRawIntBits(dense[from + 1])
              | Float.floatToRawIntBits(dense[from + 2])
              | Float.floatToRawIntBits(dense[from + 3]);
      blocks[next] = k;
      next += nonZero(all);
    }
    for (int e = first; e < next; e++) {
      int k = blocks[e];
      int from = at + k * BLOCK;
      float v0 = dense[from];
      float v1 = dense[from + 1];
      float v2 = dense[from + 2];
      float v3 = dense[from + 3];
      blocks[e] = k << BLOCK | nonZero(v0) | nonZero(v1) << 1 | nonZero(v2) << 2 | nonZero(v3) << 3;
      int to = e * BLOCK;
      values[to] = v0;
      values[to + 1] = v1;
      values[to + 2] = v2;
      values[to + 3] = v3;
    }
    return next;
  }

  /** 1, or 0 for a zero of either sign, without a branch. */
  private static int nonZero(float value) {
    return nonZero(Float.floatToRawIntBits(value));
  }

  private static int nonZero(int bits) {
    int withoutSign = bits << 1;
    return (withoutSign | -withoutSign) >>> 31;
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
      if (block(middle) >>> BLOCK < blockColumn) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
