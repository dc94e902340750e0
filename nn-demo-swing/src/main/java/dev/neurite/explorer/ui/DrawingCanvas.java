package dev.neurite.explorer.ui;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.mnist.digit.GreyImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.swing.SwingUtilities;

/**
 * A square to draw on with an antialiased brush or an eraser, with the mouse, a stylus or the
 * keyboard. Strokes are kept in units of the square, so the drawing grows with it; undo and redo go
 * change by change.
 */
public final class DrawingCanvas extends FocusableComponent {
  private static final long serialVersionUID = 1L;

  /** Width and height of the picture that {@link #picture} gives: five pixels for one of MNIST. */
  static final int PICTURE_SIDE = 140;

  /** Diameter of the brush at first, in units of the square. */
  public static final double USUAL_BRUSH = 0.085;

  private static final int SMALLEST_SIDE = 140;
  private static final int SAMPLE_SIDE = 28;
  private static final double KEY_STEP = 0.04;

  /** More than anybody takes back. */
  private static final int LONGEST_HISTORY = 200;

  /** What the drawing is made of, one on top of the other. */
  private sealed interface Mark permits Stroke, Picture {}

  /** A line of the brush, or of the eraser. */
  private record Stroke(List<Point2D.Double> points, double width, boolean erases)
      implements Mark {}

  /** A digit from elsewhere that fills the square. */
  private record Picture(DigitSample sample) implements Mark {}

  private transient List<Mark> marks = List.of();
  private final transient Deque<List<Mark>> past = new ArrayDeque<>();
  private final transient Deque<List<Mark>> future = new ArrayDeque<>();
  private transient Runnable changed = () -> {};
  private String hint = "";
  private double brush = USUAL_BRUSH;
  private boolean erasing;
  private boolean drawing;
  private double penX = 0.5;
  private double penY = 0.5;
  private boolean penShown;
  private boolean penDown;

  /** An empty canvas. */
  public DrawingCanvas() {
    setCursor(Cursor.getPredefinedCursor(Cursor.CROSSHAIR_CURSOR));
    setPreferredSize(new Dimension(240, 240));
    setMinimumSize(new Dimension(SMALLEST_SIDE, SMALLEST_SIDE));
    MouseAdapter mouse =
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            boolean right = SwingUtilities.isRightMouseButton(event);
            if (right || SwingUtilities.isLeftMouseButton(event)) {
              penShown = false;
              drawing = true;
              begin(placeOf(event), erasing || right);
            }
          }

          @Override
          public void mouseDragged(MouseEvent event) {
            if (drawing) {
              extend(placeOf(event));
            }
          }

