package dev.neurite.nn.data;

import java.util.Objects;

/**
 * Images kept as bytes, one byte a pixel, with a class each; a pixel of 0...255 becomes a feature
 * of 0...1 when a batch is gathered.
 *
 * <p>The arrays are not copied: a caller that hands them over must not change them afterwards.
 */
public final class ByteDataset implements Dataset {
  private static final float[] UNIT = unitValues();

  private final byte[] pixels;
  private final byte[] labels;
  private final int features;
  private final int classes;

  /**
   * Wraps pixels and labels.
   *
   * @param pixels {@code size × features}, row after row
   * @param features pixels of an image, at least 1
   * @param labels {@code size} classes, as unsigned bytes
   * @param classes number of classes, 1...256
   * @throws IllegalArgumentException if the lengths disagree or a label is not below {@code
   *     classes}
   */
  public ByteDataset(byte[] pixels, int features, byte[] labels, int classes) {
    if (features < 1 || classes < 1 || classes > 256) {
      throw new IllegalArgumentException(
          "needs at least 1 feature and 1...256 classes, received %d and %d"
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
}
