package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Figures;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A bar for each class. The winner has a colour and bold type. Of more classes than there is room
 * for, the most probable are shown.
 */
public final class ProbabilityBars extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int MOST_ROWS = 10;

  /** Share of the width that names may take at most. */
  private static final double WIDEST_NAMES = 0.42;

  private static final int ROW_HEIGHT = 22;
  private static final int LEAST_ROW_HEIGHT = 15;

  /** Below this width there is no room for a decimal place. */
  private static final int NARROW = 180;

  private transient ClassWords classes = ClassWords.DIGITS;
  private transient List<Float> probabilities = List.of();
  private int winner = -1;

  private final transient Function<Palette, Color> color;

  /** Without probabilities; the winner has the accent colour. */
  public ProbabilityBars() {
    this(Palette::accent);
  }

  /**
   * Without probabilities.
   *
   * @param color of the winner
   */
  public ProbabilityBars(Function<Palette, Color> color) {
    this.color = color;
    setPreferredSize(new Dimension(240, MOST_ROWS * ROW_HEIGHT));
    setMinimumSize(new Dimension(90, MOST_ROWS * LEAST_ROW_HEIGHT));
  }

  /** Names the classes. */
  public void setClasses(ClassWords newClasses) {
    if (!newClasses.equals(classes)) {
      classes = newClasses;
      getAccessibleContext().setAccessibleDescription(description());
      repaint();
    }
  }

  /**
   * Shows probabilities.
   *
   * @param newProbabilities one for each class; empty for none
   * @param newWinner the class to stress, -1 for none
   */
  public void setProbabilities(List<Float> newProbabilities, int newWinner) {
    probabilities = newProbabilities;
    winner = newWinner;
    getAccessibleContext().setAccessibleDescription(description());
    repaint();
  }

  /** The classes that are shown, in their order. */
  private List<Integer> rows() {
    return IntStream.range(0, classes.size())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                i -> i < probabilities.size() ? -(double) probabilities.get(i) : 0.0))
        .limit(MOST_ROWS)
        .sorted()
        .toList();
  }

  private boolean isNarrow() {
    return getWidth() < NARROW;
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < probabilities.size(); i++) {
      text.append(classes.name(i))
          .append(": ")
          .append(Figures.percent(probabilities.get(i)))
          .append("; ");
    }
    return text.toString();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Palette palette = Theme.current().palette();
    Font plain = Theme.font(1f, Font.PLAIN);
    Font bold = Theme.font(1f, Font.BOLD);
    FontMetrics metrics = g.getFontMetrics(bold);
    List<Integer> rows = rows();
    int widest = rows.stream().mapToInt(r -> metrics.stringWidth(classes.name(r))).max().orElse(0);
    int nameWidth = Math.min(widest, (int) (WIDEST_NAMES * getWidth()));
    int barLeft = nameWidth + 10;
    int textWidth = metrics.stringWidth(isNarrow() ? "100 %" : "100.0 %") + 8;
    int barWidth = Math.max(10, getWidth() - barLeft - textWidth);
    double rowHeight = getHeight() / (double) Math.max(1, rows.size());
    int barHeight = (int) Math.max(6, Math.min(16, rowHeight - 7));
    for (int row = 0; row < rows.size(); row++) {
      int digit = rows.get(row);
      int top = (int) (row * rowHeight + (rowHeight - barHeight) / 2);
      int baseline =
          (int) (row * rowHeight + (rowHeight + metrics.getAscent() - metrics.getDescent()) / 2);
      boolean wins = digit == winner;
      g.setFont(wins ? bold : plain);
      g.setColor(palette.foreground());
      g.drawString(fitted(classes.name(digit), g.getFontMetrics(), nameWidth), 2, baseline);
      g.setColor(palette.grid());
      g.fillRoundRect(barLeft, top, barWidth, barHeight, 6, 6);
      if (digit < probabilities.size()) {
        float probability = probabilities.get(digit);
        int length = Math.round(barWidth * probability);
        if (length > 0) {
          g.setColor(wins ? color.apply(palette) : palette.faint());
          g.fillRoundRect(barLeft, top, length, barHeight, 6, 6);
        }
        String text =
            String.format(Locale.ROOT, isNarrow() ? "%.0f %%" : "%.1f %%", 100 * probability);
        g.setColor(wins ? palette.foreground() : palette.faint());
        g.drawString(text, getWidth() - g.getFontMetrics().stringWidth(text) - 1, baseline);
      }
    }
    g.dispose();
  }
}
