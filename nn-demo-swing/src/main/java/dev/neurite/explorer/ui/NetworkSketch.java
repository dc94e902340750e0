package dev.neurite.explorer.ui;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/** A small drawing of a network: a column for each layer, more dots for more units. */
public final class NetworkSketch extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int MOST_DOTS = 8;
  private static final int MARGIN = 14;
  private transient List<Integer> widths = List.of();

  /** Without a network. */
  public NetworkSketch() {
    setPreferredSize(new Dimension(240, 74));
    setMinimumSize(new Dimension(100, 60));
  }

  /** Shows a network: the units of its layers from the input on; empty for none. */
  public void setWidths(List<Integer> newWidths) {
    widths = List.copyOf(newWidths);
    getAccessibleContext().setAccessibleDescription(widths.toString());
    repaint();
  }

  /** One dot for every doubling, so that 10 and 4096 units are told apart. */
  static int dots(int units) {
    int dots = 1;
    while (dots < MOST_DOTS && 1 << dots + 2 <= units) {
      dots++;
    }
    return dots;
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    Palette palette = Theme.current().palette();
    g.setFont(Theme.font(0.8f, Font.PLAIN));
    int text = g.getFontMetrics().getHeight();
    double height = getHeight() - text - 4.0;
    List<List<Double>> columns = new ArrayList<>();
    for (int units : widths) {
      int dots = dots(units);
      List<Double> column = new ArrayList<>();
      for (int i = 0; i < dots; i++) {
        column.add(height / 2 + (i - (dots - 1) / 2.0) * Math.min(7, height / MOST_DOTS));
      }
      columns.add(column);
    }
    double gap = widths.size() < 2 ? 0 : (getWidth() - 2.0 * MARGIN) / (widths.size() - 1);
    Color accent = palette.accent();
    g.setStroke(new BasicStroke(0.7f));
    g.setColor(new Color(accent.getRed(), accent.getGreen(), accent.getBlue(), 60));
    for (int layer = 0; layer + 1 < columns.size(); layer++) {
      for (double from : columns.get(layer)) {
        for (double to : columns.get(layer + 1)) {
          g.draw(new Line2D.Double(MARGIN + layer * gap, from, MARGIN + (layer + 1) * gap, to));
        }
      }
    }
    for (int layer = 0; layer < columns.size(); layer++) {
      double x = MARGIN + layer * gap;
      g.setColor(accent);
      for (double y : columns.get(layer)) {
        g.fill(new Ellipse2D.Double(x - 2.5, y - 2.5, 5, 5));
      }
      g.setColor(palette.faint());
      String label = String.valueOf(widths.get(layer));
      int width = g.getFontMetrics().stringWidth(label);
      double left = Math.max(0, Math.min(getWidth() - width, x - width / 2.0));
      g.drawString(label, (float) left, getHeight() - 4f);
    }
    g.dispose();
  }
}
