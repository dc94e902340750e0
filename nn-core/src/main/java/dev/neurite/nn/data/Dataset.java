package dev.neurite.nn.data;

import java.util.Arrays;

/**
 * An immutable list of examples, each a row of features with a label or a row of targets.
 *
 * <p>Implementations are safe for use by many threads at once.
 */
public interface Dataset {
  /** The label of an example that has none because its targets are numbers. */
  int NO_LABEL = -1;

  /** Number of examples, at least 0. */
  int size();

  /** Number of features of an example, at least 1. */
  int features();

  /** Number of outputs that a network for this data has: classes, or targets of a regression. */
  int outputs();

  /**
   * The class of an example.
   *
   * @param index example, in [0, size)
   * @return the class in [0, outputs), or {@link #NO_LABEL}
   */
  int label(int index);

  /**
   * Copies the features of an example.
   *
   * @param index example, in [0, size)
   * @param target overwritten from {@code offset} on, {@link #features()} values
   * @param offset first position written
   */
  void copyFeatures(int index, float[] target, int offset);

  /**
   * Copies the targets of an example: one-hot for a class, numbers for a regression.
   *
   * @param index example, in [0, size)
   * @param target overwritten from {@code offset} on, {@link #outputs()} values
   * @param offset first position written
   */
  default void copyTargets(int index, float[] target, int offset) {
    Arrays.fill(target, offset, offset + outputs(), 0f);
    target[offset + label(index)] = 1f;
  }

  /**
   * Share of the features that are not zero, over all examples; 1 where it is not known. Of
   * examples with few such features only those are computed with.
   */
  default double density() {
    return 1;
  }

  /**
   * The examples {@code from} to {@code to} (exclusive) as a view.
   *
   * @throws IndexOutOfBoundsException if the range does not lie within the dataset
   */
  default Dataset slice(int from, int to) {
    return new SliceDataset(this, from, to);
  }
}
