package dev.neurite.mnist.source;

import static dev.neurite.mnist.files.IdxBytes.gz;
import static dev.neurite.mnist.files.IdxBytes.idx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neurite.mnist.files.IdxFormatException;
import dev.neurite.nn.data.DataSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistDataTest {
  @TempDir Path directory;

  /** 25 training and 3 test rows; every pixel of a row is the row's number, the label its digit. */
  @BeforeEach
  void writeSmallSet() throws IOException {
    write("train-images-idx3-ubyte", images(25));
    write("train-labels-idx1-ubyte", labels(25));
    write("t10k-images-idx3-ubyte", images(3));
    write("t10k-labels-idx1-ubyte", labels(3));
  }

  @Test
  void validationIsTheFirstTwelfthOfASmallSet() throws IOException {
    DataSplit split = MnistData.load(directory).split(TrainRows.WITHOUT_VALIDATION);
    assertThat(split.validation().size()).isEqualTo(2);
    assertThat(split.train().size()).isEqualTo(23);
    assertThat(split.train().label(0)).isEqualTo(2);
    assertThat(split.test().size()).isEqualTo(3);
    float[] pixels = new float[784];
    split.train().copyFeatures(22, pixels, 0);
    assertThat(pixels).containsOnly(24 / 255f);

    assertThat(MnistData.load(directory).split(TrainRows.ALL).train().size()).isEqualTo(25);
  }

  @Test
  void acceptsEverySpelling() throws IOException {
    Files.delete(directory.resolve("train-images-idx3-ubyte"));
    write("train-images.idx3-ubyte", images(25));
    Files.delete(directory.resolve("train-labels-idx1-ubyte"));
    write("train-labels.idx1-ubyte.gz", gz(labels(25)));
    Files.delete(directory.resolve("t10k-images-idx3-ubyte"));
    write("t10k-images-idx3-ubyte.gz", gz(images(3)));
    Files.delete(directory.resolve("t10k-labels-idx1-ubyte"));
    write("t10k-labels-idx1-ubyte.gz", labels(3)); // plain, whatever the name says
    assertThat(MnistData.load(directory).test().size()).isEqualTo(3);
  }

  @Test
  void namesMissingFiles() throws IOException {
    Files.delete(directory.resolve("t10k-labels-idx1-ubyte"));
    assertThatExceptionOfType(MnistMissingException.class)
        .isThrownBy(() -> MnistData.load(directory))
        .withMessageContaining("into " + directory + ": t10k-labels-idx1-ubyte")
        .withMessageNotContaining("train");
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    write("train-labels-idx1-ubyte", labels(24));
    assertRefused("train-labels-idx1-ubyte: received 24 labels, needed 25 labels");
    write("train-labels-idx1-ubyte", images(25));
    assertRefused("train-labels-idx1-ubyte: received magic 2051, needed labels: magic 2049");
    byte[] tooHigh = labels(25);
    tooHigh[8 + 7] = 10;
    write("train-labels-idx1-ubyte", tooHigh);
    assertRefused("train-labels-idx1-ubyte: received label 10 in row 7, needed labels of 0...9");
    write("train-labels-idx1-ubyte", labels(25));

    write("t10k-images-idx3-ubyte", labels(3));
    assertRefused("t10k-images-idx3-ubyte: received magic 2049, needed images: magic 2051");
    write("t10k-images-idx3-ubyte", idx(0x08, new byte[3 * 27 * 28], 3, 27, 28));
    assertRefused("received images of 27×28 pixels, needed images of 28×28 pixels");
    write("t10k-images-idx3-ubyte", images(3));

    write("train-images-idx3-ubyte", images(0));
    write("train-labels-idx1-ubyte", labels(0));
    assertRefused("received no training images");
  }

  @Test
  void verificationTellsAnotherSetFromTheOriginal() throws IOException {
    Files.delete(directory.resolve("t10k-labels-idx1-ubyte"));
    write("t10k-images-idx3-ubyte", new byte[7_840_017]);
    write("train-images-idx3-ubyte", new byte[] {0x1f, (byte) 0x8b, 0});
    assertThat(MnistVerification.verify(directory))
        .extracting(MnistVerification::file)
        .containsExactly(MnistFile.values());
    assertThat(MnistVerification.verify(directory))
        .noneMatch(MnistVerification::isOriginal)
        .extracting(MnistVerification::problem)
        .satisfiesExactly(
            damaged -> assertThat(damaged).startsWith("cannot be read"),
            other -> assertThat(other).startsWith("decompressed SHA-256 is"),
            longer -> assertThat(longer).contains("more than the 7840016 bytes"),
            missing -> assertThat(missing).isEqualTo("is missing"));
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(IdxFormatException.class)
        .isThrownBy(() -> MnistData.load(directory))
        .withMessageContaining(message);
  }

  private static byte[] images(int rows) {
    byte[] pixels = new byte[rows * 784];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 784);
    }
    return idx(0x08, pixels, rows, 28, 28);
  }

  private static byte[] labels(int rows) {
    byte[] labels = new byte[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = (byte) (i % 10);
    }
    return idx(0x08, labels, rows);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
  }
}
