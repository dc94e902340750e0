package dev.neurite.explorer.app;

import java.awt.Component;
import java.awt.Container;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import javax.swing.JComponent;

/** A component as a picture; needs no display. */
final class Picture {
  private Picture() {}

  /** Lays a component out in a size and paints it; on the event thread. */
  static BufferedImage of(JComponent component, int width, int height) {
    component.setSize(width, height);
    invalidate(component);
    for (int i = 0; i < 3; i++) { // text that wraps needs its width first
      layOut(component);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    component.printAll(g);
    g.dispose();
    return image;
  }

  /** Layouts remember sizes until they are told not to. */
  private static void invalidate(Container container) {
    container.invalidate();
    for (Component child : container.getComponents()) {
      if (child instanceof Container inner) {
        invalidate(inner);
      }
    }
  }

  private static void layOut(Container container) {
    container.doLayout();
    for (Component child : container.getComponents()) {
      if (child instanceof Container inner) {
        layOut(inner);
      }
    }
  }
}
