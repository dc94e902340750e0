package dev.neurite.nn.kernel;

import dev.neurite.nn.random.RandomStream;
import dev.neurite.nn.random.Threefry;

/**
 * Many blocks of {@link Threefry} at once, in loops that the compiler turns into vector code.
 *
 * <p>Block i of the last {@link #fill} has its first word in {@code first[i]} and its second in
 * {@code second[i]}.
 */
final class ThreefryBlocks {
  /** Number of blocks made at a time; a multiple of 16. */
  static final int COUNT = 512;

  final int[] first = new int[COUNT];
  final int[] second = new int[COUNT];

  /** Makes the blocks from {@code firstBlock} on of a step. */
  void fill(RandomStream stream, int step, int firstBlock) {
    int key0 = stream.key0();
    int key1 = stream.key1();
    int key2 = Threefry.KEY_PARITY ^ key0 ^ key1;
    for (int i = 0; i < COUNT; i++) {
      first[i] = firstBlock + key0 + i;
      second[i] = step + key1;
    }
    evenRounds(first, second, key1, key2 + 1);
    oddRounds(first, second, key2, key0 + 2);
    evenRounds(first, second, key0, key1 + 3);
    oddRounds(first, second, key1, key2 + 4);
    evenRounds(first, second, key2, key0 + 5);
  }

  /** Four rounds with the first four rotations, then the addition of key words. */
  private static void evenRounds(int[] x0, int[] x1, int add0, int add1) {
    for (int i = 0; i < COUNT; i++) {
      int a = x0[i] + x1[i];
      int b = (x1[i] << 13 | x1[i] >>> 19) ^ a;
      a += b;
      b = (b << 15 | b >>> 17) ^ a;
      a += b;
      b = (b << 26 | b >>> 6) ^ a;
      a += b;
      b = (b << 6 | b >>> 26) ^ a;
      x0[i] = a + add0;
      x1[i] = b + add1;
    }
  }

  /** Four rounds with the last four rotations, then the addition of key words. */
  private static void oddRounds(int[] x0, int[] x1, int add0, int add1) {
    for (int i = 0; i < COUNT; i++) {
      int a = x0[i] + x1[i];
      int b = (x1[i] << 17 | x1[i] >>> 15) ^ a;
      a += b;
      b = (b << 29 | b >>> 3) ^ a;
      a += b;
      b = (b << 16 | b >>> 16) ^ a;
      a += b;
      b = (b << 24 | b >>> 8) ^ a;
      x0[i] = a + add0;
      x1[i] = b + add1;
    }
  }
}
