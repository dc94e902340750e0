package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfFloatTest {
  /** The value of finite bits by the definition of binary16 alone, in exact decimal arithmetic. */
  private static BigDecimal definition(int bits) {
    int exponent = bits >>> 10 & 31;
    int fraction = bits & 1023;
    BigDecimal step = new BigDecimal(2).pow(Math.max(exponent, 1) - 1);
    BigDecimal smallest = BigDecimal.ONE.divide(new BigDecimal(2).pow(24));
    BigDecimal significand = new BigDecimal(exponent == 0 ? fraction : 1024 + fraction);
    BigDecimal magnitude = significand.multiply(step).multiply(smallest);
    return (bits & 0x8000) == 0 ? magnitude : magnitude.negate();
  }

  @Test
  void allHalfsHaveTheirValueAndComeBack() {
    int finite = 0;
    int nan = 0;
    for (int bits = 0; bits < 0x10000; bits++) {
      float value = HalfFloat.toFloat((short) bits);
      if ((bits & 0x7C00) != 0x7C00) {
        assertThat(new BigDecimal(value)).isEqualByComparingTo(definition(bits));
        assertThat(Float.floatToRawIntBits(value) < 0).isEqualTo(bits >= 0x8000);
        finite++;
      } else if ((bits & 0x3FF) == 0) {
        assertThat(value)
            .isEqualTo(bits < 0x8000 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY);
      } else {
        assertThat(value).isNaN();
        nan++;
      }
      short back = HalfFloat.fromFloat(value);
      // The quiet bit of a NaN may be set on the way.
      int expected = (bits & 0x7FFF) > 0x7C00 ? bits | 0x200 : bits;
      assertThat(back & 0xFFFF).isEqualTo(expected);
    }
    assertThat(finite).isEqualTo(2 * 31 * 1024);
    assertThat(nan).isEqualTo(2 * 1023);
  }

  /**
   * Between every two neighbours: exactly halfway goes to the even one, a step beside to the near.
   */
  @Test
  void roundsToTheNearestAndTiesToEven() {
    int ties = 0;
    for (int bits = 0; bits < 0x7C00; bits++) {
      BigDecimal low = definition(bits);
      // Above the largest stands the power of two that would be next; it rounds to infinity.
      BigDecimal high = bits < 0x7BFF ? definition(bits + 1) : new BigDecimal(65536);
      float middle = low.add(high).divide(new BigDecimal(2)).floatValue();
      assertThat(new BigDecimal(middle).multiply(new BigDecimal(2)))
          .isEqualByComparingTo(low.add(high));
      int even = bits % 2 == 0 ? bits : bits + 1;
      for (int sign = 0; sign <= 0x8000; sign += 0x8000) {
        float s = sign == 0 ? 1 : -1;
        assertThat(HalfFloat.fromFloat(s * middle) & 0xFFFF).isEqualTo(sign | even);
        assertThat(HalfFloat.fromFloat(s * Math.nextDown(middle)) & 0xFFFF).isEqualTo(sign | bits);
        assertThat(HalfFloat.fromFloat(s * Math.nextUp(middle)) & 0xFFFF)
            .isEqualTo(sign | (bits + 1));
      }
      ties++;
    }
    assertThat(ties).isEqualTo(31 * 1024);
  }

  /** Random bit patterns against a search for the nearest in the sorted list of all halfs. */
  @Test
  void anyFloatGoesToItsNearestHalf() {
    double[] values = new double[0x7C00];
    for (int bits = 0; bits < values.length; bits++) {
      values[bits] = definition(bits).doubleValue();
    }
    Random random = new Random(16);
    int checked = 0;
    for (int i = 0; i < 200_000; i++) {
      // Exponents of and around the range of halfs.
      float value = Float.intBitsToFloat((97 + random.nextInt(50)) << 23 | random.nextInt(1 << 23));
      int expected;
      if (value >= 65520) {
        expected = 0x7C00;
      } else {
        int at = Arrays.binarySearch(values, value);
        int above = at >= 0 ? at : -at - 1;
        int below = at >= 0 ? at : above - 1;
        if (above == values.length) {
          expected = below;
        } else {
          double toAbove = values[above] - value;
          double toBelow = value - values[below];
          boolean up = toAbove < toBelow || toAbove == toBelow && above % 2 == 0;
          expected = up ? above : below;
        }
        checked++;
      }
      assertThat(HalfFloat.fromFloat(value) & 0xFFFF).as("%s", value).isEqualTo(expected);
    }
    assertThat(checked).isGreaterThan(100_000);
  }

  @Test
  void specialValues() {
    assertThat(HalfFloat.fromFloat(0f)).isEqualTo((short) 0);
    assertThat(HalfFloat.fromFloat(-0f)).isEqualTo((short) 0x8000);
    assertThat(HalfFloat.fromFloat(Float.MIN_VALUE)).isEqualTo((short) 0);
    assertThat(HalfFloat.fromFloat(Float.MAX_VALUE)).isEqualTo((short) 0x7C00);
    assertThat(HalfFloat.fromFloat(HalfFloat.MAX_VALUE)).isEqualTo((short) 0x7BFF);
    assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(Float.NaN))).isNaN();
    assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(Float.intBitsToFloat(0x7F80_0001)))).isNaN();
    assertThat(HalfFloat.fromBfloat16((short) 0x3F80)).isEqualTo(1f);
    assertThat(HalfFloat.fromBfloat16((short) 0xC049)).isEqualTo(-3.140625f);
    assertThat(HalfFloat.fromBfloat16((short) 0x7FC0)).isNaN();
  }
}
