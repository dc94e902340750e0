package dev.neurite.mnist.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.mnist.synthetic.SyntheticDigits;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentedDatasetTest {
  private static final int SIDE = 28;
  private static final long SEED = 5;

  /** Float sampling against double sampling, with slopes of up to 1 per pixel. */
  private static final double SAMPLING_TOLERANCE = 1e-4;

  private static final Dataset DIGITS = new SyntheticDigits(3).dataset(0, 40);

  @Test
  void noneIsTheIdentity() {
    Dataset same = new AugmentedDataset(DIGITS, Augmentation.NONE, SEED).epoch(7);
    for (int i = 0; i < 40; i++) {
      assertThat(pixels(same, i)).isEqualTo(pixels(DIGITS, i));
    }
    AugmentedDataset changing = new AugmentedDataset(DIGITS, Augmentation.BOTH, SEED);
    assertThat(pixels(changing, 3)).isEqualTo(pixels(DIGITS, 3));
    assertThat(changing.density()).isEqualTo(DIGITS.density()).isLessThan(0.3);
    assertThat(changing.epoch(0).label(13)).isEqualTo(3);
    assertThat(changing.epoch(0).size()).isEqualTo(changing.size()).isEqualTo(40);
  }

  @Test
  void imagesAreAFunctionOfSeedEpochAndIndex() {
    AugmentedDataset one = new AugmentedDataset(DIGITS, Augmentation.BOTH, SEED);
    AugmentedDataset two = new AugmentedDataset(DIGITS, Augmentation.BOTH, SEED);
    List<float[]> parallel =
        IntStream.range(0, 40).parallel().mapToObj(i -> pixels(two.epoch(2), i)).toList();
    Dataset epoch = one.epoch(2);
    for (int i = 39; i >= 0; i--) {
      assertThat(pixels(epoch, i)).isEqualTo(parallel.get(i));
    }
    assertThat(pixels(one.epoch(3), 4)).isNotEqualTo(pixels(epoch, 4));
    assertThat(pixels(new AugmentedDataset(DIGITS, Augmentation.BOTH, 6).epoch(2), 4))
        .isNotEqualTo(pixels(epoch, 4));
  }

  /** The matrix is put together forwards in double and inverted numerically. */
  @Test
  void affineSamplesWhereTheInverseMatrixPoints() {
    Augmentation affine = new Augmentation(30, 0.4, 0.3, 3, 4, 0);
    Dataset epoch = new AugmentedDataset(DIGITS, affine, SEED).epoch(1);
    RandomStream stream = RandomStream.of(SEED, RandomPurpose.AUGMENTATION, 0);
    int changed = 0;
    for (int i = 0; i < 40; i++) {
      double[] u = new double[6];
      for (int k = 0; k < 6; k++) {
        u[k] = 2 * stream.uniformDouble(1, i * 16 + k) - 1;
      }
      double turn = Math.toRadians(30 * u[0]);
      double[][] rotation = {{Math.cos(turn), -Math.sin(turn)}, {Math.sin(turn), Math.cos(turn)}};
      double[][] shear = {{1, 0.4 * u[1]}, {0, 1}};
      double[][] scale = {{1 + 0.3 * u[2], 0}, {0, 1 + 0.3 * u[3]}};
      double[][] m = product(product(rotation, shear), scale);
      double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
      float[] original = pixels(DIGITS, i);
      float[] made = pixels(epoch, i);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          double dx = x - 13.5 - 3 * u[4];
          double dy = y - 13.5 - 3 * u[5];
          double sx = (m[1][1] * dx - m[0][1] * dy) / determinant + 13.5;
          double sy = (-m[1][0] * dx + m[0][0] * dy) / determinant + 13.5;
          assertThat((double) made[y * SIDE + x])
              .isCloseTo(bilinear(original, sx, sy), within(SAMPLING_TOLERANCE));
        }
      }
      changed += Arrays.equals(made, original) ? 0 : 1;
    }
    assertThat(changed).isEqualTo(40);
  }

  /**
   * White noise of variance 1/3 under a Gaussian with weights of sum 1 has the standard deviation
   * sqrt(1/3) / (2 σ sqrt(π)); neighbours correlate by exp(-1 / 4σ²).
   */
  @Test
  void fieldsHaveTheSpreadAndSmoothnessOfSmoothedNoise() {
    double sigma = 4;
    float[] fields = SmoothFields.make(1, SIDE, sigma, 34);
    assertThat(fields).hasSize(SmoothFields.COUNT * SIDE * SIDE);
    double squares = 0;
    double neighbours = 0;
    int pairs = 0;
    for (int i = 0; i < fields.length; i++) {
      squares += fields[i] * fields[i];
      if (i % SIDE < SIDE - 1) {
        neighbours += fields[i] * fields[i + 1];
        pairs++;
      }
    }
    double variance = squares / fields.length;
    double expected = 34 * Math.sqrt(1 / 3.0) / (2 * sigma * Math.sqrt(Math.PI));
    assertThat(Math.sqrt(variance)).isCloseTo(expected, within(0.05 * expected));
    assertThat(neighbours / pairs / variance)
        .isCloseTo(Math.exp(-1 / (4 * sigma * sigma)), within(0.003));
  }

  @Test
  void elasticMovesInkByAboutAPixelAndKeepsItsAmount() {
    Dataset epoch = new AugmentedDataset(DIGITS, Augmentation.ELASTIC, SEED).epoch(0);
    double before = 0;
    double after = 0;
    int changed = 0;
    for (int i = 0; i < 40; i++) {
      float[] original = pixels(DIGITS, i);
      float[] made = pixels(epoch, i);
      changed += Arrays.equals(made, original) ? 0 : 1;
      for (int k = 0; k < original.length; k++) {
        before += original[k];
        after += made[k];
        assertThat(made[k]).isBetween(0f, 1f);
      }
    }
    assertThat(changed).isEqualTo(40);
    assertThat(after / before).isBetween(0.9, 1.15);
  }

  @Test
  void wordsAreReadAndWritten() {
    assertThat(Augmentation.of("both")).isEqualTo(Augmentation.BOTH);
    assertThat(Augmentation.of("rotate=15,alpha=34"))
        .isEqualTo(new Augmentation(15, 0, 0, 0, 4, 34));
    for (Augmentation each :
        List.of(Augmentation.NONE, Augmentation.AFFINE, Augmentation.ELASTIC, Augmentation.BOTH)) {
      assertThat(Augmentation.of(each.toString())).isEqualTo(each);
    }
    assertThat(Augmentation.NONE.isNone()).isTrue();
    assertThat(Augmentation.ELASTIC.isNone()).isFalse();
    for (String wrong : List.of("much", "rotate", "rotate=x", "spin=3", "rotate=181", "sigma=0")) {
      assertThatThrownBy(() -> Augmentation.of(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("augmentation: ");
    }
  }

  @Test
  void imagesMustBeSquare() {
    Dataset odd = ArrayDataset.classification(new float[6], 6, new int[] {0}, 2);
    assertThatThrownBy(() -> new AugmentedDataset(odd, Augmentation.BOTH, 1))
        .hasMessageContaining("received 6 features");
  }

  private static float[] pixels(Dataset data, int index) {
    float[] pixels = new float[SIDE * SIDE + 3];
    data.copyFeatures(index, pixels, 2); // an offset, as in a batch
    return Arrays.copyOfRange(pixels, 2, 2 + SIDE * SIDE);
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[2][2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
      }
    }
    return c;
  }

  private static double bilinear(float[] image, double x, double y) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    double value = 0;
    for (int dy = 0; dy < 2; dy++) {
      for (int dx = 0; dx < 2; dx++) {
        int px = x0 + dx;
        int py = y0 + dy;
        if (px >= 0 && py >= 0 && px < SIDE && py < SIDE) {
          value += (1 - Math.abs(x - px)) * (1 - Math.abs(y - py)) * image[py * SIDE + px];
        }
      }
    }
    return value;
  }
}
