package dev.neurite.explorer.ui;

import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
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

  /** As large as the picture; what was shown before it, to be painted over. */
  private @Nullable BufferedImage spare;

  private @Nullable RenderingHints hints;
  private @Nullable Theme theme;

  /** In the corners; after a change of the theme it may change later than the theme. */
  private @Nullable Color corners;

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
      spare = null;
      isFresh = false;
    }
    if (!isFresh
        || scale != newScale
        || theme != Theme.current()
        || !behind(component).equals(corners)) {
      hints = g.getRenderingHints();
      scale = newScale;
      theme = Theme.current();
      fill(picture, component, painter);
      isFresh = true;
    }
    Rectangle clip = g.getClipBounds();
    if (clip == null || newScale != Math.rint(newScale)) {
      g.drawImage(picture, 0, 0, component.getWidth(), component.getHeight(), null);
      return;
    }
    Rectangle part = clip.intersection(new Rectangle(component.getSize()));
    if (!part.isEmpty()) { // the display is sent no more than what it asks for
      int factor = (int) newScale;
      g.drawImage(
          picture,
          part.x,
          part.y,
          part.x + part.width,
          part.y + part.height,
          part.x * factor,
          part.y * factor,
          (part.x + part.width) * factor,
          (part.y + part.height) * factor,
          null);
    }
  }

  /**
   * Paints the picture anew now, without showing it.
   *
   * @param painter paints the component
   * @return the part of the component that looks another way; all of it if that is not known
   */
  Rectangle update(JComponent component, Consumer<Graphics2D> painter) {
    BufferedImage before = image;
    if (before == null
        || !isFresh
        || theme != Theme.current()
        || before.getWidth() != (int) Math.ceil(component.getWidth() * scale)
        || before.getHeight() != (int) Math.ceil(component.getHeight() * scale)) {
      isFresh = false;
      return new Rectangle(component.getSize());
    }
    BufferedImage next = spare;
    if (next == null) {
      next = new BufferedImage(before.getWidth(), before.getHeight(), BufferedImage.TYPE_INT_RGB);
    }
    fill(next, component, painter);
    image = next;
    spare = before;
    Rectangle changed = difference(before, next);
    int left = (int) (changed.x / scale);
    int top = (int) (changed.y / scale);
    return new Rectangle(
        left,
        top,
        (int) Math.ceil((changed.x + changed.width) / scale) - left,
        (int) Math.ceil((changed.y + changed.height) / scale) - top);
  }

  private void fill(BufferedImage picture, JComponent component, Consumer<Graphics2D> painter) {
    Graphics2D area = picture.createGraphics();
    if (hints != null) {
      area.setRenderingHints(hints);
    }
    corners = behind(component);
    area.setColor(corners);
    area.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    area.scale(scale, scale);
    area.setFont(component.getFont());
    area.setColor(component.getForeground());
    painter.accept(area);
    area.dispose();
  }

  /** The smallest rectangle around the pixels in which two pictures of a size differ. */
  static Rectangle difference(BufferedImage one, BufferedImage other) {
    int width = one.getWidth();
    int left = width;
    int right = 0;
    int top = -1;
    int bottom = 0;
    int[] a = new int[width];
    int[] b = new int[width];
    for (int y = 0; y < one.getHeight(); y++) {
      one.getRaster().getDataElements(0, y, width, 1, a);
      other.getRaster().getDataElements(0, y, width, 1, b);
      int first = Arrays.mismatch(a, b);
      if (first >= 0) {
        int last = width - 1;
        while (a[last] == b[last]) {
          last--;
        }
        left = Math.min(left, first);
        right = Math.max(right, last + 1);
        top = top < 0 ? y : top;
        bottom = y + 1;
      }
    }
    return top < 0 ? new Rectangle() : new Rectangle(left, top, right - left, bottom - top);
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
