package dev.neurite.explorer.training;

import java.util.List;

/**
 * How a layer learns, in words and curves.
 *
 * @param title which layer
 * @param sentence its figures
 * @param gradientNorms over the run so far, one for each look
 * @param histogram numbers of weights in equal parts around 0
 * @param largestWeight the ends of the histogram, as text
 * @param warns whether the figures are a reason to worry
 */
public record LayerFace(
    String title,
    String sentence,
    List<Double> gradientNorms,
    List<Integer> histogram,
    String largestWeight,
    boolean warns) {
  /** Copies the lists. */
  public LayerFace {
    gradientNorms = List.copyOf(gradientNorms);
    histogram = List.copyOf(histogram);
  }
}
