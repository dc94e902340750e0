package dev.neurite.mnist.digit;

/** Scaling by area averaging: a target pixel is the mean of the part of the picture it covers. */
final class AreaScaling {
  private static final double ROUNDING_ALLOWANCE = 1e-6;

  private AreaScaling() {}

  /**
   * The picture in smaller: every block of {@code block × block} pixels becomes its mean; blocks at
   * the right and lower edge may be smaller.
   *
   * @param block at least 1
   */
  static GreyImage reduce(GreyImage picture, int block) {
    int width = (picture.width() + block - 1) / block;
    int height = (picture.height() + block - 1) / block;
    float[] reduced = new float[width * height];
    for (int y = 0; y < height; y++) {
      int bottom = Math.min(picture.height(), (y + 1) * block);
      for (int x = 0; x < width; x++) {
        int right = Math.min(picture.width(), (x + 1) * block);
        double sum = 0;
        for (int sourceY = y * block; sourceY < bottom; sourceY++) {
          for (int sourceX = x * block; sourceX < right; sourceX++) {
            sum += picture.pixels()[sourceY * picture.width() + sourceX];
          }
        }
        reduced[y * width + x] = (float) (sum / ((bottom - y * block) * (right - x * block)));
      }
    }
    return new GreyImage(reduced, width, height);
  }

  /**
   * Ink with its longest side at {@code side} pixels, larger or smaller than before.
   *
   * <p>Both directions have exactly the same factor; where the other side has no whole number of
   * target pixels, it is rounded up and the ink lies in the middle with nothing (0) around it, so
   * pixels at its edge are covered in part. The sum of all pixels grows by the square of the
   * factor.
   *
   * @param side at least 1
   */
  static GreyImage toLongestSide(GreyImage ink, int side) {
    double factor = side / (double) Math.max(ink.width(), ink.height());
    int width = targetLength(ink.width(), factor);
    int height = targetLength(ink.height(), factor);

    float[] narrow = new float[width * ink.height()];
    for (int y = 0; y < ink.height(); y++) {
      scaleLine(
          new Line(ink.pixels(), y * ink.width(), 1, ink.width()),
          new Line(narrow, y * width, 1, width),
          factor);
    }
    float[] scaled = new float[width * height];
    for (int x = 0; x < width; x++) {
      scaleLine(
          new Line(narrow, x, width, ink.height()), new Line(scaled, x, width, height), factor);
    }
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.min(1f, scaled[i]); // weights of a full pixel may add up to 1 + rounding
    }
    return new GreyImage(scaled, width, height);
  }

  private static int targetLength(int length, double factor) {
    return Math.max(1, (int) Math.ceil(length * factor - ROUNDING_ALLOWANCE));
  }

  /** Pixels of a row ({@code stride} 1) or of a column. */
  @SuppressWarnings("ArrayRecordComponent") // a view, never compared
  private record Line(float[] pixels, int start, int stride, int length) {}

  private static void scaleLine(Line source, Line target, double factor) {
    double margin = (target.length - source.length * factor) / 2;
    for (int t = 0; t < target.length; t++) {
      double from = Math.max(0, (t - margin) / factor);
      double to = Math.min(source.length, (t + 1 - margin) / factor);
      double sum = 0;
      for (int s = (int) from; s < to; s++) {
        double covered = Math.min(to, s + 1) - Math.max(from, s);
        sum += covered * source.pixels[source.start + s * source.stride];
      }
      target.pixels[target.start + t * target.stride] = (float) (sum * factor);
    }
  }
}
