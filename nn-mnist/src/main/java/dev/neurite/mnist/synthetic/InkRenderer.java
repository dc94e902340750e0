package dev.neurite.mnist.synthetic;

import java.util.Arrays;

/**
 * Makes the pixels of a path as MNIST was made: the ink's longest side is 20 pixels, and its centre
 * of mass is in the middle of 28×28.
 *
 * <p>The path is scaled, not the picture: the ink of a pixel is {@code clamp((r - d) / w + 1/2)}
 * with its distance d to the nearest stretch of the path, half the pen's width r there and the
 * width w of the soft edge, all in pixels. For one thread.
 */
final class InkRenderer {
  /** Width and height of an image in pixels. */
  static final int SIDE = 28;

  private static final int INK_SIDE = 20;
  private static final double CENTRE = 14;

  private final double[] ink = new double[INK_SIDE * INK_SIDE];

  /**
   * Draws a path.
   *
   * @param path places are overwritten by those in pixels of the ink's box
   * @param penRadius mean half width of the pen in pixels
   * @param edge width of the soft edge in pixels, above 0
   * @param gain the ink is multiplied by it before it is cut off at 1
   * @param pixels overwritten from {@code offset} on, 784 values
   */
  void draw(
      Handwriting path, double penRadius, double edge, double gain, byte[] pixels, int offset) {
    fit(path, penRadius);
    Arrays.fill(ink, 0);
    int size = path.size();
    for (int i = 0; i + 1 < size; i++) {
      if (!path.ends[i]) {
        drawStretch(path, i, edge);
      }
    }
    double mass = 0;
    double momentX = 0;
    double momentY = 0;
    for (int i = 0; i < ink.length; i++) {
      ink[i] = Math.min(1, gain * ink[i]);
      mass += ink[i];
      momentX += ink[i] * (i % INK_SIDE);
      momentY += ink[i] * (i / INK_SIDE);
    }
    int left = placement(momentX / mass);
    int top = placement(momentY / mass);
    Arrays.fill(pixels, offset, offset + SIDE * SIDE, (byte) 0);
    for (int i = 0; i < ink.length; i++) {
      int target = offset + (top + i / INK_SIDE) * SIDE + left + i % INK_SIDE;
      pixels[target] = (byte) (int) (255 * ink[i] + 0.5);
    }
  }

  private static int placement(double centre) {
    int wanted = (int) Math.ceil(CENTRE - centre - 0.5);
    return Math.max(0, Math.min(SIDE - INK_SIDE, wanted));
  }

  /** Scales and moves the path so that the ink fills the box; makes the half widths pixels. */
  private static void fit(Handwriting path, double penRadius) {
    int size = path.size();
    for (int i = 0; i < size; i++) {
      path.radius[i] *= penRadius;
    }
    double scale = 1;
    double minX = 0;
    double minY = 0;
    double width = 0;
    double height = 0;
    for (int round = 0; round < 3; round++) { // the pen's width is not scaled: come nearer
      minX = Double.MAX_VALUE;
      minY = Double.MAX_VALUE;
      double maxX = -Double.MAX_VALUE;
      double maxY = -Double.MAX_VALUE;
      for (int i = 0; i < size; i++) {
        minX = Math.min(minX, scale * path.x[i] - path.radius[i]);
        maxX = Math.max(maxX, scale * path.x[i] + path.radius[i]);
        minY = Math.min(minY, scale * path.y[i] - path.radius[i]);
        maxY = Math.max(maxY, scale * path.y[i] + path.radius[i]);
      }
      width = maxX - minX;
      height = maxY - minY;
      double longest = Math.max(width, height);
      if (round < 2) {
        double pen = 2 * penRadius;
        scale *= (INK_SIDE - pen) / Math.max(1e-6, longest - pen);
      }
    }
    double marginX = (Math.max(width, INK_SIDE) - width) / 2 - minX;
    double marginY = (Math.max(height, INK_SIDE) - height) / 2 - minY;
    for (int i = 0; i < size; i++) {
      path.x[i] = scale * path.x[i] + marginX;
      path.y[i] = scale * path.y[i] + marginY;
    }
  }

  private void drawStretch(Handwriting path, int i, double edge) {
    double ax = path.x[i];
    double ay = path.y[i];
    double dx = path.x[i + 1] - ax;
    double dy = path.y[i + 1] - ay;
    double ra = path.radius[i];
    double dr = path.radius[i + 1] - ra;
    double reach = Math.max(ra, ra + dr) + edge / 2;
    int left = (int) Math.max(0, Math.min(ax, ax + dx) - reach - 0.5);
    int top = (int) Math.max(0, Math.min(ay, ay + dy) - reach - 0.5);
    int right = (int) Math.min(INK_SIDE - 1, Math.max(ax, ax + dx) + reach);
    int bottom = (int) Math.min(INK_SIDE - 1, Math.max(ay, ay + dy) + reach);
    double lengthSquared = dx * dx + dy * dy;
    double inverse = lengthSquared > 0 ? 1 / lengthSquared : 0;
    for (int row = top; row <= bottom; row++) {
      double py = row + 0.5 - ay;
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - ax;
        double t = Math.max(0, Math.min(1, (px * dx + py * dy) * inverse));
        double ex = px - t * dx;
        double ey = py - t * dy;
        double distance = Math.sqrt(ex * ex + ey * ey);
        double value = (ra + t * dr - distance) / edge + 0.5;
        int at = row * INK_SIDE + column;
        if (value > ink[at]) {
          ink[at] = Math.min(1, value);
        }
      }
    }
  }
}
