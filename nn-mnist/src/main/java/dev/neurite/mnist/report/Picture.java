package dev.neurite.mnist.report;

import dev.neurite.mnist.source.MnistData;
import dev.neurite.nn.data.Dataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** An image of a dataset as a PNG inside the page; needs no display. */
final class Picture {
  private static final int SIDE = MnistData.SIDE;

  private Picture() {}

  /** The data URI of an image of 28×28 pixels of 0 (black) to 1 (white). */
  static String dataUri(Dataset images, int index) {
    float[] pixels = new float[SIDE * SIDE];
    images.copyFeatures(index, pixels, 0);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < pixels.length; i++) {
      int grey = Math.round(255 * Math.min(1, Math.max(0, pixels[i])));
      image.getRaster().setSample(i % SIDE, i / SIDE, 0, grey);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
