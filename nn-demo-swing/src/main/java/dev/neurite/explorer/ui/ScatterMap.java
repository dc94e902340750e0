package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.ClassWords;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Examples as digits on a map, each class with its colour; the nearest one can be pointed at. */
public final class ScatterMap extends FocusableComponent {
  private static final long serialVersionUID = 1L;
  private static final int MARGIN = 14;
  private static final double REACH = 14;

  /** Lightness alternates too, and the digit itself is the mark: colour is never alone. */
  private static final int[] ON_LIGHT = {
    0x0072B2, 0xB34700, 0x00795A, 0xA0568A, 0x1F2328, 0x8A6D00, 0x4B4FC0, 0xC0341D, 0x006D77,
    0x6B6B6B
  };

  private static final int[] ON_DARK = {
    0x56B4E9, 0xF0A030, 0x3CC79C, 0xD58FB8, 0xE6E8EB, 0xF0E442, 0xA7A9FF, 0xFF7B63, 0x5FD4DE,
    0xA4ABB3
  };

  private transient List<String> marks = ClassWords.DIGITS.marks();
  private transient List<ScatterPoint> points = List.of();
  private transient Consumer<@Nullable ScatterPoint> hover = p -> {};
  private transient @Nullable ScatterPoint pointed;

  private float left;
  private float right;
  private float bottom;
  private float top;

  /** An empty map. */
  public ScatterMap() {
    setPreferredSize(new Dimension(460, 340));
    setMinimumSize(new Dimension(200, 160));
    MouseAdapter mouse =
        new MouseAdapter() {
          @Override
          public void mouseMoved(MouseEvent event) {
            point(nearest(event.getX(), event.getY()));
          }
        };
    addMouseMotionListener(mouse);
    Keys.GO.bindDirections(this, this::step);
  }

  /** Names who hears which point is pointed at, null for none. */
  public void onHover(Consumer<@Nullable ScatterPoint> listener) {
    hover = listener;
  }

  /** Names the classes; a point shows the beginning of its name. */
  public void setClasses(ClassWords classes) {
    marks = classes.marks();
    repaint();
  }

  /** Shows points. */
  public void setPoints(List<ScatterPoint> newPoints) {
    points = newPoints;
    left = bottom = Float.MAX_VALUE;
    right = top = -Float.MAX_VALUE;
    for (ScatterPoint point : points) {
      left = Math.min(left, point.x());
      right = Math.max(right, point.x());
      bottom = Math.min(bottom, point.y());
      top = Math.max(top, point.y());
    }
    pointed = null;
    repaint();
  }

  private void point(@Nullable ScatterPoint point) {
    pointed = point;
    hover.accept(point);
    repaint();
  }

  /** Goes to the nearest point in a direction; what lies aside counts twice. */
  private void step(int right, int down) {
    ScatterPoint from = pointed;
    double x = from == null ? getWidth() / 2.0 : place(from, true);
    double y = from == null ? getHeight() / 2.0 : place(from, false);
    ScatterPoint best = null;
    double least = Double.MAX_VALUE;
    for (ScatterPoint to : points) {
      double dx = place(to, true) - x;
      double dy = place(to, false) - y;
      double ahead = dx * right + dy * down;
      double distance = ahead + 2 * Math.abs(dx * down + dy * right);
      if ((ahead > 0.5 || from == null) && Math.abs(distance) < least) {
        least = Math.abs(distance);
        best = to;
      }
    }
    if (best != null) {
      point(best);
    }
  }

  /** The point nearest to a place, if one is near. */
  @Nullable ScatterPoint nearest(int x, int y) {
    ScatterPoint best = null;
    double least = REACH;
    for (ScatterPoint point : points) {
      double distance = Math.hypot(place(point, true) - x, place(point, false) - y);
      if (distance < least) {
        least = distance;
        best = point;
      }
    }
    return best;
  }

  private double place(ScatterPoint point, boolean horizontal) {
    float low = horizontal ? left : bottom;
    float high = horizontal ? right : top;
    int size = horizontal ? getWidth() : getHeight();
    if (!(high > low)) {
      return size / 2.0;
    }
    double share = ((horizontal ? point.x() : point.y()) - low) / (double) (high - low);
    return MARGIN + (size - 2 * MARGIN) * (horizontal ? share : 1 - share);
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Palette palette = Theme.current().palette();
    g.setColor(palette.background());
    g.fillRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 10, 10);
    int[] colors = Theme.current() == Theme.DARK ? ON_DARK : ON_LIGHT;
    g.setFont(Theme.font(0.85f, Font.BOLD));
    for (ScatterPoint point : points) {
      g.setColor(new Color(colors[Math.floorMod(point.digit(), colors.length)]));
      g.drawString(
          point.digit() < marks.size() ? marks.get(point.digit()) : String.valueOf(point.digit()),
          (float) place(point, true) - 3,
          (float) place(point, false) + 4);
    }
    ScatterPoint marked = pointed;
    if (marked != null) {
      g.setColor(palette.foreground());
      g.drawOval((int) place(marked, true) - 9, (int) place(marked, false) - 9, 18, 18);
    }
    g.setColor(isFocusOwner() ? palette.accent() : palette.grid());
    g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 10, 10);
    g.dispose();
  }
}
