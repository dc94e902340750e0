package dev.neurite.nn.data;

/**
 * The features of a dataset that are not zero, in blocks of four adjacent ones; shared, never
 * written.
 *
 * <p>The blocks of example i stand from {@code starts[first + i]} to {@code starts[first + i + 1]}
 * (exclusive), ascending. Block e holds the features {@code 4k} to {@code 4k + 3} with {@code k =
 * blocks[e] >>> 4}; bit q of {@code blocks[e]} says whether feature {@code 4k + q} is not zero, and
 * {@code values[4e + q]} is its value. What would stand beyond the last feature is zero.
 *
 * @param starts where each example's blocks begin, and where the last one's end
 * @param blocks the place of each block, times 16, plus the bits of its features that are not zero
 * @param values four values for each block
 * @param first the place in {@code starts} of example 0
 */
@SuppressWarnings("ArrayRecordComponent") // shared memory, compared by nobody
public record NonZeroBlocks(int[] starts, int[] blocks, float[] values, int first) {
  /** Features of a block. */
  public static final int WIDTH = 4;

  /** Where an example's blocks begin. */
  public int start(int example) {
    return starts[first + example];
  }

  /** Where an example's blocks end. */
  public int end(int example) {
    return starts[first + example + 1];
  }

  /** The same blocks, seen from another first example. */
  NonZeroBlocks from(int example) {
    return new NonZeroBlocks(starts, blocks, values, first + example);
  }
}
