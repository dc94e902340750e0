package dev.neurite.explorer.ui;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A digit of 28×28 pixels, as a network sees it: sharp squares, white ink on black. */
public final class DigitView extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int SIDE = 28;

  private transient @Nullable BufferedImage image;

  /** Without a digit. */
  public DigitView() {
    setPreferredSize(new Dimension(3 * SIDE, 3 * SIDE));
    setMinimumSize(new Dimension(SIDE, SIDE));
  }

  /**
   * Shows a digit.
   *
   * @param pixels 28×28, row after row, 0 to 1; empty for none
   */
  public void setPixels(List<Float> pixels) {
    image = pixels.isEmpty() ? null : DigitImages.of(pixels);
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    int side = Math.min(getWidth(), getHeight());
    side = side >= SIDE ? side / SIDE * SIDE : side;
    int left = (getWidth() - side) / 2;
    int top = (getHeight() - side) / 2;
    g.setColor(Color.BLACK);
    g.fillRect(left, top, side, side);
    if (image != null) {
      g.drawImage(image, left, top, side, side, null);
    }
    g.setColor(Theme.current().palette().grid());
    g.drawRect(left, top, side - 1, side - 1);
    g.dispose();
  }
}
