package dev.neurite.mnist.digit;

import java.util.Objects;

/**
 * A grey picture.
 *
 * @param pixels {@code height × width} brightnesses, row after row, 0 black to 1 white; the array
 *     is not copied and must not be changed afterwards
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // a copy of millions of pixels would only cost
public record GreyImage(float[] pixels, int width, int height) {
  /**
   * Checks sizes and values.
   *
   * @throws IllegalArgumentException if the sizes disagree or a value is not in [0, 1]
   */
  public GreyImage {
    if (width < 1 || height < 1 || pixels.length != (long) width * height) {
      throw new IllegalArgumentException(
          "received %d pixels for %d×%d, needs width × height of them and at least 1"
              .formatted(pixels.length, width, height));
    }
    for (int i = 0; i < pixels.length; i++) {
      if (!(pixels[i] >= 0f && pixels[i] <= 1f)) {
        throw new IllegalArgumentException(
            "pixel %d is %s, needs a value in [0, 1]".formatted(i, pixels[i]));
      }
    }
  }

  /** Brightness of a pixel, 0 to 1. */
  public float at(int x, int y) {
    return pixels[Objects.checkIndex(y, height) * width + Objects.checkIndex(x, width)];
  }
}
