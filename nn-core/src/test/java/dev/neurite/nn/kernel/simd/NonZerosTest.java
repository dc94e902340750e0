package dev.neurite.nn.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simd")
class NonZerosTest {
  private static final float[] KINDS = {
    0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY
  };

  @Test
  void listsWhatIsNotZeroOfRowsOfAnyLength() {
    Random random = new Random(1);
    for (int size = 0; size <= 70; size++) {
      float[] x = new float[size + 5];
      for (int density = 0; density <= 4; density++) {
        for (int i = 0; i < x.length; i++) {
          x[i] = random.nextInt(4) < density ? KINDS[random.nextInt(KINDS.length)] : 0;
        }
        int[] expected = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
          if (x[3 + i] != 0) {
            expected[count++] = i;
          }
        }
        int[] places = new int[size + NonZeros.ROOM];
        assertThat(NonZeros.list(x, 3, size, places)).isEqualTo(count);
        assertThat(Arrays.copyOf(places, count)).isEqualTo(Arrays.copyOf(expected, count));
      }
    }
  }
}
