package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Texts;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import javax.swing.ToolTipManager;
import org.jspecify.annotations.Nullable;

/** How often each class (row) is taken for each (column); a cell can be chosen. */
public final class ConfusionGrid extends FocusableComponent {
  private static final long serialVersionUID = 1L;
  private static final float FONT_SIZE = 0.82f;
  private static final int HEAD = 18;
  private static final int WIDEST_HEAD = 78;

  /** Cells that are narrower show no counts. */
  private static final int LEAST_WIDTH_OF_COUNTS = 14;

  /** Hears which cell is chosen. */
  @FunctionalInterface
  public interface CellListener {
    /** A cell was chosen. */
    void chosen(int actual, int predicted);
  }

  private transient ClassWords classes = ClassWords.DIGITS;
  private transient List<String> marks = classes.marks();
  private transient List<List<Integer>> counts = List.of();
  private transient CellListener listener = (a, p) -> {};
  private int cursorRow;
  private int cursorColumn;

  /** Without counts. */
  public ConfusionGrid() {
    setPreferredSize(new Dimension(300, 260));
    setMinimumSize(new Dimension(220, 190));
    setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
    ToolTipManager.sharedInstance().registerComponent(this);
    addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            int head = headWidth();
            int column = (event.getX() - head) * counts.size() / Math.max(1, getWidth() - head);
            int row = (event.getY() - HEAD) * counts.size() / Math.max(1, getHeight() - HEAD);
            if (event.getX() >= head && event.getY() >= HEAD) {
              moveTo(row, column);
              choose();
            }
          }
        });
    Keys.GO.bindDirections(this, (right, down) -> moveTo(cursorRow + down, cursorColumn + right));
    Keys.LOOK.bind(this, this::choose);
  }

  private void moveTo(int row, int column) {
    if (row >= 0 && column >= 0 && row < counts.size() && column < counts.size()) {
      cursorRow = row;
      cursorColumn = column;
      getAccessibleContext()
          .setAccessibleDescription(
              Texts.format(
                  "images.confusion.cell",
                  classes.name(row),
                  classes.name(column),
                  counts.get(row).get(column)));
      repaint();
    }
  }

  private void choose() {
    if (!counts.isEmpty()) {
      listener.chosen(cursorRow, cursorColumn);
    }
  }

  /** Names who hears which cell is chosen. */
  public void onChoice(CellListener newListener) {
    listener = newListener;
  }

  /** Names the classes. */
  public void setClasses(ClassWords newClasses) {
    classes = newClasses;
    marks = classes.marks();
    repaint();
  }

  /** Width of the names of the rows. */
  private int headWidth() {
    FontMetrics metrics = getFontMetrics(Theme.font(FONT_SIZE, Font.PLAIN));
    int widest = classes.names().stream().mapToInt(metrics::stringWidth).max().orElse(0);
    return Math.max(HEAD, Math.min(WIDEST_HEAD, widest + 8));
  }

  /** Shows counts; empty for none. */
  public void setCounts(List<List<Integer>> newCounts) {
    counts = newCounts;
    cursorRow = Math.max(0, Math.min(cursorRow, counts.size() - 1));
    cursorColumn = Math.max(0, Math.min(cursorColumn, counts.size() - 1));
    repaint();
  }

  @Override
  public @Nullable String getToolTipText(MouseEvent event) {
    return counts.isEmpty() ? null : Texts.get("images.confusion.help");
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    int size = counts.size();
    if (size == 0) {
      return;
    }
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Palette palette = Theme.current().palette();
    int most = 1;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        most = row == column ? most : Math.max(most, counts.get(row).get(column));
      }
    }
    g.setFont(Theme.font(FONT_SIZE, Font.PLAIN));
    int head = headWidth();
    double width = (getWidth() - head) / (double) size;
    double height = (getHeight() - HEAD) / (double) size;
    for (int row = 0; row < size; row++) {
      String name = fitted(classes.name(row), g.getFontMetrics(), head - 4);
      centre(g, name, 0, HEAD + row * height, head, height, palette.faint());
      String mark = row < marks.size() ? marks.get(row) : String.valueOf(row);
      centre(g, mark, head + row * width, 0, width, HEAD, palette.faint());
      for (int column = 0; column < size; column++) {
        int count = counts.get(row).get(column);
        double x = head + column * width;
        double y = HEAD + row * height;
        Color full = row == column ? palette.good() : palette.bad();
        int alpha = row == column ? 60 : count == 0 ? 0 : 30 + 90 * count / most;
        g.setColor(new Color(full.getRed(), full.getGreen(), full.getBlue(), alpha));
        g.fillRect((int) x, (int) y, (int) width, (int) height);
        if (count > 0 && width >= LEAST_WIDTH_OF_COUNTS) {
          centre(g, String.valueOf(count), x, y, width, height, palette.foreground());
        }
      }
    }
    if (isFocusOwner()) {
      g.setColor(palette.accent());
      g.setStroke(new BasicStroke(2f));
      g.drawRect(
          (int) (head + cursorColumn * width),
          (int) (HEAD + cursorRow * height),
          (int) width - 1,
          (int) height - 1);
    }
    g.dispose();
  }

  private static void centre(
      Graphics2D g, String text, double x, double y, double width, double height, Color color) {
    g.setColor(color);
    int textWidth = g.getFontMetrics().stringWidth(text);
    g.drawString(
        text,
        (float) (x + (width - textWidth) / 2),
        (float) (y + height / 2 + g.getFontMetrics().getAscent() / 2.0 - 2));
  }
}
