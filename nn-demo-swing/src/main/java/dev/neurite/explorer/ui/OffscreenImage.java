package dev.neurite.explorer.ui;

import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/**
 * The picture of a component, kept in memory while nothing has changed.
 *
 * <p>It is opaque, with the colour behind the component in its corners: where the display is
 * another process, such a picture costs far less than antialiased shapes, each of which goes there
 * in parts.
 */
final class OffscreenImage {
  private @Nullable BufferedImage image;
  private @Nullable Theme theme;
  private double scale;
  private boolean isFresh;

  /** The component will look another way. */
  void forget() {
    isFresh = false;
  }

  /**
   * Shows the picture, painted anew if anything has changed; for a printer or a file always anew.
   *
   * @param g of the component
   * @param painter paints the component
   */
  void paint(Graphics2D g, JComponent component, Consumer<Graphics2D> painter) {
    double newScale = g.getTransform().getScaleX();
    int width = (int) Math.ceil(component.getWidth() * newScale);
    int height = (int) Math.ceil(component.getHeight() * newScale);
    if (component.isPaintingForPrint() || width <= 0 || height <= 0) {
      painter.accept(g);
      return;
    }
    BufferedImage picture = image;
    if (picture == null || picture.getWidth() != width || picture.getHeight() != height) {
      picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      image = picture;
      isFresh = false;
    }
    if (!isFresh || scale != newScale || theme != Theme.current()) {
      Graphics2D area = picture.createGraphics();
      area.setRenderingHints(g.getRenderingHints());
      area.setColor(behind(component));
      area.fillRect(0, 0, width, height);
      area.scale(newScale, newScale);
      area.setFont(g.getFont());
      area.setColor(g.getColor());
      painter.accept(area);
      area.dispose();
      isFresh = true;
      scale = newScale;
      theme = Theme.current();
    }
    g.drawImage(picture, 0, 0, component.getWidth(), component.getHeight(), null);
  }

  /** The colour of the nearest opaque ancestor. */
  private static Color behind(Component component) {
    @Nullable Component ancestor = component.getParent();
    while (ancestor != null && !ancestor.isOpaque()) {
      ancestor = ancestor.getParent();
    }
    return ancestor == null ? Theme.current().palette().background() : ancestor.getBackground();
  }
}
