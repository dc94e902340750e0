package dev.neurite.explorer.ui;

import java.awt.BasicStroke;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.List;
import javax.swing.Icon;

/**
 * A tiny curve from its smallest to its largest value.
 *
 * @param values at places evenly spread; a curve needs two
 * @param width in pixels
 * @param height in pixels
 * @param selected whether it stands on the colour of a selection
 */
public record CurveIcon(List<Double> values, int width, int height, boolean selected)
    implements Icon {
  /** Copies the values. */
  public CurveIcon {
    values = List.copyOf(values);
  }

  @Override
  public int getIconWidth() {
    return width;
  }

  @Override
  public int getIconHeight() {
    return height;
  }

  @Override
  public void paintIcon(Component component, Graphics graphics, int x, int y) {
    if (values.size() < 2) {
      return;
    }
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.translate(x, y);
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double span = values.stream().mapToDouble(Double::doubleValue).max().orElse(1) - least;
    Path2D.Double line = new Path2D.Double();
    for (int i = 0; i < values.size(); i++) {
      double px = 1 + (width - 2.0) * i / (values.size() - 1);
      double share = span > 0 ? (values.get(i) - least) / span : 0.5;
      double py = height - 2 - (height - 4) * share;
      if (i == 0) {
        line.moveTo(px, py);
      } else {
        line.lineTo(px, py);
      }
    }
    g.setColor(selected ? component.getForeground() : Theme.current().palette().validation());
    g.setStroke(new BasicStroke(1.6f));
    g.draw(line);
    g.dispose();
  }
}
