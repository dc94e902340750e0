package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompressedTensorTest {
  private static final float[] SPECIAL = {
    -0f,
    Float.NaN,
    Float.intBitsToFloat(0xFFC1_2345),
    Float.POSITIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MAX_VALUE
  };

  private static int[] bits(float[] values, int size) {
    int[] bits = new int[size];
    for (int i = 0; i < size; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static void assertComesBack(float[] values, int size) throws ModelFormatException {
    Tensor dense = new Tensor("t", List.of(size), values);
    Tensor back = CompressedTensor.of(dense).expand("f", "t");
    assertThat(back.shape()).isEqualTo(dense.shape());
    assertThat(back.values()).hasSize(size);
    assertThat(bits(back.values(), size)).isEqualTo(bits(values, size));
  }

  @Test
  void everyBitComesBackWhateverTheDensity() throws ModelFormatException {
    Random random = new Random(5);
    int checked = 0;
    for (double density : new double[] {0, 0.0005, 0.003, 0.01, 0.1, 0.5, 1}) {
      for (int size : new int[] {0, 1, 2, 254, 255, 256, 509, 510, 511, 1000, 10_000}) {
        float[] values = new float[size + 3]; // memory may be longer than the tensor
        Arrays.fill(values, size, size + 3, 9);
        for (int i = 0; i < size; i++) {
          if (random.nextDouble() < density) {
            values[i] =
                random.nextInt(4) == 0
                    ? SPECIAL[random.nextInt(SPECIAL.length)]
                    : (float) random.nextGaussian();
          }
        }
        assertComesBack(values, size);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(7 * 11);
  }

  @Test
  void gapsAroundTheLongestCodeComeBack() throws ModelFormatException {
    for (int zeros = 0; zeros < 1100; zeros++) {
      float[] values = new float[zeros + 2];
      values[zeros] = 1;
      values[zeros + 1] = 2;
      assertComesBack(values, values.length);
      values[zeros + 1] = 0;
      values[0] = 3;
      assertComesBack(values, values.length);
    }
  }

  /** The codes of the package documentation. */
  @Test
  void codesAreTheDocumentedOnes() {
    float[] values = new float[3 + 1 + 300 + 1 + 255];
    values[3] = 5;
    values[304] = -0f;
    CompressedTensor compressed =
        CompressedTensor.of(new Tensor("t", List.of(values.length), values));
    assertThat(compressed.gaps()).containsExactly(3, 255, 45, 255);
    assertThat(compressed.values()).containsExactly(5, -0f);
    assertThat(compressed.bytes(4)).isEqualTo(12);
    assertThat(compressed.bytes(2)).isEqualTo(8);
  }

  private static void assertRefused(String problem, int size, int values, int... gaps) {
    byte[] codes = new byte[gaps.length];
    for (int i = 0; i < gaps.length; i++) {
      codes[i] = (byte) gaps[i];
    }
    assertThatThrownBy(
            () ->
                new CompressedTensor(List.of(size), codes, new float[values]).expand("f", "kernel"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("kernel");
  }

  @Test
  void whatDoesNotAgreeIsRefused() {
    assertRefused("places for 2 values and 1 values", 10, 1, 0, 0);
    assertRefused("places for 1 values and 2 values", 10, 2, 0, 255);
    assertRefused("gaps and values for 11 elements", 10, 1, 10);
    assertRefused("gaps and values for 255 elements", 10, 0, 255);
    assertRefused("gaps and values for 1 elements", 256, 1, 0);
    assertRefused("gaps and values for 1 elements", Integer.MAX_VALUE, 1, 0);
    assertRefused("gaps and values for 0 elements", 255, 0);
    assertThatThrownBy(
            () -> new CompressedTensor(List.of(-3, -3), new byte[9], new float[9]).expand("f", "t"))
        .isInstanceOf(ModelFormatException.class);
    assertThatThrownBy(
            () ->
                new CompressedTensor(List.of(1 << 20, 1 << 20), new byte[9], new float[9])
                    .expand("f", "t"))
        .isInstanceOf(ModelFormatException.class);
  }
}
