package dev.neurite.explorer.ui;

import dev.neurite.mnist.digit.GreyImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;

/**
 * A square to draw on with an antialiased brush. Strokes are kept in units of the square, so the
 * drawing grows with it; undo and redo go stroke by stroke.
 */
public final class DrawingCanvas extends PaintedComponent {
  private static final long serialVersionUID = 1L;

  /** Width and height of the picture that {@link #picture} gives. */
  static final int PICTURE_SIDE = 140;

  private static final double BRUSH = 0.085;
  private static final int SMALLEST_SIDE = 140;

  private transient List<List<Point2D.Double>> strokes = new ArrayList<>();
  private transient List<List<Point2D.Double>> undone = new ArrayList<>();
  private transient Runnable changed = () -> {};
  private String hint = "";
  private boolean drawing;

  /** An empty canvas. */
  public DrawingCanvas() {
    setFocusable(true);
    setCursor(Cursor.getPredefinedCursor(Cursor.CROSSHAIR_CURSOR));
    setPreferredSize(new Dimension(240, 240));
    setMinimumSize(new Dimension(SMALLEST_SIDE, SMALLEST_SIDE));
    MouseAdapter mouse =
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            if (SwingUtilities.isLeftMouseButton(event)) {
              requestFocusInWindow();
              beginStroke(event);
            }
          }

          @Override
          public void mouseDragged(MouseEvent event) {
            if (drawing) {
              addPoint(event);
            }
          }

          @Override
          public void mouseReleased(MouseEvent event) {
            drawing = false;
          }
        };
    addMouseListener(mouse);
    addMouseMotionListener(mouse);
    int menu = InputEvent.CTRL_DOWN_MASK;
    bind(KeyStroke.getKeyStroke(KeyEvent.VK_DELETE, 0), "clear", this::clear);
    bind(KeyStroke.getKeyStroke(KeyEvent.VK_BACK_SPACE, 0), "clear", this::clear);
    bind(KeyStroke.getKeyStroke(KeyEvent.VK_Z, menu), "undo", this::undo);
    bind(KeyStroke.getKeyStroke(KeyEvent.VK_Y, menu), "redo", this::redo);
  }

  private void bind(KeyStroke key, String name, Runnable action) {
    getInputMap(WHEN_FOCUSED).put(key, name);
    getActionMap()
        .put(
            name,
            new AbstractAction() {
              private static final long serialVersionUID = 1L;

              @Override
              public void actionPerformed(ActionEvent event) {
                action.run();
              }
            });
  }

  /** Names who hears of every change of the drawing. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  /** Says what stands on the empty canvas. */
  public void setHint(String text) {
    hint = text;
    repaint();
  }

  /** Whether nothing is drawn. */
  public boolean isEmpty() {
    return strokes.isEmpty();
  }

  /** Wipes the drawing; undo brings it back stroke by stroke. */
  public void clear() {
    if (!strokes.isEmpty()) {
      undone = new ArrayList<>();
      for (int i = strokes.size() - 1; i >= 0; i--) {
        undone.add(strokes.get(i));
      }
      strokes = new ArrayList<>();
      tell();
    }
  }

  /** Takes the last stroke away. */
  public void undo() {
    if (!strokes.isEmpty()) {
      undone.add(strokes.remove(strokes.size() - 1));
      tell();
    }
  }

  /** Brings the stroke back that was taken away last. */
  public void redo() {
    if (!undone.isEmpty()) {
      strokes.add(undone.remove(undone.size() - 1));
      tell();
    }
  }

  /**
   * Adds a stroke as if it had been drawn.
   *
   * @param points at least one, in units of the square: 0 to 1 from left and top
   */
  public void addStroke(List<Point2D.Double> points) {
    strokes.add(new ArrayList<>(points));
    undone.clear();
    tell();
  }

  /** The drawing as white ink on black; a picture of its own. */
  public GreyImage picture() {
    BufferedImage image =
        new BufferedImage(PICTURE_SIDE, PICTURE_SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    paintStrokes(g, PICTURE_SIDE);
    g.dispose();
    int[] samples = image.getRaster().getSamples(0, 0, PICTURE_SIDE, PICTURE_SIDE, 0, (int[]) null);
    float[] pixels = new float[samples.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = samples[i] / 255f;
    }
    return new GreyImage(pixels, PICTURE_SIDE, PICTURE_SIDE);
  }

  private void beginStroke(MouseEvent event) {
    drawing = true;
    strokes.add(new ArrayList<>());
    undone.clear();
    addPoint(event);
  }

  private void addPoint(MouseEvent event) {
    double side = side();
    strokes
        .get(strokes.size() - 1)
        .add(new Point2D.Double((event.getX() - left()) / side, (event.getY() - top()) / side));
    tell();
  }

  private void tell() {
    if (strokes.isEmpty()) {
      drawing = false;
    }
    repaint();
    changed.run();
  }

  private double side() {
    return Math.max(1, Math.min(getWidth(), getHeight()));
  }

  private double left() {
    return (getWidth() - side()) / 2;
  }

  private double top() {
    return (getHeight() - side()) / 2;
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    Palette palette = Theme.current().palette();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    int side = (int) side();
    g.translate((int) left(), (int) top());
    g.setColor(palette.background());
    g.fillRoundRect(0, 0, side - 1, side - 1, 12, 12);
    g.clipRect(0, 0, side, side);
    g.setColor(palette.foreground());
    if (strokes.isEmpty()) {
      g.setColor(palette.faint());
      g.setFont(Theme.font(1.05f, 0));
      int width = g.getFontMetrics().stringWidth(hint);
      g.drawString(hint, (side - width) / 2, side / 2);
    } else {
      paintStrokes(g, side);
    }
    g.setColor(isFocusOwner() ? palette.accent() : palette.grid());
    g.setStroke(new BasicStroke(isFocusOwner() ? 2f : 1.5f));
    g.drawRoundRect(1, 1, side - 3, side - 3, 12, 12);
    g.dispose();
  }

  private void paintStrokes(Graphics2D g, double side) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setStroke(
        new BasicStroke((float) (BRUSH * side), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (List<Point2D.Double> stroke : strokes) {
      Path2D.Double path = new Path2D.Double();
      path.moveTo(stroke.get(0).x * side, stroke.get(0).y * side);
      if (stroke.size() == 1) { // a dot: a line of no length paints nothing
        path.lineTo(stroke.get(0).x * side + 0.01, stroke.get(0).y * side);
      }
      for (int i = 1; i < stroke.size(); i++) {
        Point2D.Double before = stroke.get(i - 1);
        Point2D.Double point = stroke.get(i);
        path.quadTo(
            before.x * side,
            before.y * side,
            (before.x + point.x) / 2 * side,
            (before.y + point.y) / 2 * side);
      }
      Point2D.Double last = stroke.get(stroke.size() - 1);
      path.lineTo(last.x * side, last.y * side);
      g.draw(path);
    }
  }
}
