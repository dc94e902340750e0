package dev.neurite.nn.kernel;

/**
 * The blocks of compressed rows sorted by column: for each block column the rows in which it is not
 * zero, ascending, with its values. Memory grows to what has been needed and is kept.
 *
 * <p>The list of block column k begins at {@link #start} and has {@link #count} entries: entry e
 * means row {@code rows()[e]} with the values from {@code values()[4e]} on.
 */
public final class BlockLists {
  private int[] counts = {};
  private int[] rows = {};
  private float[] values = {};
  private int firstBlock;
  private int stride;

  /** For each entry its row. */
  public int[] rows() {
    return rows;
  }

  /** For each entry its four values. */
  public float[] values() {
    return values;
  }

  /** Where the list of a block column begins. */
  public int start(int blockColumn) {
    return (blockColumn - firstBlock) * stride;
  }

  /** How many entries the list of a block column has. */
  public int count(int blockColumn) {
    return counts[blockColumn - firstBlock];
  }

  /**
   * Sorts the blocks of some rows.
   *
   * @param a read
   * @param fromRow first row; rows in the lists count from here
   * @param toRow end of the rows
   * @param fromBlock first block column
   * @param toBlock end of the block columns
   */
  public void sort(CompressedRows a, int fromRow, int toRow, int fromBlock, int toBlock) {
    int lists = toBlock - fromBlock;
    firstBlock = fromBlock;
    stride = (toRow - fromRow) | 1; // odd, so that lists do not fall on the same cache lines
    if (counts.length < lists) {
      counts = new int[lists];
    }
    if (rows.length < lists * stride) {
      rows = new int[lists * stride];
      values = new float[lists * stride * CompressedRows.BLOCK];
    }
    for (int k = 0; k < lists; k++) {
      counts[k] = 0;
    }
    boolean all = fromBlock == 0 && toBlock == a.blockColumns();
    for (int i = fromRow; i < toRow; i++) {
      int from = all ? a.starts()[i] : a.firstFrom(i, fromBlock);
      int to = all ? a.ends()[i] : a.firstFrom(i, toBlock);
      place(a, from, to, i - fromRow);
    }
  }

  private void place(CompressedRows a, int fromEntry, int toEntry, int row) {
    for (int e = fromEntry; e < toEntry; e++) {
      int k = (a.block(e) >>> CompressedRows.BLOCK) - firstBlock;
      int at = k * stride + counts[k]++;
      rows[at] = row;
      a.copyValues(e, values, CompressedRows.BLOCK * at);
    }
  }
}
