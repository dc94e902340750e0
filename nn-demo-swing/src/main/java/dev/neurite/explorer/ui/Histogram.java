package dev.neurite.explorer.ui;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Bars around zero; heights are square roots of counts, so that rare large weights are seen. */
public final class Histogram extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int MARGIN = 6;
  private transient List<Integer> counts = List.of();
  private String end = "";

  /** Without bars. */
  public Histogram() {
    setPreferredSize(new Dimension(200, 76));
    setMinimumSize(new Dimension(80, 48));
  }

  /**
   * Shows numbers.
   *
   * @param newCounts in equal parts around 0
   * @param newEnd the right end of the axis; the left one is its opposite
   */
  public void setCounts(List<Integer> newCounts, String newEnd) {
    counts = newCounts;
    end = newEnd;
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
    g.fillRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 8, 8);
    g.setColor(palette.grid());
    g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 8, 8);
    g.setFont(Theme.font(0.85f, Font.PLAIN));
    int text = g.getFontMetrics().getHeight();
    double largest = counts.stream().mapToInt(Integer::intValue).max().orElse(0);
    double width = (getWidth() - 2.0 * MARGIN) / Math.max(1, counts.size());
    double height = getHeight() - text - 2.0 * MARGIN;
    g.setColor(palette.accent());
    for (int i = 0; i < counts.size() && largest > 0; i++) {
      double bar = height * Math.sqrt(counts.get(i) / largest);
      g.fill(new Rectangle2D.Double(MARGIN + i * width, MARGIN + height - bar, width - 0.6, bar));
    }
    if (!counts.isEmpty()) {
      g.setColor(palette.faint());
      int baseline = getHeight() - 5;
      g.drawString("\u2212" + end, MARGIN, baseline);
      g.drawString("0", (getWidth() - g.getFontMetrics().stringWidth("0")) / 2, baseline);
      g.drawString(end, getWidth() - MARGIN - g.getFontMetrics().stringWidth(end), baseline);
    }
    g.dispose();
  }
}
