package dev.neurite.explorer.testbench;

import java.util.Comparator;
import java.util.List;

/**
 * Which test images are wanted.
 *
 * @param actual only of this class, -1 for all
 * @param predicted only taken for this class, -1 for all
 * @param mistakesOnly only mistakes, the surest first
 */
public record ImageFilter(int actual, int predicted, boolean mistakesOnly) {
  /** All images in their order. */
  public static final ImageFilter ALL = new ImageFilter(-1, -1, false);

  /** The wanted ones of a list. A pure function. */
  public List<Prediction> of(List<Prediction> all) {
    List<Prediction> wanted =
        all.stream()
            .filter(p -> actual < 0 || p.actual() == actual)
            .filter(p -> predicted < 0 || p.predicted() == predicted)
            .filter(p -> !mistakesOnly || p.isMistake())
            .toList();
    return mistakesOnly
        ? wanted.stream()
            .sorted(Comparator.comparingDouble((Prediction p) -> -p.confidence()))
            .toList()
        : wanted;
  }
}
