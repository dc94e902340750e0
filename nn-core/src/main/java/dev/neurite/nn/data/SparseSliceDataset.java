package dev.neurite.nn.data;

import org.jspecify.annotations.Nullable;

/** Consecutive rows of another sparse dataset. */
final class SparseSliceDataset extends SliceDataset implements SparseDataset {
  private final SparseDataset whole;
  private @Nullable NonZeroBlocks blocks;

  SparseSliceDataset(SparseDataset whole, int from, int to) {
    super(whole, from, to);
    this.whole = whole;
  }

  /** The density of the whole, so that parts of one dataset are treated alike. */
  @Override
  public double density() {
    return whole.density();
  }

  @Override
  public NonZeroBlocks nonZeroBlocks() {
    NonZeroBlocks known = blocks;
    if (known == null) { // two threads may both make one: they are equal
      known = whole.nonZeroBlocks().from(row(0));
      blocks = known;
    }
    return known;
  }

  @Override
  public SparseDataset slice(int from, int to) {
    return SparseDataset.super.slice(from, to);
  }
}
