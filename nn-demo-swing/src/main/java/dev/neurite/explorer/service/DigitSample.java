package dev.neurite.explorer.service;

import java.util.List;

/**
 * A digit as a network sees it.
 *
 * @param pixels 28×28, row after row, 0 background to 1 ink
 * @param actual its class, -1 if nobody knows
 * @param name for people, for example {@code Image 12}
 */
public record DigitSample(List<Float> pixels, int actual, String name) implements Specimen {
  private static final int PIXELS = 784;

  /**
   * Copies the pixels.
   *
   * @throws IllegalArgumentException if they are not 28×28
   */
  public DigitSample {
    if (pixels.size() != PIXELS) {
      throw new IllegalArgumentException(
          "received %d pixels, needs 28×28 = %d".formatted(pixels.size(), PIXELS));
    }
    pixels = List.copyOf(pixels);
  }

  /** Whether it is known which digit it is. */
  public boolean isLabelled() {
    return actual >= 0;
  }

  /** The pixels as an array of its own. */
  public float[] toArray() {
    float[] array = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      array[i] = pixels.get(i);
    }
    return array;
  }
}
