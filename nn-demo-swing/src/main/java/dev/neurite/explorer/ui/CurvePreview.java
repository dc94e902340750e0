package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.Figures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.List;

/** A small curve without axes, with its largest value and a line of text. */
public final class CurvePreview extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int MARGIN = 6;

  private transient List<Double> values = List.of();
  private String note = "";

  /** Without a curve. */
  public CurvePreview() {
    setPreferredSize(new Dimension(200, 64));
    setMinimumSize(new Dimension(80, 48));
  }

  /**
   * Shows a curve.
   *
   * @param newValues at places evenly spread; empty for none
   * @param newNote stands in the corner
   */
  public void setCurve(List<Double> newValues, String newNote) {
    values = newValues;
    note = newNote;
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Palette palette = Theme.current().palette();
    g.setColor(palette.background());
    g.fillRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 8, 8);
    g.setColor(palette.grid());
    g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 8, 8);
    g.setFont(Theme.font(0.85f, Font.PLAIN));
    int text = g.getFontMetrics().getHeight();
    double largest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    if (largest > 0) {
      double width = getWidth() - 2.0 * MARGIN;
      double height = getHeight() - MARGIN - text - 2.0;
      double bottom = getHeight() - MARGIN;
      Path2D.Double line = new Path2D.Double();
      for (int i = 0; i < values.size(); i++) {
        double x = MARGIN + width * i / (values.size() - 1);
        double y = bottom - height * values.get(i) / largest;
        if (i == 0) {
          line.moveTo(x, y);
        } else {
          line.lineTo(x, y);
        }
      }
      Path2D.Double area = new Path2D.Double(line);
      area.lineTo(MARGIN + width, bottom);
      area.lineTo(MARGIN, bottom);
      area.closePath();
      Color rate = palette.rate();
      g.setColor(new Color(rate.getRed(), rate.getGreen(), rate.getBlue(), 40));
      g.fill(area);
      g.setColor(rate);
      g.setStroke(new BasicStroke(1.8f));
      g.draw(line);
      g.setColor(palette.faint());
      g.drawString(Figures.rate(largest), MARGIN, text - 2);
    }
    g.setColor(palette.faint());
    int noteWidth = g.getFontMetrics().stringWidth(note);
    g.drawString(note, getWidth() - MARGIN - noteWidth, text - 2);
    g.dispose();
  }
}
