package dev.neurite.explorer.ui;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import javax.swing.JComponent;

/** A component as a file; painted at once on the event thread, encoded when asked, elsewhere. */
public final class Export {
  private static final int PIXELS_PER_UNIT = 2;
  private static final int LEAST_WIDTH = 1000;
  private static final int LEAST_HEIGHT = 620;

  private Export() {}

  /** A picture of twice the size. */
  public static Callable<byte[]> png(JComponent component) {
    layOut(component);
    BufferedImage image = Picture.asItStands(component, PIXELS_PER_UNIT);
    return () -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    };
  }

  /** A drawing that is sharp at any size. */
  public static Callable<byte[]> svg(JComponent component) {
    layOut(component);
    VectorGraphics2D g = new VectorGraphics2D();
    component.printAll(g);
    CommandSequence commands = g.getCommands();
    PageSize page = new PageSize(component.getWidth(), component.getHeight());
    return () -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new SVGProcessor().getDocument(commands, page).writeTo(bytes);
      return bytes.toByteArray();
    };
  }

  private static void layOut(JComponent component) {
    if (component.getWidth() == 0) {
      Picture.layOut(component, LEAST_WIDTH, LEAST_HEIGHT);
    }
  }
}
