package dev.neurite.explorer.ui;

import java.awt.image.BufferedImage;
import java.util.List;

/** Digits as images: white ink on black. */
final class DigitImages {
  private static final int SIDE = 28;

  private DigitImages() {}

  /** One pixel of the image for each of the digit. */
  static BufferedImage of(List<Float> pixels) {
    return of(pixels, 1);
  }

  /**
   * An enlarged image.
   *
   * @param scale pixels of the image along each of the digit
   */
  static BufferedImage of(List<Float> pixels, int scale) {
    int side = SIDE * scale;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int place = i / side / scale * SIDE + i % side / scale;
      int grey = Math.round(255 * Math.max(0, Math.min(1, pixels.get(place))));
      image.setRGB(i % side, i / side, grey << 16 | grey << 8 | grey);
    }
    return image;
  }
}
