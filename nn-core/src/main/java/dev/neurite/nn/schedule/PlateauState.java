package dev.neurite.nn.schedule;

/**
 * What a {@link PlateauSchedule} remembers from epoch to epoch: an immutable value that whoever
 * trains keeps, hands in with the step, and saves with a checkpoint.
 *
 * @param scale what all reductions have left of the base rate, in [0, 1]
 * @param bestMetric the lowest metric so far, {@link Double#POSITIVE_INFINITY} before the first;
 *     not NaN
 * @param epochsWithoutImprovement the epochs in a row that did not improve, since the last
 *     improvement, reduction or cool-down
 * @param cooldownEpochsLeft the coming epochs that will not be counted
 */
public record PlateauState(
    double scale, double bestMetric, int epochsWithoutImprovement, int cooldownEpochsLeft) {
  private static final PlateauState INITIAL = new PlateauState(1, Double.POSITIVE_INFINITY, 0, 0);

  /**
   * @throws IllegalArgumentException if a value is outside its range
   */
  public PlateauState {
    Require.zeroToOne("scale", scale);
    if (Double.isNaN(bestMetric)) {
      throw Require.refused("bestMetric", bestMetric, "a number");
    }
    Require.atLeast(0, "epochsWithoutImprovement", epochsWithoutImprovement);
    Require.atLeast(0, "cooldownEpochsLeft", cooldownEpochsLeft);
  }

  /** The state before the first epoch: nothing reduced, nothing seen. */
  public static PlateauState initial() {
    return INITIAL;
  }
}
