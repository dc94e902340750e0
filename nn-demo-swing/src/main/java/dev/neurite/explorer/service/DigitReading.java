package dev.neurite.explorer.service;

import java.util.List;

/**
 * What networks make of a digit.
 *
 * @param seen the 28×28 pixels that a network sees, row after row, 0 background to 1 ink; empty if
 *     there is no ink
 * @param probabilities one for each digit; empty if there is no ink or nobody was asked
 * @param rivalProbabilities the same of the network it is compared with
 */
public record DigitReading(
    List<Float> seen, List<Float> probabilities, List<Float> rivalProbabilities) {
  /** Nothing was drawn. */
  public static final DigitReading NOTHING = new DigitReading(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public DigitReading {
    seen = List.copyOf(seen);
    probabilities = List.copyOf(probabilities);
    rivalProbabilities = List.copyOf(rivalProbabilities);
  }
}
