package dev.neurite.mnist.digit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileReaderTest {
  private static final float ROUNDING = 1e-5f;

  @TempDir Path directory;

  @Test
  void greyValuesStayAsTheyAre() throws IOException {
    BufferedImage bytes = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage shorts = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 256; i++) {
      bytes.getRaster().setSample(i, 0, 0, i);
      shorts.getRaster().setSample(i, 0, 0, i * 257);
    }
    for (BufferedImage image : new BufferedImage[] {bytes, shorts}) {
      GreyImage grey = ImageFileReader.read(write(image, "png"));
      for (int i = 0; i < 256; i++) {
        assertThat(grey.at(i, 0)).isCloseTo(i / 255f, within(ROUNDING));
      }
    }
  }

  @Test
  void coloursBecomeTheirLuminance() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(1, 0, 0x00FF00);
    image.setRGB(2, 0, 0x0000FF);
    image.setRGB(0, 1, 0xFFFFFF);
    image.setRGB(1, 1, 0x808080);
    GreyImage grey = ImageFileReader.read(write(image, "png"));
    assertThat(grey.width()).isEqualTo(3);
    assertThat(grey.height()).isEqualTo(2);
    assertThat(grey.pixels())
        .containsExactly(new float[] {.299f, .587f, .114f, 1, 128 / 255f, 0}, within(ROUNDING));
  }

  @Test
  void bilevelAndJpegImagesAreRead() throws IOException {
    BufferedImage bilevel = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_BINARY);
    bilevel.setRGB(4, 5, 0xFFFFFFFF);
    GreyImage grey = ImageFileReader.read(write(bilevel, "png"));
    assertThat(grey.at(4, 5)).isEqualTo(1f);
    assertThat(grey.at(5, 4)).isZero();

    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
      BufferedImage image = new BufferedImage(64, 48, type);
      for (int i = 0; i < 64 * 24; i++) {
        image.setRGB(i % 64, i / 64, 0xFFFFFFFF);
      }
      GreyImage jpeg = ImageFileReader.read(write(image, "jpg"));
      assertThat(jpeg.at(32, 10)).isCloseTo(1f, within(.03f));
      assertThat(jpeg.at(32, 40)).isCloseTo(0f, within(.03f));
    }
  }

  @Test
  void inkOnATransparentGroundStaysVisible() throws IOException {
    for (int ink : new int[] {0xFF000000, 0xFFFFFFFF}) {
      BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
      image.setRGB(9, 9, ink);
      image.setRGB(10, 9, ink & 0x80FFFFFF);
      GreyImage grey = ImageFileReader.read(write(image, "png"));
      float inkValue = ink == 0xFFFFFFFF ? 1f : 0f;
      assertThat(grey.at(9, 9)).isEqualTo(inkValue);
      assertThat(grey.at(0, 0)).isEqualTo(1 - inkValue);
      assertThat(grey.at(10, 9)).isCloseTo(.5f, within(.01f));
    }
  }

  @Test
  void aTransparentCornerOfALightPageIsWhite() throws IOException {
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
    for (int i = 1; i < 400; i++) {
      image.setRGB(i % 20, i / 20, 0xFFE0E0E0);
    }
    assertThat(ImageFileReader.read(write(image, "png")).at(0, 0)).isEqualTo(1f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GIF", "this is text, not a picture"})
  void refusesWhatIsNoImage(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("file.png"), content);
    assertRefused(file, "no image of a known format");
  }

  @Test
  void refusesWhatIsNoFile() {
    assertRefused(directory, "not a file");
    assertRefused(directory.resolve("none.png"), "not a file");
  }

  @Test
  void refusesAbsurdSizesBeforeDecoding() throws IOException {
    assertRefused(pngHeader(100_000, 100_000), "100000×100000 pixels, needs at most 64000000");
    assertRefused(pngHeader(Integer.MAX_VALUE, Integer.MAX_VALUE), "needs at most 64000000");
  }

  @Test
  void readsEverySecondPixelOfALargeImage() throws IOException {
    BufferedImage image = new BufferedImage(16_001, 1_001, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(8_000, 500, 0xFFFFFFFF);
    GreyImage grey = ImageFileReader.read(write(image, "png"));
    assertThat(grey.width()).isEqualTo(8_001);
    assertThat(grey.height()).isEqualTo(501);
    assertThat(grey.at(4_000, 250)).isEqualTo(1f);
  }

  @Test
  void damagedFilesAreRefusedOrRead() throws IOException {
    Random random = new Random(17);
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 784; i++) {
      image.setRGB(i % 28, i / 28, random.nextInt());
    }
    BufferedImage opaque = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    opaque.createGraphics().drawImage(image, 0, 0, null);
    byte[][] files = {
      Files.readAllBytes(write(image, "png")), Files.readAllBytes(write(opaque, "jpg"))
    };
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] file = files[i % 2].clone();
      if (i % 4 < 2) {
        file = Arrays.copyOf(file, random.nextInt(file.length));
      } else {
        file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        ImageFileReader.read(Files.write(directory.resolve("damaged"), file));
      } catch (UnreadableImageException e) {
        assertThat(e).hasMessageContaining("damaged");
        refused++;
      }
    }
    assertThat(refused).isBetween(50, 399);
  }

  @Test
  void anMnistLikeDigitSurvivesAPngFile() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 4; y < 24; y++) {
      for (int x = 11; x < 17; x++) {
        image.getRaster().setSample(x, y, 0, x == 11 ? 3 : 230 + y);
      }
    }
    image.getRaster().setSample(14, 10, 0, 255);
    GreyImage read = ImageFileReader.read(write(image, "png"));
    float[] digit = new DigitPreprocessor().prepare(read).orElseThrow().digit().pixels();
    assertThat(digit).containsExactly(read.pixels(), within(ROUNDING));
  }

  @Test
  void greyImagesCheckTheirValues() {
    assertThatIllegalArgumentException().isThrownBy(() -> new GreyImage(new float[3], 2, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new GreyImage(new float[0], 0, 2));
    for (float wrong : new float[] {-.1f, 1.1f, Float.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new GreyImage(new float[] {wrong}, 1, 1))
          .withMessageContaining("pixel 0 is " + wrong);
    }
  }

  private static void assertRefused(Path file, String message) {
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> ImageFileReader.read(file))
        .withMessageContainingAll(file.toString(), message);
  }

  /** A PNG file that ends after a header of this size. */
  private Path pngHeader(int width, int height) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(17);
    chunk.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    chunk.put(new byte[] {8, 0, 0, 0, 0});
    CRC32 sum = new CRC32();
    sum.update(chunk.array());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13});
    file.write(chunk.array());
    file.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    return Files.write(directory.resolve("header.png"), file.toByteArray());
  }

  private Path write(BufferedImage image, String format) throws IOException {
    Path file = directory.resolve("image." + format);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }
}
