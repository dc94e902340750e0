package dev.neurite.nn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SparseDatasetTest {
  private static final int SIZE = 40;
  private static final int FEATURES = 31;

  private static ByteDataset data(int onePixelIn) {
    Random random = new Random(4);
    byte[] pixels = new byte[SIZE * FEATURES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(onePixelIn) == 0 ? (byte) (1 + random.nextInt(255)) : 0;
    }
    return new ByteDataset(pixels, FEATURES, new byte[SIZE], 2);
  }

  private static void assertSameFeatures(SparseDataset data) {
    NonZeroBlocks blocks = data.nonZeroBlocks();
    int all = 0;
    for (int example = 0; example < data.size(); example++) {
      float[] dense = new float[FEATURES];
      data.copyFeatures(example, dense, 0);
      float[] rebuilt = new float[FEATURES];
      int last = -1;
      for (int e = blocks.start(example); e < blocks.end(example); e++) {
        int block = (int) (blocks.blocks()[e] >>> 32);
        assertThat((int) blocks.blocks()[e]).isNotZero();
        assertThat(block).isGreaterThan(last);
        last = block;
        for (int q = 0; q < 4; q++) {
          float value = blocks.values()[(int) (blocks.blocks()[e] >>> 8 * q) & 0xFF];
          if (value != 0) {
            rebuilt[4 * block + q] = value;
            all++;
          }
        }
      }
      assertThat(rebuilt).isEqualTo(dense);
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
    assertThat(inner.nonZeroBlocks().start(0)).isEqualTo(data.nonZeroBlocks().start(7));
  }

  @Test
  void anEmptyOneHasTheDensityOfAFullOne() {
    assertThat(new ByteDataset(new byte[0], 3, new byte[0], 2).density()).isEqualTo(1);
  }
}
