package dev.neurite.nn.random;

/**
 * The Threefry-2x32 counter-based generator with 20 rounds: a keyed bijection of 64-bit blocks.
 *
 * <p>Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 * It needs only 32-bit addition, rotation and exclusive or, so it vectorises well.
 */
public final class Threefry {
  /** Constant that the third key word is made with, so that an all-zero key is no weak key. */
  public static final int KEY_PARITY = 0x1BD11BDA;

  private static final int[] ROTATIONS = {13, 15, 26, 6, 17, 29, 16, 24};

  private static final int ROUNDS = 20;

  private Threefry() {}

  /**
   * Encrypts one counter block.
   *
   * @param key0 first key word
   * @param key1 second key word
   * @param counter0 first counter word
   * @param counter1 second counter word
   * @return both result words: the first in the low 32 bits, the second in the high 32 bits
   */
  public static long block(int key0, int key1, int counter0, int counter1) {
    int key2 = KEY_PARITY ^ key0 ^ key1;
    int x0 = counter0 + key0;
    int x1 = counter1 + key1;
    int a = key1;
    int b = key2;
    int c = key0;
    for (int round = 0; round < ROUNDS; round++) {
      x0 += x1;
      x1 = Integer.rotateLeft(x1, ROTATIONS[round & 7]) ^ x0;
      if ((round & 3) == 3) {
        x0 += a;
        x1 += b + (round >> 2) + 1;
        int first = a;
        a = b;
        b = c;
        c = first;
      }
    }
    return (x0 & 0xFFFFFFFFL) | ((long) x1 << 32);
  }
}
