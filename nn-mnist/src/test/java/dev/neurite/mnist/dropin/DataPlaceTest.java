package dev.neurite.mnist.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.mnist.files.IdxBytes;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.nn.data.Dataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPlaceTest {
  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;

  @TempDir private Path folder;

  @Test
  void spriteSheetHasItsImagesAndLabels() throws IOException {
    int[] wanted = {5, 0, 4, 1, 9, 2, 1, 3, 1, 4, 7, 2, 1};
    byte[] pixels = noise(13 * PIXELS, 1);
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
      Path place = Files.createDirectories(folder.resolve("sprite" + type));
      writeSprite(place, pixels, wanted, type);
      MnistData data = DataPlace.read(place);
      assertThat(labels(data.train())).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4, 7);
      assertThat(labels(data.test())).containsExactly(2, 1);
      assertThat(data.classNames()).hasSize(10).startsWith("0", "1").endsWith("9");
      for (int i = 0; i < 11; i++) {
        assertThat(image(data.train(), i)).isEqualTo(bytes(pixels, i));
      }
      assertThat(image(data.test(), 1)).isEqualTo(bytes(pixels, 12));
    }
  }

  @Test
  void spriteSheetsThatDoNotFitAreRefused() throws IOException {
    Path place = Files.createDirectories(folder.resolve("sprite"));
    writeSprite(place, noise(3 * PIXELS, 1), new int[] {1, 2, 3}, BufferedImage.TYPE_BYTE_GRAY);
    Path labels = place.resolve("mnist_labels_uint8");
    byte[] oneHot = Files.readAllBytes(labels);
    Files.write(labels, Arrays.copyOf(oneHot, 20));
    assertThatThrownBy(() -> DataPlace.read(place)).hasMessageContaining("784×3 pixels");
    oneHot[5] = 1;
    Files.write(labels, oneHot);
    assertThatThrownBy(() -> DataPlace.read(place)).hasMessageContaining("label 0 with 2 ones");
    Files.write(labels, new byte[] {5, 0, 4});
    assertThatThrownBy(() -> DataPlace.read(place)).hasMessageContaining("10 bytes for each");
  }

  private static void writeSprite(Path place, byte[] pixels, int[] labels, int type)
      throws IOException {
    BufferedImage sheet = new BufferedImage(PIXELS, labels.length, type);
    byte[] oneHot = new byte[labels.length * 10];
    for (int i = 0; i < labels.length; i++) {
      for (int k = 0; k < PIXELS; k++) {
        for (int band = 0; band < sheet.getRaster().getNumBands(); band++) {
          sheet.getRaster().setSample(k, i, band, pixels[i * PIXELS + k] & 0xFF);
        }
      }
      oneHot[i * 10 + labels[i]] = 1;
    }
    ImageIO.write(sheet, "png", place.resolve("mnist_images.png").toFile());
    Files.write(place.resolve("mnist_labels_uint8"), oneHot);
  }

  @Test
  void emnistLettersAreTurnedUprightAndCountedFromZero() throws IOException {
    Path place = Files.createDirectories(folder.resolve("gzip"));
    byte[] pixels = noise(3 * PIXELS, 2);
    writeIdx(place, "emnist-letters-", "train", pixels, new byte[] {1, 26, 3});
    writeIdx(place, "emnist-letters-", "test", noise(PIXELS, 3), new byte[] {2});
    MnistData data = DataPlace.read(place);
    assertThat(labels(data.train())).containsExactly(0, 25, 2);
    assertThat(data.classNames()).hasSize(26).startsWith("A", "B").endsWith("Z");
    int[] upright = image(data.train(), 1);
    int[] stored = bytes(pixels, 1);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        assertThat(upright[y * SIDE + x]).isEqualTo(stored[x * SIDE + y]);
      }
    }
  }

  @Test
  void oneOfSeveralSetsIsNamedByItsPrefix() throws IOException {
    byte[] balanced = {0, 46, 36};
    for (String prefix : List.of("emnist-balanced-", "emnist-digits-")) {
      byte[] labels = prefix.contains("balanced") ? balanced : new byte[] {0, 9, 4};
      writeIdx(folder, prefix, "train", noise(3 * PIXELS, 4), labels);
      writeIdx(folder, prefix, "test", noise(3 * PIXELS, 5), labels);
    }
    assertThatThrownBy(() -> DataPlace.read(folder))
        .hasMessageContaining("several sets")
        .hasMessageContaining("emnist-balanced-")
        .hasMessageContaining("emnist-digits-");
    MnistData data = DataPlace.read(folder.resolve("emnist-balanced"));
    assertThat(data.classNames()).hasSize(47).startsWith("0").contains("Z", "a", "t");
    assertThat(labels(data.train())).containsExactly(0, 46, 36);
    assertThat(DataPlace.read(folder.resolve("emnist-digits-")).classNames()).hasSize(10);
    assertThatThrownBy(() -> DataPlace.read(folder.resolve("emnist-byclass")))
        .hasMessageContaining("no directory");
  }

  @Test
  void fashionAndKuzushijiAreKnownByTheirDirectory() throws IOException {
    int checked = 0;
    for (String name : List.of("Fashion-MNIST", "kmnist", "other")) {
      Path place = Files.createDirectories(folder.resolve(name));
      byte[] pixels = noise(10 * PIXELS, 6);
      byte[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
      writeIdx(place, "", "train", pixels, labels);
      writeIdx(place, "", "t10k", pixels, labels);
      MnistData data = DataPlace.read(place);
      assertThat(data.classNames().get(9)).isEqualTo(List.of("Ankle boot", "wo", "9").get(checked));
      assertThat(image(data.train(), 4)).isEqualTo(bytes(pixels, 4));
      assertThat(DataPlace.classNames(place.toString(), 10)).isEqualTo(data.classNames());
      checked++;
    }
    assertThat(checked).isEqualTo(3);
  }

  @Test
  void foldersOfPicturesGiveClassesTheirNames() throws IOException {
    byte[] pixels = noise(14 * PIXELS, 7);
    for (int i = 0; i < 14; i++) {
      Path of = Files.createDirectories(folder.resolve(i % 2 == 0 ? "pear" : "apple"));
      BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      picture.getRaster().setPixels(0, 0, SIDE, SIDE, bytes(pixels, i));
      ImageIO.write(picture, "png", of.resolve("%02d.PNG".formatted(i)).toFile());
    }
    BufferedImage drawing = new BufferedImage(90, 60, BufferedImage.TYPE_INT_RGB);
    drawing.createGraphics().fillRect(20, 10, 10, 40);
    ImageIO.write(drawing, "jpg", folder.resolve("apple/99.jpg").toFile());
    Files.writeString(folder.resolve("apple/notes.txt"), "no picture");

    MnistData data = DataPlace.read(folder);
    assertThat(data.classNames()).containsExactly("apple", "pear");
    assertThat(DataPlace.classNames(folder.toString(), 2)).containsExactly("apple", "pear");
    assertThat(data.train().size()).isEqualTo(13);
    assertThat(data.test().size()).isEqualTo(2);
    // The sixth picture of a class is kept: 11 of the apples, 10 of the pears.
    int[] apple = image(data.test(), data.test().label(0) == 0 ? 0 : 1);
    assertThat(apple).isEqualTo(bytes(pixels, 11));
    int drawn = 0;
    for (int i = 0; i < 13; i++) {
      int[] image = image(data.train(), i);
      drawn += Arrays.stream(image).filter(v -> v == 0).count() > 600 ? 1 : 0;
    }
    assertThat(drawn).isOne(); // the drawing, in the form of MNIST: a narrow bar on black
  }

  @Test
  void trainAndTestFoldersAreKeptApart() throws IOException {
    for (String file : List.of("train/2/a.png", "train/10/b.png", "test/10/c.png")) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      ImageIO.write(
          new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY), "png", path.toFile());
    }
    MnistData data = DataPlace.read(folder);
    assertThat(data.classNames()).containsExactly("2", "10"); // by value
    assertThat(data.train().size()).isEqualTo(2);
    assertThat(labels(data.test())).containsExactly(1);
    Path stranger = Files.createDirectories(folder.resolve("test/3"));
    Files.copy(folder.resolve("test/10/c.png"), stranger.resolve("d.png"));
    assertThatThrownBy(() -> DataPlace.read(folder)).hasMessageContaining("not among those");
  }

  @Test
  void whatIsNoDataSaysWhatIsNeeded() throws IOException {
    assertThatThrownBy(() -> DataPlace.read(folder.resolve("none")))
        .hasMessageContaining("no directory");
    assertThatThrownBy(() -> DataPlace.read(folder))
        .hasMessageContaining("train-images-idx3-ubyte");
    writeIdx(folder, "", "train", noise(PIXELS, 1), new byte[] {0});
    assertThatThrownBy(() -> DataPlace.read(folder)).hasMessageContaining("t10k-labels");
    writeIdx(folder, "", "t10k", noise(PIXELS, 1), new byte[] {0, 1});
    assertThatThrownBy(() -> DataPlace.read(folder)).hasMessageContaining("one for each label");
  }

  private static void writeIdx(Path place, String prefix, String part, byte[] pixels, byte[] labels)
      throws IOException {
    Files.write(
        place.resolve(prefix + part + "-images-idx3-ubyte"),
        IdxBytes.idx(0x08, pixels, pixels.length / PIXELS, SIDE, SIDE));
    Files.write(
        place.resolve(prefix + part + "-labels-idx1-ubyte"),
        IdxBytes.idx(0x08, labels, labels.length));
  }

  private static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static int[] bytes(byte[] pixels, int image) {
    return IntStream.range(image * PIXELS, (image + 1) * PIXELS)
        .map(i -> pixels[i] & 0xFF)
        .toArray();
  }

  private static int[] image(Dataset data, int index) {
    float[] pixels = new float[PIXELS];
    data.copyFeatures(index, pixels, 0);
    return IntStream.range(0, PIXELS).map(i -> Math.round(255 * pixels[i])).toArray();
  }

  private static int[] labels(Dataset data) {
    return IntStream.range(0, data.size()).map(data::label).toArray();
  }
}
