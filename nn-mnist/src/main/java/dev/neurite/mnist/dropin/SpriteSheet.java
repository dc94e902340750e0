package dev.neurite.mnist.dropin;

import dev.neurite.mnist.digit.ImageFileReader;
import dev.neurite.mnist.digit.UnreadableImageException;
import dev.neurite.mnist.files.IdxFormatException;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.nn.data.ByteDataset;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The data of browser examples: a PNG of 784 pixels width with one image in each row of pixels, and
 * a file with ten bytes for each label, of which one is 1 and all others are 0.
 *
 * <p>The first 11 of 13 images are to learn from, the rest to report on: 55,000 and 10,000 of the
 * usual 65,000.
 */
final class SpriteSheet {
  /** The usual name of the picture. */
  static final String IMAGES = "mnist_images.png";

  /** The usual name of the labels. */
  static final String LABELS = "mnist_labels_uint8";

  private static final int PIXELS = MnistData.SIDE * MnistData.SIDE;
  private static final int CLASSES = 10;
  private static final int TEST_PARTS = 2;
  private static final int PARTS = 13;
  private static final int LARGEST_COUNT = 200_000;

  private SpriteSheet() {}

  /** Whether a directory holds both files. */
  static boolean isIn(Path directory) {
    return Files.isRegularFile(directory.resolve(IMAGES))
        && Files.isRegularFile(directory.resolve(LABELS));
  }

  /**
   * Reads both files.
   *
   * @throws UnreadableImageException if the picture cannot be read or is not 784 pixels wide with a
   *     row for each label
   * @throws IdxFormatException if there are no labels or more than 200,000, or one is not one-hot
   */
  static MnistData read(Path directory) throws IOException {
    byte[] labels = labels(directory.resolve(LABELS));
    byte[] pixels =
        pixels(ImageFileReader.readStored(directory.resolve(IMAGES), PIXELS, labels.length));
    ByteDataset all = new ByteDataset(pixels, PIXELS, labels, CLASSES);
    int train = labels.length - labels.length * TEST_PARTS / PARTS;
    return MnistData.of(
        all.slice(0, train), all.slice(train, labels.length), ClassNames.of("digits", CLASSES));
  }

  private static byte[] labels(Path file) throws IOException {
    long size = Files.size(file);
    if (size == 0 || size % CLASSES != 0 || size / CLASSES > LARGEST_COUNT) {
      throw new IdxFormatException(
          file.toString(),
          size + " bytes",
          "10 bytes for each label, at most %d labels".formatted(LARGEST_COUNT));
    }
    byte[] bytes = Files.readAllBytes(file);
    byte[] labels = new byte[bytes.length / CLASSES];
    for (int i = 0; i < labels.length; i++) {
      int ones = 0;
      int others = 0;
      for (int k = 0; k < CLASSES; k++) {
        byte value = bytes[i * CLASSES + k];
        if (value == 1) {
          labels[i] = (byte) k;
          ones++;
        } else if (value != 0) {
          others++;
        }
      }
      if (ones != 1 || others != 0) {
        throw new IdxFormatException(
            file.toString(), "label %d with %d ones".formatted(i, ones), "one 1 and nine 0");
      }
    }
    return labels;
  }

  /** The stored grey value of each pixel, or the red part of a coloured one. */
  private static byte[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    byte[] pixels = new byte[width * height];
    Raster raster = picture.getRaster();
    int deeper = raster.getSampleModel().getSampleSize(0) - Byte.SIZE;
    boolean stored = deeper >= 0 && !(picture.getColorModel() instanceof IndexColorModel);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      if (stored) {
        raster.getSamples(0, y, width, 1, 0, row);
      } else {
        picture.getRGB(0, y, width, 1, row, 0, width);
      }
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (byte) (stored ? row[x] >> deeper : row[x] >> 16);
      }
    }
    return pixels;
  }
}
