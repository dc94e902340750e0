package dev.neurite.mnist.synthetic;

import dev.neurite.nn.data.ByteDataset;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An endless row of handwritten digits that nobody wrote; image i shows the digit i mod 10.
 *
 * <p>Every image is a pure function of the seed and its number: 28×28 pixels as bytes, 0 background
 * to 255 ink, in the form of MNIST.
 *
 * @param seed any value
 */
public record SyntheticDigits(long seed) {
  /** Number of pixels of an image. */
  public static final int PIXELS = InkRenderer.SIDE * InkRenderer.SIDE;

  /** Number of classes. */
  public static final int CLASSES = 10;

  private static final int BLOCK = 250;

  /** Half the width of a pen in pixels: the median, and the deviation of its logarithm. */
  private static final double PEN_RADIUS = 1.1;

  private static final double LOG_PEN_RADIUS = 0.3;
  private static final double SHARPEST_EDGE = 1;
  private static final double SOFTEST_EDGE = 1.8;
  private static final double LARGEST_GAIN = 1.3;

  /** The digit that an image shows. */
  public int label(int image) {
    return image % CLASSES;
  }

  /** The pixels of an image, a new array. */
  public byte[] pixels(int image) {
    byte[] pixels = new byte[PIXELS];
    new Pen(seed).draw(image, pixels, 0);
    return pixels;
  }

  /**
   * The images from {@code from} on, made one by one as they are asked for.
   *
   * @param from at least 0
   */
  public Stream<byte[]> stream(int from) {
    Pen pen = new Pen(seed);
    return IntStream.range(from, Integer.MAX_VALUE)
        .mapToObj(
            image -> {
              byte[] pixels = new byte[PIXELS];
              pen.draw(image, pixels, 0);
              return pixels;
            });
  }

  /**
   * Images {@code from} to {@code to} (exclusive), made on all cores.
   *
   * @param from at least 0
   */
  public ByteDataset dataset(int from, int to) {
    int size = to - from;
    byte[] pixels = new byte[Math.multiplyExact(size, PIXELS)];
    byte[] labels = new byte[size];
    IntStream.range(0, (size + BLOCK - 1) / BLOCK)
        .parallel()
        .forEach(
            block -> {
              Pen pen = new Pen(seed);
              for (int i = block * BLOCK; i < Math.min(size, (block + 1) * BLOCK); i++) {
                labels[i] = (byte) label(from + i);
                pen.draw(from + i, pixels, i * PIXELS);
              }
            });
    return new ByteDataset(pixels, PIXELS, labels, CLASSES);
  }

  /**
   * What draws images one after the other; what {@link #stream} gives is not to be made parallel.
   */
  private static final class Pen {
    private final RandomNumbers random;
    private final Handwriting handwriting;
    private final InkRenderer renderer = new InkRenderer();

    Pen(long seed) {
      random = new RandomNumbers(RandomStream.of(seed, RandomPurpose.SYNTHESIS, 0));
      handwriting = new Handwriting(random);
    }

    void draw(int image, byte[] pixels, int offset) {
      random.begin(image);
      double penRadius = PEN_RADIUS * StrictMath.exp(random.normal(0, LOG_PEN_RADIUS));
      double edge = random.uniform(SHARPEST_EDGE, SOFTEST_EDGE);
      double gain = random.uniform(1, LARGEST_GAIN);
      handwriting.write(image % CLASSES);
      renderer.draw(handwriting, penRadius, edge, gain, pixels, offset);
    }
  }
}
