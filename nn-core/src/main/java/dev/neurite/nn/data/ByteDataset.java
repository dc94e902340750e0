package dev.neurite.nn.data;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Images kept as bytes, one byte a pixel, with a class each; a pixel of 0...255 becomes a feature
 * of 0...1 when a batch is gathered.
 *
 * <p>The arrays are not copied: a caller that hands them over must not change them afterwards.
 */
public final class ByteDataset implements SparseDataset {
  private static final int MAX_FEATURES = 1 << 16;
  private static final float[] UNIT = unitValues();

  private final byte[] pixels;
  private final byte[] labels;
  private final int features;
  private final int classes;

  /** Made when first asked for: most of its readers never do. */
  private volatile @Nullable NonZeros nonZeros;

  private record NonZeros(NonZeroBlocks blocks, double density) {}

  /**
   * Wraps pixels and labels.
   *
   * @param pixels {@code size × features}, row after row
   * @param features pixels of an image, 1...65,536
   * @param labels {@code size} classes, as unsigned bytes
   * @param classes number of classes, 1...256
   * @throws IllegalArgumentException if the lengths disagree or a label is not below {@code
   *     classes}
   */
  public ByteDataset(byte[] pixels, int features, byte[] labels, int classes) {
    if (features < 1 || features > MAX_FEATURES || classes < 1 || classes > 256) {
      throw new IllegalArgumentException(
          "needs 1...65,536 features and 1...256 classes, received %d and %d"
              .formatted(features, classes));
    }
    if (pixels.length != (long) features * labels.length) {
      throw new IllegalArgumentException(
          "%d labels of %d features need %d pixels, received %d"
              .formatted(labels.length, features, (long) features * labels.length, pixels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xFF) >= classes) {
        throw new IllegalArgumentException(
            "label %d of example %d is not below the %d classes"
                .formatted(labels[i] & 0xFF, i, classes));
      }
    }
    this.pixels = pixels;
    this.labels = labels;
    this.features = features;
    this.classes = classes;
  }

  private static float[] unitValues() {
    float[] values = new float[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 255f;
    }
    return values;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int outputs() {
    return classes;
  }

  @Override
  public int label(int index) {
    return labels[index] & 0xFF;
  }

  @Override
  public void copyFeatures(int index, float[] target, int offset) {
    int start = Objects.checkIndex(index, labels.length) * features;
    for (int i = 0; i < features; i++) {
      target[offset + i] = UNIT[pixels[start + i] & 0xFF];
    }
  }

  @Override
  public double density() {
    return nonZeros().density;
  }

  @Override
  public NonZeroBlocks nonZeroBlocks() {
    return nonZeros().blocks;
  }

  private NonZeros nonZeros() {
    NonZeros known = nonZeros;
    if (known == null) {
      synchronized (this) {
        known = nonZeros;
        if (known == null) {
          known = findNonZeros();
          nonZeros = known;
        }
      }
    }
    return known;
  }

  private NonZeros findNonZeros() {
    int[] starts = new int[labels.length + 1];
    int[] middles = new int[labels.length];
    int middle = NonZeroBlocks.WIDTH * NonZeroBlocks.middleBlock(features);
    long[] blocks = new long[countBlocks()];
    long elements = 0;
    int at = 0;
    for (int image = 0; image < labels.length; image++) {
      starts[image] = at;
      int start = image * features;
      for (int column = 0; column < features; column += NonZeroBlocks.WIDTH) {
        middles[image] = column == middle ? at : middles[image];
        int width = Math.min(NonZeroBlocks.WIDTH, features - column);
        long bytes = 0;
        for (int q = 0; q < width; q++) {
          long pixel = pixels[start + column + q] & 0xFF;
          bytes |= pixel << (Byte.SIZE * q);
          elements += pixel != 0 ? 1 : 0;
        }
        if (bytes != 0) {
          long place = column / NonZeroBlocks.WIDTH;
          blocks[at++] = place << Integer.SIZE | bytes;
        }
      }
    }
    starts[labels.length] = at;
    double density = pixels.length == 0 ? 1 : (double) elements / pixels.length;
    return new NonZeros(new NonZeroBlocks(starts, middles, blocks, UNIT, 0), density);
  }

  private int countBlocks() {
    int count = 0;
    for (int image = 0; image < labels.length; image++) {
      int start = image * features;
      for (int column = 0; column < features; column += NonZeroBlocks.WIDTH) {
        int bits = 0;
        for (int i = column; i < Math.min(features, column + NonZeroBlocks.WIDTH); i++) {
          bits |= pixels[start + i];
        }
        count += bits != 0 ? 1 : 0;
      }
    }
    return count;
  }
}
