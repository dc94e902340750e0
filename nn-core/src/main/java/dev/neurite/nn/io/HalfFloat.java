package dev.neurite.nn.io;

/**
 * 16-bit floats as bits in a {@code short}.
 *
 * <p>IEEE 754 binary16 has a sign, 5 bits of exponent (bias 15) and 10 of fraction; the largest
 * finite value is 65,504, the smallest above 0 is 2^-24. bfloat16 is the upper half of a 32-bit
 * float.
 */
final class HalfFloat {
  /** Largest finite value. */
  static final float MAX_VALUE = 65504f;

  /** From here on a value rounds to infinity: half a step above {@link #MAX_VALUE}. */
  static final float OVERFLOW = 65520f;

  private static final int OVERFLOW_BITS = Float.floatToRawIntBits(OVERFLOW);

  /** The smallest normal value, 2^-14. */
  private static final int NORMAL_BITS = Float.floatToRawIntBits(0x1p-14f);

  private static final int INFINITY_BITS = 0x7F80_0000;
  private static final int FRACTION_SHIFT = 13;
  private static final int BIAS_DIFFERENCE = (127 - 15) << 23;

  private HalfFloat() {}

  /**
   * The nearest binary16, of two equally near the one with an even last bit. A NaN stays a NaN with
   * the upper bits of its payload and becomes quiet.
   */
  static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7FFF_FFFF;
    if (magnitude > INFINITY_BITS) {
      return (short) (sign | 0x7E00 | magnitude >>> FRACTION_SHIFT & 0x3FF);
    }
    if (magnitude >= OVERFLOW_BITS) {
      return (short) (sign | 0x7C00);
    }
    if (magnitude < NORMAL_BITS) {
      // The product with 2^24 is exact and counts steps of 2^-24; rint rounds half to even.
      return (short) (sign | (int) Math.rint(Math.abs((double) value) * 0x1p24));
    }
    // Adds just less than half of the last bit, and all of it where the kept fraction is odd.
    int odd = magnitude >>> FRACTION_SHIFT & 1;
    int rounded = magnitude - BIAS_DIFFERENCE + 0xFFF + odd;
    return (short) (sign | rounded >>> FRACTION_SHIFT);
  }

  /** The value of a binary16, exact; a NaN keeps its payload. */
  static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >>> 10 & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0x1F) {
      return Float.intBitsToFloat(sign | INFINITY_BITS | fraction << FRACTION_SHIFT);
    }
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    return Float.intBitsToFloat(
        sign | (exponent << 23) + BIAS_DIFFERENCE | fraction << FRACTION_SHIFT);
  }

  /** The value of a bfloat16, exact. */
  static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
