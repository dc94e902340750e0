package dev.neurite.nn.data;

/**
 * A dataset that can also say which of its features are not zero, without looking at the others.
 */
public interface SparseDataset extends Dataset {
  /** Share of the features that are not zero, over all examples; 1 for no examples. */
  @Override
  double density();

  /** The features that are not zero; the same object at every call. */
  NonZeroBlocks nonZeroBlocks();

  @Override
  default SparseDataset slice(int from, int to) {
    return new SparseSliceDataset(this, from, to);
  }
}
