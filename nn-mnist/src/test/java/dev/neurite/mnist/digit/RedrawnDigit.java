package dev.neurite.mnist.digit;

import java.util.Random;

/**
 * An MNIST digit as if a user had drawn it: ten times as large, black and white, in another size,
 * at another place, with another pen, perhaps dark on light.
 */
final class RedrawnDigit {
  private static final int SIDE = 28;
  private static final int FACTOR = 10;
  private static final int CANVAS = SIDE * FACTOR;

  private RedrawnDigit() {}

  /**
   * Draws a digit.
   *
   * @param digit 784 pixels, 0 background to 1 ink
   * @param pen change of the stroke's half width in pixels of the 280×280 canvas: above 0 thicker,
   *     below 0 thinner
   * @param random of size (40-100 %), place and inversion
   */
  static GreyImage draw(float[] digit, double pen, Random random) {
    boolean[] ink = changed(enlarged(digit), pen);
    double scale = 0.4 + 0.6 * random.nextDouble();
    int size = (int) Math.round(CANVAS * scale);
    int left = random.nextInt(CANVAS - size + 1);
    int top = random.nextInt(CANVAS - size + 1);
    boolean inverted = random.nextBoolean();
    float[] pixels = new float[CANVAS * CANVAS];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int sourceX = (int) ((x + 0.5) / scale);
        int sourceY = (int) ((y + 0.5) / scale);
        boolean on = ink[Math.min(CANVAS - 1, sourceY) * CANVAS + Math.min(CANVAS - 1, sourceX)];
        pixels[(top + y) * CANVAS + left + x] = on ? 1 : 0;
      }
    }
    if (inverted) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = 1 - pixels[i];
      }
    }
    return new GreyImage(pixels, CANVAS, CANVAS);
  }

  /** Bilinear between the pixels' centres, ink where it is at least a half. */
  private static boolean[] enlarged(float[] digit) {
    boolean[] ink = new boolean[CANVAS * CANVAS];
    for (int y = 0; y < CANVAS; y++) {
      double sourceY = (y + 0.5) / FACTOR - 0.5;
      int y0 = (int) Math.floor(sourceY);
      double ty = sourceY - y0;
      for (int x = 0; x < CANVAS; x++) {
        double sourceX = (x + 0.5) / FACTOR - 0.5;
        int x0 = (int) Math.floor(sourceX);
        double tx = sourceX - x0;
        double value =
            (1 - ty) * ((1 - tx) * at(digit, x0, y0) + tx * at(digit, x0 + 1, y0))
                + ty * ((1 - tx) * at(digit, x0, y0 + 1) + tx * at(digit, x0 + 1, y0 + 1));
        ink[y * CANVAS + x] = value >= 0.5;
      }
    }
    return ink;
  }

  private static float at(float[] digit, int x, int y) {
    return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : digit[y * SIDE + x];
  }

  /** Dilation by a disc, or erosion where the radius is below 0. */
  private static boolean[] changed(boolean[] ink, double pen) {
    int radius = (int) Math.ceil(Math.abs(pen));
    if (radius == 0) {
      return ink;
    }
    boolean spread = pen > 0;
    boolean[] result = ink.clone();
    for (int y = 0; y < CANVAS; y++) {
      for (int x = 0; x < CANVAS; x++) {
        if (ink[y * CANVAS + x] != spread || !isEdge(ink, x, y)) {
          continue;
        }
        for (int dy = -radius; dy <= radius; dy++) {
          for (int dx = -radius; dx <= radius; dx++) {
            int px = x + dx;
            int py = y + dy;
            if (dx * dx + dy * dy <= pen * pen
                && px >= 0
                && py >= 0
                && px < CANVAS
                && py < CANVAS) {
              result[py * CANVAS + px] = spread;
            }
          }
        }
      }
    }
    return result;
  }

  private static boolean isEdge(boolean[] ink, int x, int y) {
    boolean own = ink[y * CANVAS + x];
    return (x > 0 && ink[y * CANVAS + x - 1] != own)
        || (x < CANVAS - 1 && ink[y * CANVAS + x + 1] != own)
        || (y > 0 && ink[(y - 1) * CANVAS + x] != own)
        || (y < CANVAS - 1 && ink[(y + 1) * CANVAS + x] != own);
  }
}
