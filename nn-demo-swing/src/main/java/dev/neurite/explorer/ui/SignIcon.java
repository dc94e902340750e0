package dev.neurite.explorer.ui;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.function.Function;
import javax.swing.Icon;
import org.jspecify.annotations.Nullable;

/**
 * A sign drawn in vectors, sharp at any scale.
 *
 * @param sign which
 * @param size width and height in pixels
 * @param color from the palette; null for the colour of the component's text
 */
public record SignIcon(Sign sign, int size, @Nullable Function<Palette, Color> color)
    implements Icon {
  /** The signs. */
  public enum Sign {
    /** A triangle to the right. */
    PLAY,
    /** Two bars. */
    PAUSE,
    /** A triangle to the right against a bar. */
    STEP,
    /** A square. */
    STOP,
    /** A dot. */
    DOT,
    /** A tick. */
    TICK,
    /** A cross. */
    CROSS,
    /** Six dots to take hold of. */
    GRIP,
    /** A plus. */
    PLUS,
    /** Half a disc in a circle. */
    CONTRAST,
    /** A pen. */
    PEN,
    /** An eraser. */
    ERASER,
    /** An arrow that turns back. */
    UNDO,
    /** An arrow that turns forth. */
    REDO
  }

  /** A sign in the colour of the component's text. */
  public SignIcon(Sign sign, int size) {
    this(sign, size, null);
  }

  @Override
  public int getIconWidth() {
    return size;
  }

  @Override
  public int getIconHeight() {
    return size;
  }

  @Override
  public void paintIcon(Component component, Graphics graphics, int x, int y) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    Palette palette = Theme.current().palette();
    if (!component.isEnabled()) {
      g.setColor(new Color(0x80888888, true));
    } else {
      g.setColor(color == null ? component.getForeground() : color.apply(palette));
    }
    g.translate(x, y);
    g.scale(size / 12.0, size / 12.0);
    paint(g);
    g.dispose();
  }

  private void paint(Graphics2D g) {
    switch (sign) {
      case PLAY -> g.fill(polygon(2.5, 1, 11, 6, 2.5, 11));
      case PAUSE -> {
        g.fill(new Rectangle2D.Double(2, 1, 3, 10));
        g.fill(new Rectangle2D.Double(7, 1, 3, 10));
      }
      case STEP -> {
        g.fill(polygon(1.5, 1, 8.5, 6, 1.5, 11));
        g.fill(new Rectangle2D.Double(8.5, 1, 2.2, 10));
      }
      case STOP -> g.fill(new Rectangle2D.Double(1.5, 1.5, 9, 9));
      case DOT -> g.fill(new Ellipse2D.Double(1, 1, 10, 10));
      case TICK -> {
        g.setStroke(new BasicStroke(2.2f));
        Path2D.Double tick = new Path2D.Double();
        tick.moveTo(1.5, 6.5);
        tick.lineTo(4.8, 9.8);
        tick.lineTo(10.8, 2.5);
        g.draw(tick);
      }
      case CROSS -> {
        g.setStroke(new BasicStroke(1.8f));
        g.drawLine(2, 2, 10, 10);
        g.drawLine(10, 2, 2, 10);
      }
      case PLUS -> {
        g.setStroke(new BasicStroke(1.8f));
        g.drawLine(6, 1, 6, 11);
        g.drawLine(1, 6, 11, 6);
      }
      case GRIP -> {
        for (int i = 0; i < 6; i++) {
          g.fill(new Ellipse2D.Double(2.5 + i % 2 * 4.5, 1 + i / 2 * 4, 2.4, 2.4));
        }
      }
      case PEN -> {
        g.rotate(Math.PI / 4, 6, 6);
        g.fill(new Rectangle2D.Double(4.4, -1, 3.2, 9));
        g.fill(polygon(4.4, 9, 7.6, 9, 6, 12.8));
      }
      case ERASER -> {
        g.setStroke(new BasicStroke(1.3f));
        g.rotate(Math.PI / 4, 6, 6);
        g.draw(new Rectangle2D.Double(3, 0, 6, 12));
        g.fill(new Rectangle2D.Double(3, 7, 6, 5));
      }
      case UNDO -> turn(g);
      case REDO -> {
        g.translate(12, 0);
        g.scale(-1, 1);
        turn(g);
      }
      case CONTRAST -> {
        g.setStroke(new BasicStroke(1.4f));
        g.draw(new Ellipse2D.Double(1, 1, 10, 10));
        g.fillArc(1, 1, 10, 10, -90, 180);
      }
    }
  }

  /** An arrow that turns to the left. */
  private static void turn(Graphics2D g) {
    g.setStroke(new BasicStroke(1.8f));
    g.draw(new Arc2D.Double(1.5, 3.5, 9, 7, -60, 200, Arc2D.OPEN));
    g.fill(polygon(0, 7.5, 0.4, 1.2, 5.4, 5.2));
  }

  private static Path2D.Double polygon(double... xy) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }
}
