package dev.neurite.nn.data;

/**
 * Training examples that change from epoch to epoch, for example images that are turned a little.
 *
 * <p>Every epoch is an immutable dataset of the same size, with the same labels and targets. As a
 * dataset this shows the examples unchanged.
 */
public interface EpochDataset extends Dataset {
  /**
   * The examples as an epoch sees them; a pure function of the epoch, so that a resumed run sees
   * what an uninterrupted one sees.
   *
   * @param epoch from 0
   */
  Dataset epoch(int epoch);
}
