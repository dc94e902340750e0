package dev.neurite.nn.data;

/**
 * A dataset that can also say which of its features are not zero, without looking at the others.
 */
public interface SparseDataset extends Dataset {
  /** Share of the features that are not zero, over all examples; 1 for no examples. */
  @Override
  double density();

  /**
   * Number of features of an example that are not zero.
   *
   * @param index example, in [0, size)
   */
  int nonZeros(int index);

  /**
   * Copies the features of an example that are not zero.
   *
   * @param index example, in [0, size)
   * @param columns overwritten from {@code offset} on: which features, ascending
   * @param values overwritten from {@code offset} on: their values
   * @param offset first position written; {@link #nonZeros} positions are
   */
  void copyNonZeros(int index, int[] columns, float[] values, int offset);

  @Override
  default SparseDataset slice(int from, int to) {
    return new SparseSliceDataset(this, from, to);
  }
}
