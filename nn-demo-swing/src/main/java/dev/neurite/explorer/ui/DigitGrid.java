package dev.neurite.explorer.ui;

import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Digits with a line of text below each; one can be chosen. */
public final class DigitGrid extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int SIDE = 28;
  private static final int PICTURE = 2 * SIDE;
  private static final int CELL_WIDTH = PICTURE + 32;
  private static final int CELL_HEIGHT = PICTURE + 22;

  /**
   * A digit.
   *
   * @param pixels 28×28
   * @param text below it
   * @param bad whether the text is bad news
   */
  public record Entry(List<Float> pixels, String text, boolean bad) {}

  private transient List<Entry> entries = List.of();
  private transient List<BufferedImage> images = List.of();
  private transient IntConsumer chosen = i -> {};

  /** Without digits. */
  public DigitGrid() {
    setPreferredSize(new Dimension(6 * CELL_WIDTH, 4 * CELL_HEIGHT));
    setMinimumSize(new Dimension(2 * CELL_WIDTH, CELL_HEIGHT));
    setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
    addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            int place = placeAt(event.getX(), event.getY());
            if (place >= 0) {
              chosen.accept(place);
            }
          }
        });
  }

  /** Names who hears which entry is chosen. */
  public void onChoice(IntConsumer listener) {
    chosen = listener;
  }

  /** Shows digits. */
  public void setEntries(List<Entry> newEntries) {
    entries = newEntries;
    List<BufferedImage> next = new ArrayList<>();
    for (Entry entry : entries) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < SIDE * SIDE; i++) {
        int grey = Math.round(255 * Math.max(0, Math.min(1, entry.pixels().get(i))));
        image.setRGB(i % SIDE, i / SIDE, grey << 16 | grey << 8 | grey);
      }
      next.add(image);
    }
    images = next;
    revalidate();
    repaint();
  }

  private int columns() {
    return Math.max(1, getWidth() / CELL_WIDTH);
  }

  @Override
  public Dimension getPreferredSize() {
    int across = getWidth() == 0 ? 6 : columns();
    int rows = (Math.max(1, entries.size()) + across - 1) / across;
    return new Dimension(2 * CELL_WIDTH, rows * CELL_HEIGHT);
  }

  /** The entry at a place, -1 for none. */
  int placeAt(int x, int y) {
    int place = y / CELL_HEIGHT * columns() + x / CELL_WIDTH;
    return x / CELL_WIDTH < columns() && place < entries.size() ? place : -1;
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
    for (int i = 0; i < entries.size(); i++) {
      int x = i % columns * CELL_WIDTH;
      int y = i / columns * CELL_HEIGHT;
      boolean bad = entries.get(i).bad();
      g.drawImage(images.get(i), x, y, PICTURE, PICTURE, null);
      Color color = bad ? palette.bad() : palette.faint();
      g.setColor(bad ? color : palette.grid());
      g.drawRect(x, y, PICTURE - 1, PICTURE - 1);
      g.setColor(color);
      g.setFont(Theme.font(0.85f, bad ? Font.BOLD : Font.PLAIN));
      g.drawString(entries.get(i).text(), x, y + PICTURE + 14);
    }
    g.dispose();
  }
}
