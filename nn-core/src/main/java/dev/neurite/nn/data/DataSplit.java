package dev.neurite.nn.data;

/**
 * Data in its three roles: rows to learn from, rows to choose by, rows to report on.
 *
 * <p>Whatever chooses (early stopping, best weights, ranking) looks at {@code validation} only;
 * {@code test} is reported and never chooses.
 *
 * @param train rows that gradients are computed from
 * @param validation rows that decisions look at; may be empty
 * @param test rows that are only reported; may be empty
 */
public record DataSplit(Dataset train, Dataset validation, Dataset test) {
  /** Checks that the three parts have the same features and outputs. */
  public DataSplit {
    requireSameShape("validation", train, validation);
    requireSameShape("test", train, test);
    if (train.size() == 0) {
      throw new IllegalArgumentException("training data is empty, at least 1 example is needed");
    }
  }

  private static void requireSameShape(String name, Dataset train, Dataset other) {
    if (other.features() != train.features() || other.outputs() != train.outputs()) {
      throw new IllegalArgumentException(
          "%s data has %d features and %d outputs, training data has %d and %d"
              .formatted(
                  name, other.features(), other.outputs(), train.features(), train.outputs()));
    }
  }
}
