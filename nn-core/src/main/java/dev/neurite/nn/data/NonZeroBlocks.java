package dev.neurite.nn.data;

/**
 * The features of a dataset that are not zero, in blocks of four adjacent ones; shared, never
 * written.
 *
 * <p>The blocks of example i stand from {@code starts[first + i]} to {@code starts[first + i + 1]}
 * (exclusive), ascending. A block is one number, because what takes the time is to bring examples
 * in random order from memory: bits 32 and above are k, and it holds the features {@code 4k} to
 * {@code 4k + 3}; the value of feature {@code 4k + q} is {@code values[b]}, b being byte q, from
 * the lowest. What would stand beyond the last feature is zero.
 *
 * @param starts where each example's blocks begin, and where the last one's end
 * @param middles the place of each example's first block from {@link #middleBlock} on
 * @param blocks the place of each block and the bytes of its features
 * @param values the value of each of the 256 bytes; that of 0 is 0
 * @param first the place in {@code starts} and {@code middles} of example 0
 */
@SuppressWarnings("ArrayRecordComponent") // shared memory, compared by nobody
public record NonZeroBlocks(int[] starts, int[] middles, long[] blocks, float[] values, int first) {
  /** Features of a block. */
  public static final int WIDTH = 4;

  /** The block at which sums over all features are split in two. */
  public static int middleBlock(int features) {
    return (features + WIDTH - 1) / WIDTH / 2;
  }

  /** Where an example's blocks begin. */
  public int start(int example) {
    return starts[first + example];
  }

  /** Where an example's blocks from the middle on begin. */
  public int middle(int example) {
    return middles[first + example];
  }

  /** Where an example's blocks end. */
  public int end(int example) {
    return starts[first + example + 1];
  }

  /** The same blocks, seen from another first example. */
  NonZeroBlocks from(int example) {
    return new NonZeroBlocks(starts, middles, blocks, values, first + example);
  }
}
