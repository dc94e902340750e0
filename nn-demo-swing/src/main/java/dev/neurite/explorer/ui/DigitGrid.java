package dev.neurite.explorer.ui;

import dev.neurite.explorer.service.DigitSample;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntConsumer;
import javax.swing.ToolTipManager;
import org.jspecify.annotations.Nullable;

/** Digits with a line of text below each; one can be chosen, with the mouse or the keyboard. */
public final class DigitGrid extends FocusableComponent {
  private static final long serialVersionUID = 1L;
  private static final int PICTURE = 56;
  private static final int LEAST_CELL_WIDTH = PICTURE + 32;
  private static final int TEXT_GAP = 10;
  private static final float TEXT_SIZE = 0.85f;
  private static final int CELL_HEIGHT = PICTURE + 22;

  /**
   * A digit.
   *
   * @param sample the digit
   * @param text below it
   * @param description all of it in a sentence
   * @param bad whether the text is bad news
   */
  public record Entry(DigitSample sample, String text, String description, boolean bad) {}

  private transient List<Entry> entries = List.of();
  private transient List<BufferedImage> images = List.of();
  private transient IntConsumer chosen = i -> {};
  private transient IntConsumer kept = i -> {};
  private int cursor = -1;

  /** Without digits. */
  public DigitGrid() {
    setPreferredSize(new Dimension(6 * LEAST_CELL_WIDTH, 4 * CELL_HEIGHT));
    setMinimumSize(new Dimension(2 * LEAST_CELL_WIDTH, CELL_HEIGHT));
    setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
    addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            moveTo(placeAt(event.getX(), event.getY()));
          }

          @Override
          public void mouseClicked(MouseEvent event) {
            if (placeAt(event.getX(), event.getY()) == cursor) {
              tell(event.getClickCount() == 2 ? kept : chosen);
            }
          }
        });
    Keys.GO.bindDirections(this, (right, down) -> move(right + down * columns()));
    Keys.LOOK.bind(this, () -> tell(chosen));
    Keys.KEEP.bind(this, () -> tell(kept));
    Keys.bindClipboard(this);
    ToolTipManager.sharedInstance().registerComponent(this);
  }

  private void tell(IntConsumer listener) {
    if (cursor >= 0) {
      listener.accept(cursor);
    }
  }

  private void move(int places) {
    int next = cursor < 0 ? 0 : cursor + places;
    if (next >= 0 && next < entries.size()) {
      moveTo(next);
      scrollRectToVisible(cell(next));
    }
  }

  private void moveTo(int place) {
    cursor = place;
    getAccessibleContext()
        .setAccessibleDescription(place < 0 ? "" : entries.get(place).description());
    repaint();
  }

  /** Names who hears which entry is chosen. */
  public void onChoice(IntConsumer listener) {
    chosen = listener;
  }

  /** Names who hears which entry is wanted for later: pressed twice, or with Insert. */
  public void onKeep(IntConsumer listener) {
    kept = listener;
  }

  /** The digit at a place, or the one that is marked; null for none. */
  public @Nullable DigitSample sampleAt(@Nullable Point place) {
    int entry = place == null ? cursor : placeAt(place.x, place.y);
    return entry < 0 ? null : entries.get(entry).sample();
  }

  @Override
  public @Nullable String getToolTipText(MouseEvent event) {
    int place = placeAt(event.getX(), event.getY());
    return place < 0 ? null : entries.get(place).description();
  }

  /** Shows digits. */
  public void setEntries(List<Entry> newEntries) {
    entries = newEntries;
    images = entries.stream().map(e -> DigitImages.of(e.sample().pixels())).toList();
    moveTo(-1);
    revalidate();
    repaint();
  }

  private int columns() {
    return Math.max(1, getWidth() / cellWidth());
  }

  /**
   * Wide enough for the longest text, so that no text runs into the next, but two stand abreast.
   */
  private int cellWidth() {
    FontMetrics metrics = getFontMetrics(Theme.font(TEXT_SIZE, Font.BOLD));
    int widest = 0;
    for (Entry entry : entries) {
      widest = Math.max(widest, metrics.stringWidth(entry.text()));
    }
    return Math.max(LEAST_CELL_WIDTH, Math.min(widest + TEXT_GAP, getWidth() / 2));
  }

  @Override
  public Dimension getPreferredSize() {
    int across = getWidth() == 0 ? 6 : columns();
    int rows = (Math.max(1, entries.size()) + across - 1) / across;
    return new Dimension(2 * LEAST_CELL_WIDTH, rows * CELL_HEIGHT);
  }

  private Rectangle cell(int place) {
    int width = cellWidth();
    return new Rectangle(
        place % columns() * width, place / columns() * CELL_HEIGHT, width, CELL_HEIGHT);
  }

  /** The entry at a place, -1 for none. */
  int placeAt(int x, int y) {
    int column = x / cellWidth();
    int place = y / CELL_HEIGHT * columns() + column;
    return x >= 0 && y >= 0 && column < columns() && place < entries.size() ? place : -1;
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Palette palette = Theme.current().palette();
    int columns = columns();
    int width = cellWidth();
    for (int i = 0; i < entries.size(); i++) {
      int x = i % columns * width;
      int y = i / columns * CELL_HEIGHT;
      boolean bad = entries.get(i).bad();
      g.drawImage(images.get(i), x, y, PICTURE, PICTURE, null);
      Color color = bad ? palette.bad() : palette.faint();
      boolean marked = i == cursor;
      g.setColor(marked ? palette.accent() : bad ? color : palette.grid());
      g.setStroke(new BasicStroke(marked && isFocusOwner() ? 3f : marked ? 2f : 1f));
      int inset = marked ? 1 : 0;
      g.drawRect(x + inset, y + inset, PICTURE - 1 - inset, PICTURE - 1 - inset);
      g.setColor(color);
      g.setFont(Theme.font(TEXT_SIZE, bad ? Font.BOLD : Font.PLAIN));
      String text = fitted(entries.get(i).text(), g.getFontMetrics(), width - TEXT_GAP / 2);
      g.drawString(text, x, y + PICTURE + 14);
    }
    g.dispose();
  }
}
