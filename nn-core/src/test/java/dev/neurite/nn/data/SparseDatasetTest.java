package dev.neurite.nn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SparseDatasetTest {
  private static final int SIZE = 40;
  private static final int FEATURES = 30;

  private static ByteDataset data(int onePixelIn) {
    Random random = new Random(4);
    byte[] pixels = new byte[SIZE * FEATURES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(onePixelIn) == 0 ? (byte) (1 + random.nextInt(255)) : 0;
    }
    return new ByteDataset(pixels, FEATURES, new byte[SIZE], 2);
  }

  private static void assertSameFeatures(SparseDataset data) {
    int all = 0;
    for (int example = 0; example < data.size(); example++) {
      float[] dense = new float[FEATURES];
      data.copyFeatures(example, dense, 0);
      int count = data.nonZeros(example);
      int[] columns = new int[count + 3];
      float[] values = new float[count + 3];
      data.copyNonZeros(example, columns, values, 3);
      float[] rebuilt = new float[FEATURES];
      for (int i = 3; i < count + 3; i++) {
        assertThat(values[i]).isNotZero();
        assertThat(i == 3 || columns[i] > columns[i - 1]).isTrue();
        rebuilt[columns[i]] = values[i];
      }
      assertThat(rebuilt).isEqualTo(dense);
      all += count;
    }
    assertThat(all).isPositive();
  }

  @Test
  void nonZerosAreTheFeatures() {
    for (int onePixelIn : new int[] {1, 2, 5, 50}) {
      ByteDataset data = data(onePixelIn);
      assertSameFeatures(data);
      assertThat(data.density()).isBetween(0.5 / onePixelIn, Math.min(1, 2.0 / onePixelIn));
    }
  }

  @Test
  void slicesOfSlicesAreSparseToo() {
    ByteDataset data = data(4);
    SparseDataset slice = data.slice(5, 35);
    SparseDataset inner = slice.slice(2, 20);
    assertThat(inner.size()).isEqualTo(18);
    assertThat(inner.density()).isEqualTo(data.density());
    assertSameFeatures(slice);
    assertSameFeatures(inner);
    assertThat(inner.nonZeros(0)).isEqualTo(data.nonZeros(7));
  }

  @Test
  void anEmptyOneHasTheDensityOfAFullOne() {
    assertThat(new ByteDataset(new byte[0], 3, new byte[0], 2).density()).isEqualTo(1);
  }
}