          @Override
          public void mouseReleased(MouseEvent event) {
            drawing = false;
          }
        };
    addMouseListener(mouse);
    addMouseMotionListener(mouse);
    bindKeys();
  }

  private void bindKeys() {
    Keys.WIPE.bind(this, this::clear);
    Keys.UNDO.bind(this, this::undo);
    Keys.REDO.bind(this, this::redo);
    Keys.DRAW.bindDirections(
        this, (right, down) -> movePen(KEY_STEP * right, KEY_STEP * down, true));
    Keys.MOVE_PEN.bindDirections(
        this, (right, down) -> movePen(KEY_STEP * right, KEY_STEP * down, false));
    Keys.bindClipboard(this);
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

  /**
   * Takes another brush.
   *
   * @param diameter in units of the square, above 0
   */
  public void setBrush(double diameter) {
    brush = diameter;
    repaint();
  }

  /** Takes the eraser, or the brush again. The right mouse button always erases. */
  public void setErasing(boolean erase) {
    erasing = erase;
    penDown = false;
    repaint();
  }

  /** Whether nothing is drawn. */
  public boolean isEmpty() {
    return marks.isEmpty();
  }

  /** Whether there is a change to take back. */
  public boolean canUndo() {
    return !past.isEmpty();
  }

  /** Whether there is a change to bring back. */
  public boolean canRedo() {
    return !future.isEmpty();
  }

  /** Wipes the drawing; one undo brings all of it back. */
  public void clear() {
    if (!marks.isEmpty()) {
      change(List.of());
    }
  }

  /** Takes the last change back. */
  public void undo() {
    if (!past.isEmpty()) {
      future.push(marks);
      marks = past.pop();
      tell();
    }
  }

  /** Brings the change back that was taken back last. */
  public void redo() {
    if (!future.isEmpty()) {
      past.push(marks);
      marks = future.pop();
      tell();
    }
  }

  /**
   * Adds a stroke of the brush as if it had been drawn.
   *
   * @param points at least one, in units of the square: 0 to 1 from left and top
   */
  public void addStroke(List<Point2D.Double> points) {
    change(with(new Stroke(new ArrayList<>(points), brush, false)));
  }

  /** Shows a digit in the place of the drawing; it can be drawn on. */
  public void show(DigitSample sample) {
    if (!sample().equals(Optional.of(sample))) {
      change(List.of(new Picture(sample)));
    }
  }

  /** The digit that is shown, while nothing is drawn on it. */
  public Optional<DigitSample> sample() {
    return marks.size() == 1 && marks.get(0) instanceof Picture picture
        ? Optional.of(picture.sample())
        : Optional.empty();
  }

  /** The drawing as white ink on black; a picture of its own. */
  public GreyImage picture() {
    BufferedImage image =
        new BufferedImage(PICTURE_SIDE, PICTURE_SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    paintMarks(g, PICTURE_SIDE, Color.WHITE, Color.BLACK);
    g.dispose();
    int[] samples = image.getRaster().getSamples(0, 0, PICTURE_SIDE, PICTURE_SIDE, 0, (int[]) null);
    float[] pixels = new float[samples.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = samples[i] / 255f;
    }
    return new GreyImage(pixels, PICTURE_SIDE, PICTURE_SIDE);
  }

  private List<Mark> with(Mark mark) {
    List<Mark> next = new ArrayList<>(marks);
    next.add(mark);
    return next;
  }

  private void change(List<Mark> next) {
    penDown = false;
    past.push(marks);
    if (past.size() > LONGEST_HISTORY) {
      past.removeLast();
    }
    future.clear();
    marks = next;
    tell();
  }

  private void begin(Point2D.Double place, boolean erases) {
    List<Point2D.Double> points = new ArrayList<>();
    points.add(place);
    change(with(new Stroke(points, brush, erases)));
  }

  private void extend(Point2D.Double place) {
    if (!marks.isEmpty() && marks.get(marks.size() - 1) instanceof Stroke stroke) {
      stroke.points().add(place);
      tell();
    }
  }

  /** Moves the pen of the keyboard, with ink or without. */
  private void movePen(double dx, double dy, boolean inks) {
    penShown = true;
    if (inks && !penDown) {
      begin(new Point2D.Double(penX, penY), erasing);
    }
    penDown = inks;
    penX = Math.max(0, Math.min(1, penX + dx));
    penY = Math.max(0, Math.min(1, penY + dy));
    if (inks) {
      extend(new Point2D.Double(penX, penY));
    }
    repaint();
  }

  private Point2D.Double placeOf(MouseEvent event) {
    double side = side();
    return new Point2D.Double((event.getX() - left()) / side, (event.getY() - top()) / side);
  }

  private void tell() {
    if (marks.isEmpty()) {
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
    if (marks.isEmpty()) {
      g.setColor(palette.faint());
      g.setFont(Theme.font(1.05f, 0));
      int width = g.getFontMetrics().stringWidth(hint);
      g.drawString(hint, (side - width) / 2, side / 2);
    } else {
      Graphics2D ink = (Graphics2D) g.create();
      ink.clip(new RoundRectangle2D.Double(0, 0, side - 1, side - 1, 12, 12));
      paintMarks(ink, side, palette.foreground(), palette.background());
      ink.dispose();
    }
    if (penShown && isFocusOwner()) {
      g.setColor(palette.accent());
      g.setStroke(new BasicStroke(1.5f));
      double width = brush * side;
      g.draw(new Ellipse2D.Double(penX * side - width / 2, penY * side - width / 2, width, width));
    }
    g.setColor(isFocusOwner() ? palette.accent() : palette.grid());
    g.setStroke(new BasicStroke(isFocusOwner() ? 2f : 1.5f));
    g.drawRoundRect(1, 1, side - 3, side - 3, 12, 12);
    g.dispose();
  }

  private void paintMarks(Graphics2D g, double side, Color ink, Color paper) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    for (Mark mark : marks) {
      if (mark instanceof Stroke stroke) {
        g.setColor(stroke.erases() ? paper : ink);
        paintStroke(g, side, stroke);
      } else if (mark instanceof Picture picture) {
        g.setRenderingHint(
            RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.drawImage(inkOf(picture.sample(), ink), 0, 0, (int) side, (int) side, null);
      }
    }
  }

  private static BufferedImage inkOf(DigitSample sample, Color ink) {
    BufferedImage image = new BufferedImage(SAMPLE_SIDE, SAMPLE_SIDE, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < SAMPLE_SIDE * SAMPLE_SIDE; i++) {
      int alpha = Math.round(255 * Math.max(0, Math.min(1, sample.pixels().get(i))));
      image.setRGB(i % SAMPLE_SIDE, i / SAMPLE_SIDE, alpha << 24 | ink.getRGB() & 0xFFFFFF);
    }
    return image;
  }

  private static void paintStroke(Graphics2D g, double side, Stroke stroke) {
    List<Point2D.Double> points = stroke.points();
    g.setStroke(
        new BasicStroke(
            (float) (stroke.width() * side), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    Path2D.Double path = new Path2D.Double();
    path.moveTo(points.get(0).x * side, points.get(0).y * side);
    if (points.size() == 1) { // a dot: a line of no length paints nothing
      path.lineTo(points.get(0).x * side + 0.01, points.get(0).y * side);
    }
    for (int i = 1; i < points.size(); i++) {
      Point2D.Double before = points.get(i - 1);
      Point2D.Double point = points.get(i);
      path.quadTo(
          before.x * side,
          before.y * side,
          (before.x + point.x) / 2 * side,
          (before.y + point.y) / 2 * side);
    }
    Point2D.Double last = points.get(points.size() - 1);
    path.lineTo(last.x * side, last.y * side);
    g.draw(path);
  }
}
