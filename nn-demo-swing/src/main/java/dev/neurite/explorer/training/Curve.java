package dev.neurite.explorer.training;

import java.util.List;

/**
 * Points of a curve; no coordinate is NaN or infinite.
 *
 * @param x in epochs
 * @param y as many as {@code x}
 */
public record Curve(List<Double> x, List<Double> y) {
  /** No points. */
  public static final Curve EMPTY = new Curve(List.of(), List.of());

  /** Copies the lists. */
  public Curve {
    x = List.copyOf(x);
    y = List.copyOf(y);
    if (x.size() != y.size()) {
      throw new IllegalArgumentException(
          "a curve needs as many x as y, received %d and %d".formatted(x.size(), y.size()));
    }
  }
}
