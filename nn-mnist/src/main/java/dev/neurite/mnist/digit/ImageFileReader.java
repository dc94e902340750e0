package dev.neurite.mnist.digit;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes grey pictures of image files: PNG, JPEG and whatever else {@code javax.imageio} reads.
 *
 * <p>Brightness is 0.299 red + 0.587 green + 0.114 blue (BT.601) of the values as stored; a grey
 * image keeps its values, without the change that {@link BufferedImage#getRGB} makes to them. A
 * transparent image is laid on white; if it is mostly transparent and what is opaque is light, on
 * black, so that the ink stays visible.
 */
public final class ImageFileReader {
  private static final long LARGEST_PIXELS = 64_000_000;

  /** Above this size every second pixel of every second row is enough. */
  private static final long LARGEST_FULL_PIXELS = 16_000_000;

  /** What a header may claim of any file, however short. */
  private static final long LARGEST_CHEAP_PIXELS = 1_000_000;

  /** No picture is packed into fewer bytes than one in this many; deflate cannot do better. */
  private static final long LARGEST_PACKING = 1032;

  /** What to make of a file that a decoder knows. */
  @FunctionalInterface
  private interface Decoding<T> {
    T decode(ImageReader reader) throws IOException;
  }

  private ImageFileReader() {}

  /**
   * Reads a file. The size is looked at before anything is decoded. Of an image of more than 16
   * million pixels every second row and column is read.
   *
   * @throws UnreadableImageException if it is no image of a known format, damaged, has more than 64
   *     million pixels, or claims more of them than so short a file can hold
   * @throws IOException if the file cannot be opened
   */
  public static GreyImage read(Path file) throws IOException {
    return decoded(file, reader -> of(decode(reader, file)));
  }

  /**
   * Reads a file as it is stored.
   *
   * @param width pixels that it must have in a row
   * @param height rows that it must have
   * @throws UnreadableImageException if it is no image of a known format, damaged, of another size,
   *     or claims more pixels than so short a file can hold
   * @throws IOException if the file cannot be opened
   */
  public static BufferedImage readStored(Path file, int width, int height) throws IOException {
    return decoded(
        file,
        reader -> {
          if (reader.getWidth(0) != width || reader.getHeight(0) != height) {
            throw new UnreadableImageException(
                "%s has %d×%d pixels, needs %d×%d"
                    .formatted(file, reader.getWidth(0), reader.getHeight(0), width, height),
                null);
          }
          requireRoom(reader, file);
          return reader.read(0);
        });
  }

  private static <T> T decoded(Path file, Decoding<T> decoding) throws IOException {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new UnreadableImageException(file + " is not a file that can be read", null);
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UnreadableImageException(
            file + " is no image of a known format, needs PNG or JPEG", null);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return decoding.decode(reader);
      } catch (UnreadableImageException e) {
        throw e;
      } catch (IOException | RuntimeException e) { // decoders throw all kinds at damaged files
        throw new UnreadableImageException(
            "%s cannot be decoded: %s".formatted(file, e.getMessage()), e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage decode(ImageReader reader, Path file) throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > LARGEST_PIXELS) {
      throw new UnreadableImageException(
          "%s has %d×%d pixels, needs at most %d in all"
              .formatted(file, width, height, LARGEST_PIXELS),
          null);
    }
    requireRoom(reader, file);
    ImageReadParam parameters = reader.getDefaultReadParam();
    if (width * height > LARGEST_FULL_PIXELS) {
      parameters.setSourceSubsampling(2, 2, 0, 0);
    }
    return reader.read(0, parameters);
  }

  /** Refuses a header that claims more than the file can hold, before memory is taken for it. */
  private static void requireRoom(ImageReader reader, Path file) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels <= LARGEST_CHEAP_PIXELS) {
      return;
    }
    long bytes = Files.size(file);
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    int bits = types.hasNext() ? types.next().getColorModel().getPixelSize() : 1;
    if (pixels * bits / Byte.SIZE > bytes * LARGEST_PACKING) {
      throw new UnreadableImageException(
          "%s claims %d×%d pixels of %d bits, needs at most %d in a file of %d bytes"
              .formatted(
                  file,
                  reader.getWidth(0),
                  reader.getHeight(0),
                  bits,
                  bytes * LARGEST_PACKING * Byte.SIZE / bits,
                  bytes),
          null);
    }
  }

  /** The grey picture of an image in memory, for example from the clipboard. */
  public static GreyImage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[] brightness = new float[width * height];
    float @Nullable [] opacity =
        image.getColorModel().hasAlpha() ? new float[width * height] : null;
    if (isGrey(image.getColorModel())) {
      readGrey(image, brightness, opacity);
    } else {
      readColours(image, brightness, opacity);
    }
    if (opacity != null) {
      layOnBackground(brightness, opacity);
    }
    return new GreyImage(brightness, width, height);
  }

  private static boolean isGrey(ColorModel model) {
    return model.getNumColorComponents() == 1 && !(model instanceof IndexColorModel);
  }

  private static void readGrey(
      BufferedImage image, float[] brightness, float @Nullable [] opacity) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    float greyScale = 1f / ((1 << model.getComponentSize(0)) - 1);
    int width = image.getWidth();
    int[] row = new int[width * raster.getNumBands()];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int first = x * raster.getNumBands();
        brightness[y * width + x] = Math.min(1f, row[first] * greyScale);
        if (opacity != null) {
          opacity[y * width + x] = row[first + 1] / (float) ((1 << model.getComponentSize(1)) - 1);
        }
      }
    }
  }

  private static void readColours(
      BufferedImage image, float[] brightness, float @Nullable [] opacity) {
    int width = image.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int red = row[x] >> 16 & 0xFF;
        int green = row[x] >> 8 & 0xFF;
        int blue = row[x] & 0xFF;
        brightness[y * width + x] = (299 * red + 587 * green + 114 * blue) / 255_000f;
        if (opacity != null) {
          opacity[y * width + x] = (row[x] >>> 24) / 255f;
        }
      }
    }
  }

  private static void layOnBackground(float[] brightness, float[] opacity) {
    double opaque = 0;
    double opaqueBrightness = 0;
    for (int i = 0; i < opacity.length; i++) {
      opaque += opacity[i];
      opaqueBrightness += opacity[i] * brightness[i];
    }
    boolean lightInk = opaque < opacity.length / 2.0 && opaqueBrightness > opaque / 2;
    float background = lightInk ? 0f : 1f;
    for (int i = 0; i < opacity.length; i++) {
      float laid = brightness[i] + (1 - opacity[i]) * (background - brightness[i]);
      brightness[i] = Math.max(0f, Math.min(1f, laid)); // rounding may leave [0, 1]
    }
  }
}
