package dev.neurite.nn.data;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Examples kept as floats, with a class or with number targets each. */
public final class ArrayDataset implements Dataset {
  private final float[] features;
  private final int featureCount;
  private final int outputs;
  private final int @Nullable [] labels;
  private final float @Nullable [] targets;
  private final int size;

  private ArrayDataset(
      float[] features,
      int featureCount,
      int outputs,
      int @Nullable [] labels,
      float @Nullable [] targets,
      int size) {
    if (featureCount < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "needs at least 1 feature and 1 output, received %d and %d"
              .formatted(featureCount, outputs));
    }
    if (features.length != (long) size * featureCount) {
      throw new IllegalArgumentException(
          "%d examples of %d features need %d values, received %d"
              .formatted(size, featureCount, (long) size * featureCount, features.length));
    }
    this.features = features;
    this.featureCount = featureCount;
    this.outputs = outputs;
    this.labels = labels;
    this.targets = targets;
    this.size = size;
  }

  /**
   * Examples with a class each.
   *
   * @param features {@code size × featureCount}, row after row; copied
   * @param featureCount features of an example, at least 1
   * @param labels one class per example; copied
   * @param classes number of classes
   * @throws IllegalArgumentException if lengths disagree or a label is not in [0, classes)
   */
  public static ArrayDataset classification(
      float[] features, int featureCount, int[] labels, int classes) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label %d of example %d is not in 0...%d".formatted(labels[i], i, classes - 1));
      }
    }
    return new ArrayDataset(
        features.clone(), featureCount, classes, labels.clone(), null, labels.length);
  }

  /**
   * Examples with a row of number targets each.
   *
   * @param features {@code size × featureCount}, row after row; copied
   * @param featureCount features of an example, at least 1
   * @param targets {@code size × outputs}, row after row; copied
   * @param outputs targets of an example, at least 1
   * @throws IllegalArgumentException if lengths disagree
   */
  public static ArrayDataset regression(
      float[] features, int featureCount, float[] targets, int outputs) {
    int size = outputs < 1 ? 0 : targets.length / outputs;
    if (outputs >= 1 && targets.length % outputs != 0) {
      throw new IllegalArgumentException(
          "%d target values are no whole number of rows of %d".formatted(targets.length, outputs));
    }
    return new ArrayDataset(features.clone(), featureCount, outputs, null, targets.clone(), size);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int features() {
    return featureCount;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public int label(int index) {
    Objects.checkIndex(index, size);
    return labels == null ? NO_LABEL : labels[index];
  }

  @Override
  public void copyFeatures(int index, float[] target, int offset) {
    Objects.checkIndex(index, size);
    System.arraycopy(features, index * featureCount, target, offset, featureCount);
  }

  @Override
  public void copyTargets(int index, float[] target, int offset) {
    Objects.checkIndex(index, size);
    if (targets != null) {
      System.arraycopy(targets, index * outputs, target, offset, outputs);
    } else {
      Arrays.fill(target, offset, offset + outputs, 0f);
      target[offset + label(index)] = 1f;
    }
  }
}
