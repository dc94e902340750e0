package dev.neurite.explorer.ui;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** 28×28 signed values in diverging colours, relative to the largest. */
public final class HeatTile extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int SIDE = 28;

  private transient List<Float> values = List.of();

  /** Without values. */
  public HeatTile() {
    setPreferredSize(new Dimension(5 * SIDE, 5 * SIDE));
    setMinimumSize(new Dimension(SIDE, SIDE));
  }

  /**
   * Shows values.
   *
   * @param newValues 28×28, row after row; empty for none
   */
  public void setValues(List<Float> newValues) {
    values = newValues;
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    Theme theme = Theme.current();
    int side = Math.min(getWidth(), getHeight());
    side = side >= SIDE ? side / SIDE * SIDE : side;
    int left = (getWidth() - side) / 2;
    int top = (getHeight() - side) / 2;
    if (!values.isEmpty()) {
      float largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < SIDE * SIDE; i++) {
        image.setRGB(
            i % SIDE, i / SIDE, Diverging.rgb(largest == 0 ? 0 : values.get(i) / largest, theme));
      }
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      g.drawImage(image, left, top, side, side, null);
    }
    g.setColor(theme.palette().grid());
    g.drawRect(left, top, side - 1, side - 1);
    g.dispose();
  }
}
