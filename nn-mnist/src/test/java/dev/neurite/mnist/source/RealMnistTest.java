package dev.neurite.mnist.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The original files. */
class RealMnistTest {
  private static final double MEAN_TRAIN_PIXEL = 0.1306604762738429; // published figure

  @Test
  void filesHaveTheOriginalSums() {
    assertThat(MnistVerification.verify(RealMnist.directory()))
        .hasSize(4)
        .allSatisfy(file -> assertThat(file.problem()).isEmpty());
  }

  @Test
  void rowsAreWhereTheyBelong() throws IOException {
    MnistData data = MnistData.load(RealMnist.directory());
    assertThat(labels(data.train(), 10)).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(data.train().size()).isEqualTo(60_000);

    DataSplit split = data.split(TrainRows.WITHOUT_VALIDATION);
    assertThat(split.train().size()).isEqualTo(55_000);
    assertThat(split.validation().size()).isEqualTo(5_000);
    assertThat(split.test().size()).isEqualTo(10_000);
    assertThat(labels(split.train(), 10)).containsExactly(7, 3, 4, 6, 1, 8, 1, 0, 9, 8);
    assertThat(labels(split.validation(), 10)).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(split.train().features()).isEqualTo(784);
    assertThat(split.train().outputs()).isEqualTo(10);

    double sum = 0;
    float[] pixels = new float[784];
    for (int row = 0; row < data.train().size(); row++) {
      data.train().copyFeatures(row, pixels, 0);
      for (float pixel : pixels) {
        sum += pixel;
      }
    }
    assertThat(sum / (60_000 * 784.0)).isCloseTo(MEAN_TRAIN_PIXEL, within(1e-6));
  }

  @Test
  void withAllRowsTheValidationRowsAreLearnedToo() throws IOException {
    DataSplit split = MnistData.load(RealMnist.directory()).split(TrainRows.ALL);
    assertThat(split.train().size()).isEqualTo(60_000);
    assertThat(labels(split.train(), 3)).containsExactly(5, 0, 4);
    assertThat(split.validation().size()).isZero();
  }

  private static int[] labels(Dataset dataset, int count) {
    return IntStream.range(0, count).map(dataset::label).toArray();
  }
}
