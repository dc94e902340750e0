package dev.neurite.explorer.ui;

import java.awt.Component;
import java.awt.Container;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import javax.swing.JComponent;

/** A component as a picture; needs no display. On the event thread. */
public final class Picture {
  private Picture() {}

  /**
   * Lays a component out in a size and paints it.
   *
   * @param scale pixels of the picture for one of the component
   */
  public static BufferedImage of(JComponent component, int width, int height, int scale) {
    layOut(component, width, height);
    return asItStands(component, scale);
  }

  /**
   * Paints a component as it is laid out.
   *
   * @param scale pixels of the picture for one of the component
   */
  public static BufferedImage asItStands(JComponent component, int scale) {
    BufferedImage image =
        new BufferedImage(
            component.getWidth() * scale,
            component.getHeight() * scale,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.scale(scale, scale);
    component.printAll(g);
    g.dispose();
    return image;
  }

  /** Lays a component out in a size, whether or not it is in a window. */
  public static void layOut(JComponent component, int width, int height) {
    component.setSize(width, height);
    invalidate(component);
    for (int i = 0; i < 3; i++) { // text that wraps needs its width first
      layOut(component);
    }
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
