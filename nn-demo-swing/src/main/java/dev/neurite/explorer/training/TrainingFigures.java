package dev.neurite.explorer.training;

import dev.neurite.explorer.text.Figures;

/**
 * The large figures, as text.
 *
 * @param trainAccuracy of the last epoch; of the newest batch before there is one
 * @param validationAccuracy of the last epoch
 * @param testAccuracy of the last epoch
 * @param speed images a second
 * @param time left while it trains, taken once it is over
 * @param timeIsLeft which of the two
 */
public record TrainingFigures(
    String trainAccuracy,
    String validationAccuracy,
    String testAccuracy,
    String speed,
    String time,
    boolean timeIsLeft) {
  /** No figures. */
  public static final TrainingFigures NONE =
      new TrainingFigures(
          Figures.NONE, Figures.NONE, Figures.NONE, Figures.NONE, Figures.NONE, true);
}
