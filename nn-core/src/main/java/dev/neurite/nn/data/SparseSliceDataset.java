package dev.neurite.nn.data;

/** Consecutive rows of another sparse dataset. */
final class SparseSliceDataset extends SliceDataset implements SparseDataset {
  private final SparseDataset whole;

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
  public int nonZeros(int index) {
    return whole.nonZeros(row(index));
  }

  @Override
  public void copyNonZeros(int index, int[] columns, float[] values, int offset) {
    whole.copyNonZeros(row(index), columns, values, offset);
  }

  @Override
  public SparseDataset slice(int from, int to) {
    return SparseDataset.super.slice(from, to);
  }
}
