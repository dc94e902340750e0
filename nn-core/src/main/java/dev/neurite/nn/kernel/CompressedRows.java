package dev.neurite.nn.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A matrix by its elements that are not zero, row after row, in blocks of {@link #BLOCK} adjacent
 * columns: a block stands here if any of its elements is not zero.
 *
 * <p>The blocks of row i stand from {@code starts[i]} to {@code ends[i]} (exclusive), their columns
 * ascending. {@link #blockColumn} says where a block stands, {@link #collect} gives the elements of
 * a row. What would stand beyond the last column is zero.
 *
 * <p>The blocks are found in a dense matrix, whose values are read where they stand ({@link
 * #compress}), or stand in the memory of a dataset that holds its examples as blocks ({@link
 * #useBlocks}, {@link #useRow}). Strokes are wider than a pixel: blocks of four keep most of the
 * gain of single elements at a third of the bookkeeping.
 *
 * <p>Several threads may read it, but for a single row of a dense matrix: its blocks are found when
 * they are first asked for.
 */
public final class CompressedRows {
  /** Columns of a block. */
  public static final int BLOCK = 4;

  /**
   * With a larger share of non-zero elements, products of the whole matrix are faster. A constant,
   * so that the same data is always computed in the same way.
   */
  public static final double LARGEST_DENSITY = 0.3;

  /** Larger factors, with which more could overflow, are applied to each value. */
  private static final int LARGEST_MOVED_FACTOR = 1 << 10;

  private static final float[] NONE = {};

  private static final int LONGS_OF_LINE = 64 / Long.BYTES;

  private final int columns;
  private final int[] starts;
  private final int[] middles;
  private final int[] ends;

  /** The block columns of the blocks of a dense matrix, and that matrix. */
  private int[] found = {};

  /** Memory for those of a matrix of its own; what it follows has other. */
  private int[] ownFound = {};

  private float[] dense = NONE;

  /** Whose matrix this is a multiple of, or null. */
  private @Nullable CompressedRows followed;

  private int denseOffset;

  /** Blocks of bytes, a dataset's; null where a dense matrix is read. */
  private long @Nullable [] bytes;

  private float[] valueOfByte = {};

  /** Memory for the values of the bytes times a factor. */
  private float[] scaledValues = {};

  /** What values are multiplied by; those of bytes are multiplied already. */
  private float factor = 1;

  private int rows;

  /** Whether the blocks of a dense matrix are found; a single row may do without. */
  private boolean listed = true;

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

  /** The block column of a block. */
  public int blockColumn(int e) {
    long[] blocks = bytes;
    return blocks == null ? found[e] : (int) (blocks[e] >>> Integer.SIZE);
  }

  /** Writes the four elements of a block of a dense matrix. */
  private void copyFound(float[] all, int row, int k, float[] target, int at) {
    int column = k * BLOCK;
    int from = denseOffset + row * columns + column;
    if (column + BLOCK <= columns) {
      target[at] = factor * all[from];
      target[at + 1] = factor * all[from + 1];
      target[at + 2] = factor * all[from + 2];
      target[at + 3] = factor * all[from + 3];
    } else {
      for (int q = 0; q < BLOCK; q++) {
        target[at + q] = column + q < columns ? factor * all[from + q] : 0;
      }
    }
  }

  private void copyBytes(int four, float[] target, int at) {
    float[] table = valueOfByte;
    target[at] = table[four & 0xFF];
    target[at + 1] = table[four >>> 8 & 0xFF];
    target[at + 2] = table[four >>> 16 & 0xFF];
    target[at + 3] = table[four >>> 24];
  }

  /**
   * Appends blocks of a row to the lists of their columns.
   *
   * @param matrixRow its number here
   * @param from first block
   * @param to end of the blocks
   * @param row what is written for the row
   * @param stride size of a list
   * @param places for each list where it ends, which is moved on, and for each entry its row
   * @param values four values for each entry
   */
  void sortRow(int matrixRow, int from, int to, int row, int stride, int[] places, float[] values) {
    long[] blocks = bytes;
    if (blocks == null) {
      float[] all = dense();
      for (int e = from; e < to; e++) {
        int at = places[found[e] * stride]++;
        places[at] = row;
        copyFound(all, matrixRow, found[e], values, BLOCK * at);
      }
      return;
    }
    for (int e = from; e < to; e++) {
      long block = blocks[e];
      int at = places[(int) (block >>> Integer.SIZE) * stride]++;
      places[at] = row;
      copyBytes((int) block, values, BLOCK * at);
    }
  }

  /** The same without values. */
  void sortRowInPlace(int from, int to, int row, int stride, int[] places) {
    int[] blocks = found;
    for (int e = from; e < to; e++) {
      places[places[blocks[e] * stride]++] = row;
    }
  }

  /**
   * The array that holds the rows, {@link #factor} still to be applied, or null if there is none.
   */
  public float @Nullable [] denseValues() {
    return bytes == null ? dense() : null;
  }

  /** What the values of a dense matrix are multiplied by. */
  public float factor() {
    return factor;
  }

  /**
   * The array of {@link #denseValues} where all blocks stand whole in it and sums can be multiplied
   * by the factor as well as values, to the same bits where nothing over- or underflows; or null.
   */
  float @Nullable [] wholeBlocks() {
    return columns % BLOCK == 0 && isMovable(factor) ? denseValues() : null;
  }

  /**
   * Whether a factor of inputs can as well be one of the weights or sums: a power of two of at most
   * 1,024 gives the same bits where nothing over- or underflows.
   */
  public static boolean isMovable(float factor) {
    return factor >= 1
        && factor <= LARGEST_MOVED_FACTOR
        && factor == Integer.highestOneBit((int) factor);
  }

  /** Where a row begins in the array of {@link #denseValues}. */
  public int rowAt(int row) {
    return denseOffset + row * columns;
  }

  /** Number of blocks of all rows. */
  public int size() {
    list();
    int size = 0;
    for (int i = 0; i < rows; i++) {
      size += ends[i] - starts[i];
    }
    return size;
  }

  /**
   * Prepares for rows whose blocks stand in other memory: then {@link #useRow} for each row.
   *
   * @param blocks kept, not copied: in bits 32 and above the block column, below that a byte for
   *     each element, from the lowest
   * @param values kept, not copied: the value of each of the 256 bytes
   * @param newRows number of rows, at most the capacity
   */
  public void useBlocks(long[] blocks, float[] values, int newRows) {
    bytes = blocks;
    listed = true;
    followed = null;
    dense = NONE;
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
    followed = other;
    denseOffset = other.denseOffset;
    rows = other.rows;
    factor = other.factor * scale;
    listed = false;
    if (other.listed) {
      list();
    }
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
   * Compresses a dense matrix. NaN counts as an element that is not zero. Of a single row the
   * blocks are found when they are first asked for: a product may look at its elements instead.
   *
   * @param newDense {@code newRows × columns} from {@code offset} on; kept, not copied: it must not
   *     change while this is read, until {@link #release}
   */
  public void compress(float[] newDense, int offset, int newRows) {
    bytes = null;
    followed = null;
    factor = 1;
    rows = newRows;
    dense = newDense;
    denseOffset = offset;
    listed = false;
    if (newRows != 1) {
      list();
    }
  }

  /** Finds the blocks of a dense matrix if that is still to be done. */
  void list() {
    if (listed) {
      return;
    }
    CompressedRows other = followed;
    if (other == null) {
      findAll();
    } else {
      other.list();
      found = other.found;
      System.arraycopy(other.starts, 0, starts, 0, rows);
      System.arraycopy(other.middles, 0, middles, 0, rows);
      System.arraycopy(other.ends, 0, ends, 0, rows);
    }
    listed = true;
  }

  private void findAll() {
    if (ownFound.length == 0) {
      ownFound = new int[Math.multiplyExact(capacity(), blockColumns())];
    }
    found = ownFound;
    int next = 0;
    for (int i = 0; i < rows; i++) {
      int at = denseOffset + i * columns;
      starts[i] = next;
      next = find(at, 0, middle(), next);
      middles[i] = next;
      next = find(at, middle(), blockColumns(), next);
      ends[i] = next;
    }
  }

  /**
   * Becomes empty and lets go of a dense matrix; what follows this must not be read then either.
   */
  public void release() {
    rows = 0;
    listed = true;
    dense = NONE;
  }

  private float[] dense() {
    CompressedRows other = followed;
    return other == null ? dense : other.dense();
  }

  /**
   * Lists the blocks of a row that are not zero and returns where the next one goes. Each is
   * written over the last zero one: no processor could foretell a branch.
   */
  private int find(int at, int fromBlock, int toBlock, int first) {
    int[] blocks = found;
    float[] values = dense;
    int next = first;
    int whole = Math.min(toBlock, columns / BLOCK);
    for (int k = fromBlock; k < whole; k++) {
      int from = at + k * BLOCK;
      blocks[next] = k;
      next +=
          nonZero(
              Float.floatToRawIntBits(values[from])
                  | Float.floatToRawIntBits(values[from + 1])
                  | Float.floatToRawIntBits(values[from + 2])
                  | Float.floatToRawIntBits(values[from + 3]));
    }
    if (whole < toBlock) {
      int all = 0;
      for (int column = whole * BLOCK; column < columns; column++) {
        all |= Float.floatToRawIntBits(values[at + column]);
      }
      blocks[next] = whole;
      next += nonZero(all);
    }
    return next;
  }

  /**
   * Lists the elements of a row that are not zero, times the factor of {@link #followScaled}.
   *
   * @param row in [0, rows)
   * @param places overwritten: the columns, ascending; room for every element of all blocks
   * @param values overwritten: their values; as much room
   * @return how many
   */
  public int collect(int row, int[] places, float[] values) {
    list();
    long[] blocks = bytes;
    return blocks == null
        ? collectFound(row, places, values)
        : collectBytes(blocks, row, places, values);
  }

  /** Each element is written over the last zero one, as in {@link #find}. */
  private int collectFound(int row, int[] places, float[] values) {
    float[] all = dense();
    int rowAt = denseOffset + row * columns;
    int count = 0;
    for (int e = starts[row]; e < ends[row]; e++) {
      int column = found[e] * BLOCK;
      int end = Math.min(column + BLOCK, columns);
      for (int q = column; q < end; q++) {
        float value = factor * all[rowAt + q];
        places[count] = q;
        values[count] = value;
        count += nonZero(Float.floatToRawIntBits(value));
      }
    }
    return count;
  }

  private int collectBytes(long[] blocks, int row, int[] places, float[] values) {
    float[] table = valueOfByte;
    int count = 0;
    for (int e = starts[row]; e < ends[row]; e++) {
      long block = blocks[e];
      int column = (int) (block >>> Integer.SIZE) * BLOCK;
      for (int q = 0; q < BLOCK; q++) {
        float value = table[(int) (block >>> (Byte.SIZE * q)) & 0xFF];
        places[count] = column + q;
        values[count] = value;
        count += nonZero(Float.floatToRawIntBits(value));
      }
    }
    return count;
  }

  /** 1, or 0 for the bits of zeros of either sign, without a branch. */
  public static int nonZero(int bits) {
    int withoutSign = bits & Integer.MAX_VALUE;
    return (withoutSign + Integer.MAX_VALUE) >>> 31;
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
    while (e > starts[row] && blockColumn(e - 1) >= blockColumn) {
      e--;
    }
    while (e < ends[row] && blockColumn(e) < blockColumn) {
      e++;
    }
    return e;
  }
}
