package dev.neurite.explorer.service;

import dev.neurite.explorer.session.DataKind;
import java.util.List;

/**
 * A digit as a network sees it.
 *
 * @param pixels 28×28, row after row, 0 background to 1 ink
 * @param actual its class, -1 if nobody knows
 * @param name for people, for example {@code Image 12}
 * @param classNames what the classes are called that {@code actual} is one of
 */
public record DigitSample(List<Float> pixels, int actual, String name, List<String> classNames)
    implements Specimen {
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
    classNames = List.copyOf(classNames);
  }

  /** A digit of MNIST, or one that nobody knows. */
  public DigitSample(List<Float> pixels, int actual, String name) {
    this(pixels, actual, name, DataKind.MNIST.classNames());
  }

  /** Whether it is known which one it is. */
  public boolean isLabelled() {
    return actual >= 0;
  }

  /** Whether it is known and is one of the classes that a network answers with. */
  public boolean isLabelledFor(List<String> classes) {
    return isLabelled() && classNames.equals(classes);
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
