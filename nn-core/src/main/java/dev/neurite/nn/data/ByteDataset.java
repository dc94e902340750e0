package dev.neurite.nn.data;

import java.util.Arrays;
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

  /** The places of the pixels that are not 0, and the pixels: of image i from starts[i] on. */
  private record NonZeros(int[] starts, char[] columns, byte[] pixels) {}

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
    long all = (long) labels.length * features;
    return all == 0 ? 1 : (double) places().starts[labels.length] / all;
  }

  @Override
  public int nonZeros(int index) {
    int[] starts = places().starts;
    return starts[index + 1] - starts[index];
  }

  @Override
  public void copyNonZeros(int index, int[] columns, float[] values, int offset) {
    NonZeros places = places();
    int start = places.starts[index];
    int count = places.starts[index + 1] - start;
    char[] from = places.columns;
    byte[] bytes = places.pixels;
    for (int i = 0; i < count; i++) {
      columns[offset + i] = from[start + i];
    }
    for (int i = 0; i < count; i++) {
      values[offset + i] = UNIT[bytes[start + i] & 0xFF];
    }
  }

  private NonZeros places() {
    NonZeros places = nonZeros;
    if (places == null) {
      synchronized (this) {
        places = nonZeros;
        if (places == null) {
          places = findNonZeros();
          nonZeros = places;
        }
      }
    }
    return places;
  }

  private NonZeros findNonZeros() {
    int[] starts = new int[labels.length + 1];
    char[] columns = new char[Math.max(16, pixels.length / 4)];
    int at = 0;
    for (int image = 0; image < labels.length; image++) {
      starts[image] = at;
      if (columns.length - at < features) {
        columns = Arrays.copyOf(columns, Math.min(pixels.length, 2 * columns.length + features));
      }
      int start = image * features;
      for (int column = 0; column < features; column++) {
        if (pixels[start + column] != 0) {
          columns[at++] = (char) column;
        }
      }
    }
    starts[labels.length] = at;
    byte[] values = new byte[at];
    for (int image = 0; image < labels.length; image++) {
      for (int i = starts[image]; i < starts[image + 1]; i++) {
        values[i] = pixels[image * features + columns[i]];
      }
    }
    return new NonZeros(starts, Arrays.copyOf(columns, at), values);
  }
}
