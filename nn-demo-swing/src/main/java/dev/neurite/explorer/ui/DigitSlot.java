package dev.neurite.explorer.ui;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place for one digit, with what a network takes it for below. */
public final class DigitSlot extends FocusableComponent {
  private static final long serialVersionUID = 1L;
  private static final int SIDE = 28;
  private static final int TEXT_HEIGHT = 20;
  private static final int SIGN = 10;

  private final int number;
  private transient SlotFace face = new SlotFace(List.of(), "", "", SlotFace.Verdict.UNKNOWN, "");
  private transient @Nullable BufferedImage image;
  private transient Runnable opened = () -> {};
  private transient Runnable emptied = () -> {};

  /**
   * An empty slot.
   *
   * @param number that it shows while it is empty
   */
  public DigitSlot(int number) {
    this.number = number;
    setPreferredSize(new Dimension(2 * SIDE + 4, 2 * SIDE + 4 + TEXT_HEIGHT));
    setMinimumSize(new Dimension(SIDE + 4, SIDE + 4 + TEXT_HEIGHT));
    addMouseListener(
        new MouseAdapter() {
          @Override
          public void mouseClicked(MouseEvent event) {
            opened.run();
          }
        });
    Keys.LOOK.bind(this, () -> opened.run());
    Keys.EMPTY.bind(this, () -> emptied.run());
    Keys.GO.bindDirections(this, (right, down) -> goOn(right + down));
    Keys.bindClipboard(this);
  }

  private void goOn(int step) {
    if (step < 0) {
      transferFocusBackward();
    } else {
      transferFocus();
    }
  }

  /** Names who hears that its digit is to be looked at. */
  public void onOpen(Runnable listener) {
    opened = listener;
  }

  /** Names who hears that it is to be emptied. */
  public void onEmpty(Runnable listener) {
    emptied = listener;
  }

  /** Shows a digit and what it is taken for. */
  public void setFace(SlotFace newFace) {
    if (!newFace.pixels().equals(face.pixels())) {
      image = newFace.pixels().isEmpty() ? null : DigitImages.of(newFace.pixels());
    }
    face = newFace;
    getAccessibleContext().setAccessibleName(face.description());
    setToolTipText(face.description());
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    Palette palette = Theme.current().palette();
    int room = Math.min(getWidth() - 4, getHeight() - TEXT_HEIGHT - 4);
    int side = room >= SIDE ? room / SIDE * SIDE : room;
    int left = (getWidth() - side) / 2;
    if (image == null) {
      g.setColor(palette.background());
      g.fillRect(left, 2, side, side);
      g.setFont(Theme.font(1f, Font.PLAIN));
      g.setColor(palette.faint());
      centre(g, String.valueOf(number), 2 + (side + g.getFontMetrics().getAscent()) / 2);
    } else {
      g.drawImage(image, left, 2, side, side, null);
    }
    paintFrame(g, palette, left, side);
    paintAnswer(g, palette, side + 4);
    g.dispose();
  }

  private void paintFrame(Graphics2D g, Palette palette, int left, int side) {
    boolean focused = isFocusOwner();
    if (image == null && !focused) {
      g.setStroke(
          new BasicStroke(
              1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, new float[] {4, 3}, 0));
      g.setColor(palette.faint());
    } else {
      g.setStroke(new BasicStroke(focused ? 2f : 1f));
      g.setColor(focused ? palette.accent() : palette.grid());
    }
    g.drawRect(left, 2, side - 1, side - 1);
  }

  private void paintAnswer(Graphics2D g, Palette palette, int top) {
    if (face.answer().isEmpty()) {
      return;
    }
    Font bold = Theme.font(face.answer().length() > 2 ? 0.85f : 1.1f, Font.BOLD);
    Font small = Theme.font(0.82f, Font.PLAIN);
    FontMetrics boldMetrics = g.getFontMetrics(bold);
    boolean known = face.verdict() != SlotFace.Verdict.UNKNOWN;
    boolean right = face.verdict() == SlotFace.Verdict.RIGHT;
    Color color = known ? right ? palette.good() : palette.bad() : palette.foreground();
    int signWidth = known ? SIGN + 3 : 0;
    int confidenceWidth = g.getFontMetrics(small).stringWidth(face.confidence());
    int room = getWidth() - signWidth;
    boolean hasRoom = boldMetrics.stringWidth(face.answer()) + 4 + confidenceWidth <= room;
    String answer = fitted(face.answer(), boldMetrics, room); // the tool tip says all of it
    int digitWidth = boldMetrics.stringWidth(answer) + 4;
    int width = signWidth + digitWidth + (hasRoom ? confidenceWidth : 0);
    int x = Math.max(0, (getWidth() - width) / 2);
    int baseline = top + boldMetrics.getAscent();
    if (known) {
      SignIcon.Sign sign = right ? SignIcon.Sign.TICK : SignIcon.Sign.CROSS;
      new SignIcon(sign, SIGN, p -> color).paintIcon(this, g, x, baseline - SIGN);
    }
    g.setColor(color);
    g.setFont(bold);
    g.drawString(answer, x + signWidth, baseline);
    if (!hasRoom) {
      return;
    }
    g.setColor(palette.faint());
    g.setFont(small);
    g.drawString(face.confidence(), x + signWidth + digitWidth, baseline);
  }

  private void centre(Graphics2D g, String text, int baseline) {
    g.drawString(text, (getWidth() - g.getFontMetrics().stringWidth(text)) / 2, baseline);
  }
}
