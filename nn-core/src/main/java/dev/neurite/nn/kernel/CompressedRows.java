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
 * <p>The blocks are made from a dense matrix ({@link #compress}) or stand in the memory of a
 * dataset that holds its examples as blocks ({@link #useBlocks}, {@link #useRow}). Strokes are
 * wider than a pixel: blocks of four keep most of the gain of single elements at a third of the
 * bookkeeping.
 */
public final class CompressedRows {
  /** Columns of a block. */
  public static final int BLOCK = 4;

  /**
   * With a larger share of non-zero elements, products of the whole matrix are faster. A constant,
   * so that the same data is always computed in the same way.
   */
  public static final double LARGEST_DENSITY = 0.3;

  private static final int LONGS_OF_LINE = 64 / Long.BYTES;

  private final int columns;
  private final int[] starts;
  private final int[] middles;
  private final int[] ends;
  private int[] ownBlocks = {};
  private float[] ownValues = {};

  /** Blocks of bytes, a dataset's; null where blocks of values count. */
  private long @Nullable [] bytes;

  private float[] valueOfByte = {};

  /** Memory for the values of the bytes times a factor. */
  private float[] scaledValues = {};

  /** What values are multiplied by; those of bytes are multiplied already. */
  private float factor = 1;

  private int rows;

  /** What {@link #fetch} has read, so that it is read. */
  private volatile long fetched;

  /**
   * An empty matrix.
   *
   * @param rowCapacity largest number of rows
   * @param columns number of columns
   */
  public CompressedRows(int rowCapacity, int columns) {
    this.columns = columns;
    starts = new int[rowCapacity];
    middles = new int[rowCapacity];
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

  /**
   * The block column at which sums over all columns are split in two, so that two threads can each
   * have their columns, and the weights that belong to them, from one step to the next.
   */
  public int middle() {
    return blockColumns() / 2;
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
      target[at] = valueOfByte[four & 0xFF];
      target[at + 1] = valueOfByte[four >>> 8 & 0xFF];
      target[at + 2] = valueOfByte[four >>> 16 & 0xFF];
      target[at + 3] = valueOfByte[four >>> 24];
    }
  }

  /**
   * Appends blocks of a row to the lists of their columns.
   *
   * @param from first block
   * @param to end of the blocks
   * @param row what is written for the row
   * @param stride size of a list
   * @param places for each list where it ends, which is moved on, and for each entry its row
   * @param values four values for each entry
   */
  void sortRow(int from, int to, int row, int stride, int[] places, float[] values) {
    long[] blocks = bytes;
    if (blocks == null) {
      for (int e = from; e < to; e++) {
        int at = places[(ownBlocks[e] >>> BLOCK) * stride]++;
        places[at] = row;
        copyValues(e, values, BLOCK * at);
      }
      return;
    }
    float[] table = valueOfByte;
    for (int e = from; e < to; e++) {
      long block = blocks[e];
      int four = (int) block;
      int at = places[(int) (block >>> Integer.SIZE + BLOCK) * stride]++;
      places[at] = row;
      values[BLOCK * at] = table[four & 0xFF];
      values[BLOCK * at + 1] = table[four >>> 8 & 0xFF];
      values[BLOCK * at + 2] = table[four >>> 16 & 0xFF];
      values[BLOCK * at + 3] = table[four >>> 24];
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
   * Prepares for rows whose blocks stand in other memory: then {@link #useRow} for each row.
   *
   * @param blocks kept, not copied: in bits 32 and above what {@link #block} gives, below that a
   *     byte for each element, from the lowest
   * @param values kept, not copied: the value of each of the 256 bytes
   * @param newRows number of rows, at most the capacity
   */
  public void useBlocks(long[] blocks, float[] values, int newRows) {
    bytes = blocks;
    valueOfByte = values;
    factor = 1;
    rows = newRows;
  }

  /**
   * Says where the blocks of a row stand.
   *
   * @param start its first block
   * @param middle its first block from the block column {@link #middle} on
   * @param end the end of its blocks
   */
  public void useRow(int row, int start, int middle, int end) {
    starts[row] = start;
    middles[row] = middle;
    ends[row] = end;
  }

  /**
   * Brings the blocks of some columns from memory, if they are not in the cache. Examples in random
   * order would be waited for one by one; read without use for what is read, many come at once.
   */
  void fetch(int fromRow, int toRow, int fromBlock, int toBlock) {
    long[] blocks = bytes;
    if (blocks == null) {
      return;
    }
    long read = 0;
    for (int row = fromRow; row < toRow; row++) {
      int end = likelyPlace(row, toBlock);
      int start = likelyPlace(row, fromBlock);
      for (int e = start; e < end; e += LONGS_OF_LINE) {
        read |= blocks[e];
      }
      read |= start < end ? blocks[end - 1] : 0;
    }
    fetched = read;
  }

  /** Where a row's first block from a block column on stands if they are spread evenly. */
  private int likelyPlace(int row, int blockColumn) {
    if (blockColumn == middle()) {
      return middles[row];
    }
    int blocks = ends[row] - starts[row];
    return starts[row] + (int) ((long) blocks * blockColumn / Math.max(1, blockColumns()));
  }

  /** Becomes another matrix of the same shape times a factor, sharing its blocks. */
  public void followScaled(CompressedRows other, float scale) {
    bytes = other.bytes;
    scaleValues(other.valueOfByte, scale);
    ownBlocks = other.ownBlocks;
    ownValues = other.ownValues;
    rows = other.rows;
    factor = other.factor * scale;
    System.arraycopy(other.starts, 0, starts, 0, rows);
    System.arraycopy(other.middles, 0, middles, 0, rows);
    System.arraycopy(other.ends, 0, ends, 0, rows);
  }

  private void scaleValues(float[] ofBytes, float scale) {
    if (scaledValues.length < ofBytes.length) {
      scaledValues = new float[ofBytes.length];
    }
    for (int i = 0; i < ofBytes.length; i++) {
      scaledValues[i] = scale * ofBytes[i];
    }
    valueOfByte = scaledValues;
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
    int half = Math.min(middle(), whole);
    next = appendWhole(dense, at, 0, half, next);
    middles[row] = next;
    next = appendWhole(dense, at, half, whole, next);
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
  private int appendWhole(float[] dense, int at, int fromBlock, int toBlock, int first) {
    int[] blocks = ownBlocks;
    float[] values = ownValues;
    int next = first;
    for (int k = fromBlock; k < toBlock; k++) {
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
  int firstFrom(int row, int blockColumn) {
    int e = likelyPlace(row, Math.min(blockColumn, blockColumns()));
    if (blockColumn == 0 || blockColumn == middle() || blockColumn >= blockColumns()) {
      return e;
    }
    while (e > starts[row] && block(e - 1) >>> BLOCK >= blockColumn) {
      e--;
    }
    while (e < ends[row] && block(e) >>> BLOCK < blockColumn) {
      e++;
    }
    return e;
  }
}
