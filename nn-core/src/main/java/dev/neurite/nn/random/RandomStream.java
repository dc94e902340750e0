package dev.neurite.nn.random;

/**
 * One named stream of random numbers: every number is a pure function of its step and index.
 *
 * <p>The words of a step are numbered in groups of 32: word {@code 32g + j} is the first half of
 * block {@code 16g + j} for {@code j < 16}, word {@code 32g + 16 + j} the second half of the same
 * block. So 16 lanes (or 8, or 4) can make 32 consecutive words without shuffling.
 *
 * @param key0 first word of the stream's key
 * @param key1 second word of the stream's key
 */
public record RandomStream(int key0, int key1) {
  private static final double DOUBLE_UNIT = 0x1p-53;
  private static final float FLOAT_UNIT = 0x1p-24f;

  /**
   * The stream of a seed for a purpose.
   *
   * @param seed the run's seed, any value
   * @param purpose what the numbers are for
   * @param lane which of several streams with the same purpose, for example the layer's index
   */
  public static RandomStream of(long seed, RandomPurpose purpose, int lane) {
    long key = Threefry.block((int) seed, (int) (seed >>> 32), purpose.code(), lane);
    return new RandomStream((int) key, (int) (key >>> 32));
  }

  /** 32 uniform bits: word {@code index} of {@code step}. */
  public int bits(int step, int index) {
    long block = Threefry.block(key0, key1, (index >>> 5 << 4) | (index & 15), step);
    return (index & 16) == 0 ? (int) block : (int) (block >>> 32);
  }

  /** A uniform number in [0, 1) with 24 random bits. */
  public float uniform(int step, int index) {
    return (bits(step, index) >>> 8) * FLOAT_UNIT;
  }

  /** A uniform number in [0, 1) with 53 random bits, from block {@code index} of {@code step}. */
  public double uniformDouble(int step, int index) {
    return (Threefry.block(key0, key1, index, step) >>> 11) * DOUBLE_UNIT;
  }

  /**
   * A standard normal number from block {@code index} of {@code step} by the Box-Muller transform.
   *
   * <p>{@link StrictMath} keeps it the same to the bit on every machine.
   */
  public double normal(int step, int index) {
    long block = Threefry.block(key0, key1, index, step);
    double radius = ((block & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
    double angle = (block >>> 32) * 0x1p-32;
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }

  /**
   * A uniform whole number in [0, bound) from block {@code index} of {@code step}; the bias is
   * below {@code bound / 2^63}.
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int below(int step, int index, int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, received " + bound);
    }
    long block = Threefry.block(key0, key1, index, step) >>> 1;
    return (int) Math.multiplyHigh(block, (long) bound << 1);
  }

  /**
   * Shuffles an array in place (Fisher and Yates); the result depends only on the stream, the step
   * and the array's first order.
   *
   * @param step for example the epoch
   * @param values read and overwritten
   */
  public void shuffle(int step, int[] values) {
    for (int last = values.length - 1; last > 0; last--) {
      int other = below(step, last, last + 1);
      int swapped = values[last];
      values[last] = values[other];
      values[other] = swapped;
    }
  }
}
