package dev.neurite.mnist.cli;

import dev.neurite.nn.data.Dataset;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/** Images of a dataset side by side, a row for each class. */
final class ContactSheet {
  private static final int GAP = 2;
  private static final int WHITE = 255;

  private ContactSheet() {}

  /**
   * Paints the first images of each class.
   *
   * @param data square images of 0...1 with classes
   * @param side width and height of an image in pixels
   * @param columns images of each class, fewer where there are fewer
   */
  static BufferedImage paint(Dataset data, int side, int columns) {
    int step = side + GAP;
    BufferedImage sheet =
        new BufferedImage(
            columns * step + GAP, data.outputs() * step + GAP, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = sheet.getRaster();
    int[] painted = new int[data.outputs()];
    float[] pixels = new float[data.features()];
    for (int i = 0; i < data.size() && Arrays.stream(painted).min().orElse(0) < columns; i++) {
      int label = data.label(i);
      if (painted[label] < columns) {
        data.copyFeatures(i, pixels, 0);
        for (int pixel = 0; pixel < pixels.length; pixel++) {
          raster.setSample(
              GAP + painted[label] * step + pixel % side,
              GAP + label * step + pixel / side,
              0,
              Math.round(WHITE * pixels[pixel]));
        }
        painted[label]++;
      }
    }
    return sheet;
  }
}
