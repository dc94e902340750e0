package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.Figures;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;

/** Named points over a logarithmic horizontal axis. */
public final class ScatterPlot extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int LEFT = 52;
  private static final int BOTTOM = 36;
  private static final int TOP = 30;
  private static final int RIGHT = 20;
  private static final double LEAST_SPAN = 0.5;
  private static final int MOST_STEPS = 6;

  /**
   * A point.
   *
   * @param name stands beside it
   * @param x above 0
   * @param y any
   * @param stressed whether it has the accent colour
   */
  public record Point(String name, double x, double y, boolean stressed) {}

  private final String title;
  private final String xTitle;
  private transient List<Point> points = List.of();

  /** Without points. */
  public ScatterPlot(String title, String xTitle) {
    this.title = title;
    this.xTitle = xTitle;
    setPreferredSize(new Dimension(360, 240));
    setMinimumSize(new Dimension(220, 150));
    getAccessibleContext().setAccessibleName(title);
  }

  /** Shows points. */
  public void setPoints(List<Point> newPoints) {
    points = List.copyOf(newPoints);
    getAccessibleContext().setAccessibleDescription(points.toString());
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Palette palette = Theme.current().palette();
    g.setColor(palette.background());
    g.fillRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 12, 12);
    g.setColor(palette.grid());
    g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 12, 12);
    g.setFont(Theme.font(1f, Font.BOLD));
    g.setColor(palette.foreground());
    g.drawString(title, 12, 19);
    g.setFont(Theme.font(0.85f, Font.PLAIN));
    g.setColor(palette.faint());
    int width = getWidth() - LEFT - RIGHT;
    int height = getHeight() - TOP - BOTTOM;
    g.drawString(
        xTitle, LEFT + (width - g.getFontMetrics().stringWidth(xTitle)) / 2, getHeight() - 5);
    if (!points.isEmpty()) {
      paintPoints(g, palette, width, height);
    }
    g.dispose();
  }

  /** The smallest of 0.1, 0.2, 0.5, 1, 2, 5 ... that is not below a number. */
  static double roundStep(double least) {
    double decade = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * decade >= least) {
        return factor * decade;
      }
    }
    return 10 * decade;
  }

  private void paintPoints(Graphics2D g, Palette palette, int width, int height) {
    double low = points.stream().mapToDouble(Point::y).min().orElse(0);
    double high = points.stream().mapToDouble(Point::y).max().orElse(1);
    double room = Math.max(LEAST_SPAN, 0.25 * (high - low));
    double step = roundStep((high - low + 2 * room) / MOST_STEPS);
    double bottom = step * Math.floor((low - room) / step);
    double top = step * Math.ceil((high + room) / step);
    int firstDecade =
        (int) Math.floor(Math.log10(points.stream().mapToDouble(Point::x).min().orElse(1)));
    int lastDecade =
        (int) Math.ceil(Math.log10(points.stream().mapToDouble(Point::x).max().orElse(1)) + 1e-9);
    int decades = Math.max(1, lastDecade - firstDecade);
    for (int i = 0; i <= decades; i++) {
      int x = LEFT + width * i / decades;
      g.setColor(palette.grid());
      g.drawLine(x, TOP, x, TOP + height);
      g.setColor(palette.faint());
      String label = String.format(Locale.ROOT, "%,d", Math.round(Math.pow(10, firstDecade + i)));
      g.drawString(
          label,
          Math.min(
              getWidth() - 6 - g.getFontMetrics().stringWidth(label),
              x - g.getFontMetrics().stringWidth(label) / 2),
          TOP + height + 16);
    }
    int steps = (int) Math.round((top - bottom) / step);
    for (int i = 0; i <= steps; i++) {
      int y = TOP + height - height * i / steps;
      g.setColor(palette.grid());
      g.drawLine(LEFT, y, LEFT + width, y);
      g.setColor(palette.faint());
      String label = Figures.significant(bottom + i * step);
      g.drawString(label, LEFT - 6 - g.getFontMetrics().stringWidth(label), y + 4);
    }
    for (Point point : points) {
      double x = LEFT + width * (Math.log10(point.x()) - firstDecade) / decades;
      double y = TOP + height * (top - point.y()) / (top - bottom);
      double radius = point.stressed() ? 6 : 4.5;
      g.setColor(point.stressed() ? palette.accent() : palette.validation());
      g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
      g.setColor(palette.foreground());
      int nameWidth = g.getFontMetrics().stringWidth(point.name());
      boolean fits = x + 9 + nameWidth < getWidth() - 4;
      g.drawString(point.name(), (float) (fits ? x + 9 : x - 9 - nameWidth), (float) y + 4);
    }
  }
}
