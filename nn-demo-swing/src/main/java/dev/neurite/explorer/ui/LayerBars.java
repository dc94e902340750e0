package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;

/** How many weights of each layer are left, as bars of the same full length. */
public final class LayerBars extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int ROW_HEIGHT = 38;
  private static final int BAR_HEIGHT = 12;

  /**
   * A layer.
   *
   * @param name for people
   * @param weights all of them
   * @param kept those that are left
   */
  public record Bar(String name, int weights, int kept) {}

  private transient List<Bar> bars = List.of();

  /** Without layers. */
  public LayerBars() {
    setPreferredSize(new Dimension(260, 2 * ROW_HEIGHT));
    setMinimumSize(new Dimension(160, ROW_HEIGHT));
  }

  /** Shows layers; empty for none. */
  public void setBars(List<Bar> newBars) {
    boolean resized = newBars.size() != bars.size();
    bars = List.copyOf(newBars);
    setPreferredSize(new Dimension(260, Math.max(2, bars.size()) * ROW_HEIGHT));
    StringBuilder text = new StringBuilder();
    bars.forEach(b -> text.append(b.name()).append(": ").append(words(b)).append("; "));
    getAccessibleContext().setAccessibleDescription(text.toString());
    if (resized) {
      revalidate();
    }
    repaint();
  }

  private static String words(Bar bar) {
    return Texts.format(
        "prune.layer",
        Figures.count(bar.kept()),
        Figures.count(bar.weights()),
        Figures.percent((double) bar.kept() / bar.weights()));
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Palette palette = Theme.current().palette();
    g.setFont(Theme.font(0.95f, Font.PLAIN));
    FontMetrics metrics = g.getFontMetrics();
    int width = getWidth() - 2;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int top = i * ROW_HEIGHT;
      int baseline = top + metrics.getAscent();
      String words = words(bar);
      g.setColor(palette.foreground());
      g.drawString(bar.name(), 1, baseline);
      g.setColor(palette.faint());
      g.drawString(words, width - metrics.stringWidth(words), baseline);
      int barTop = top + metrics.getHeight() + 2;
      g.setColor(palette.grid());
      g.fillRoundRect(1, barTop, width, BAR_HEIGHT, 6, 6);
      int kept = (int) Math.round((double) width * bar.kept() / bar.weights());
      if (bar.kept() > 0) {
        g.setColor(palette.accent());
        g.fillRoundRect(1, barTop, Math.max(3, kept), BAR_HEIGHT, 6, 6);
      }
    }
    g.dispose();
  }
}
