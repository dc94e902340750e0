package dev.neurite.nn.data;

import java.util.Objects;

/** Consecutive rows of another dataset. */
class SliceDataset implements Dataset {
  private final Dataset whole;
  private final int from;
  private final int to;

  SliceDataset(Dataset whole, int from, int to) {
    Objects.checkFromToIndex(from, to, whole.size());
    this.whole = whole;
    this.from = from;
    this.to = to;
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public int features() {
    return whole.features();
  }

  @Override
  public int outputs() {
    return whole.outputs();
  }

  @Override
  public int label(int index) {
    return whole.label(row(index));
  }

  @Override
  public void copyFeatures(int index, float[] target, int offset) {
    whole.copyFeatures(row(index), target, offset);
  }

  @Override
  public void copyTargets(int index, float[] target, int offset) {
    whole.copyTargets(row(index), target, offset);
  }

  /** The density of the whole, so that parts of one dataset are treated alike. */
  @Override
  public double density() {
    return whole.density();
  }

  final int row(int index) {
    return from + Objects.checkIndex(index, size());
  }
}
