package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Texts;
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
import java.util.List;
import java.util.Locale;
import javax.swing.ToolTipManager;
import org.jspecify.annotations.Nullable;

/** Units as dots that light up, and the connections that carry most. */
public final class FlowChart extends FocusableComponent {
  private static final long serialVersionUID = 1L;
  private static final int TOP = 28;
  private static final int MARGIN = 46;
  private static final int WIDEST_NAME = 84;
  private static final int GAP = 8;

  private transient ClassWords classes = ClassWords.DIGITS;
  private transient FlowFigure figure = FlowFigure.EMPTY;
  private transient UnitListener pointed = (column, unit) -> {};
  private int cursorColumn = -1;
  private int cursorPlace;

  /** Hears which unit is pointed at. */
  @FunctionalInterface
  public interface UnitListener {
    /** A unit was pointed at, with the mouse or the keyboard. */
    void pointed(int column, int unit);
  }

  /** Without a figure. */
  public FlowChart() {
    setPreferredSize(new Dimension(460, 340));
    setMinimumSize(new Dimension(200, 160));
    ToolTipManager.sharedInstance().registerComponent(this);
    MouseAdapter mouse =
        new MouseAdapter() {
          @Override
          public void mouseMoved(MouseEvent event) {
            pointAt(event.getX(), event.getY());
          }
        };
    addMouseMotionListener(mouse);
    Keys.GO.bindDirections(this, this::step);
  }

  /** Names the units of the output. */
  public void setClasses(ClassWords newClasses) {
    classes = newClasses;
    repaint();
  }

  /** Shows a figure. */
  public void setFigure(FlowFigure newFigure) {
    figure = newFigure;
    if (cursorColumn >= figure.columns().size()) {
      cursorColumn = -1;
    }
    repaint();
  }

  /** Names who hears which unit is pointed at. */
  public void onPoint(UnitListener listener) {
    pointed = listener;
  }

  private void step(int columns, int places) {
    if (!figure.columns().isEmpty()) {
      int column = cursorColumn < 0 ? 0 : cursorColumn + columns;
      column = Math.max(0, Math.min(figure.columns().size() - 1, column));
      int last = figure.columns().get(column).units().size() - 1;
      int place = cursorColumn < 0 ? 0 : cursorPlace + places;
      moveTo(column, Math.max(0, Math.min(last, place)));
    }
  }

  private void pointAt(int x, int y) {
    for (int c = 0; c < figure.columns().size(); c++) {
      for (int i = 0; i < figure.columns().get(c).units().size(); i++) {
        boolean near = Math.hypot(x - x(c), y - y(c, i)) <= radius() + 2;
        if (near && (c != cursorColumn || i != cursorPlace)) {
          moveTo(c, i);
        }
      }
    }
  }

  private void moveTo(int column, int place) {
    cursorColumn = column;
    cursorPlace = place;
    getAccessibleContext().setAccessibleDescription(describe(column, place));
    pointed.pointed(column, figure.columns().get(column).units().get(place));
    repaint();
  }

  private int x(int column) {
    int columns = figure.columns().size();
    return columns == 1
        ? getWidth() / 2
        : MARGIN + (getWidth() - MARGIN - rightMargin()) * column / (columns - 1);
  }

  /** Room for the names of the outputs. */
  private int rightMargin() {
    FontMetrics metrics = getFontMetrics(Theme.font(1f, Font.BOLD));
    int widest = classes.names().stream().mapToInt(metrics::stringWidth).max().orElse(0);
    return Math.max(MARGIN, Math.min(WIDEST_NAME, widest) + MARGIN / 2);
  }

  private double y(int column, int place) {
    int count = figure.columns().get(column).units().size();
    return TOP + (getHeight() - TOP) * (place + 0.5) / count;
  }

  private int radius() {
    int most = figure.columns().stream().mapToInt(c -> c.units().size()).max().orElse(1);
    return Math.max(3, Math.min(10, (getHeight() - TOP) / most / 2 - 1));
  }

  @Override
  public @Nullable String getToolTipText(MouseEvent event) {
    for (int c = 0; c < figure.columns().size(); c++) {
      FlowFigure.Column column = figure.columns().get(c);
      for (int i = 0; i < column.units().size(); i++) {
        if (Math.hypot(event.getX() - x(c), event.getY() - y(c, i)) <= radius() + 2) {
          return describe(c, i);
        }
      }
    }
    return null;
  }

  /** A unit, how active it is, and what it gets most from. */
  String describe(int c, int place) {
    FlowFigure.Column column = figure.columns().get(c);
    StringBuilder text =
        new StringBuilder(
            Texts.format(
                "inspect.unit",
                column.title(),
                c == figure.columns().size() - 1
                    ? classes.name(column.units().get(place))
                    : column.units().get(place) + 1,
                percent(column.levels().get(place))));
    for (FlowFigure.Link link : inputs(c, place)) {
      text.append(
          Texts.format(
              "inspect.unit.input",
              figure.columns().get(link.column()).units().get(link.from()) + 1,
              percent(link.strength())));
    }
    return text.toString();
  }

  private List<FlowFigure.Link> inputs(int column, int place) {
    return figure.links().stream()
        .filter(l -> l.column() == column - 1 && l.to() == place)
        .limit(5)
        .toList();
  }

  private static String percent(float share) {
    return String.format(Locale.ROOT, "%+.0f %%", 100 * share);
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Theme theme = Theme.current();
    Palette palette = theme.palette();
    for (FlowFigure.Link link : figure.links()) {
      g.setColor(new Color(Diverging.rgb(link.strength(), theme)));
      g.setStroke(new BasicStroke(0.5f + 2.5f * Math.abs(link.strength())));
      g.drawLine(
          x(link.column()),
          (int) y(link.column(), link.from()),
          x(link.column() + 1),
          (int) y(link.column() + 1, link.to()));
    }
    g.setStroke(new BasicStroke(1f));
    int radius = radius();
    if (cursorColumn >= 0 && cursorPlace < figure.columns().get(cursorColumn).units().size()) {
      g.setColor(palette.accent());
      g.setStroke(new BasicStroke(isFocusOwner() ? 3f : 1.5f));
      int around = radius + 3;
      g.drawOval(
          x(cursorColumn) - around,
          (int) y(cursorColumn, cursorPlace) - around,
          2 * around,
          2 * around);
      g.setStroke(new BasicStroke(1f));
    }
    for (int c = 0; c < figure.columns().size(); c++) {
      FlowFigure.Column column = figure.columns().get(c);
      g.setFont(Theme.font(0.92f, Font.PLAIN));
      g.setColor(palette.faint());
      int width = g.getFontMetrics().stringWidth(column.title());
      int left = Math.max(0, Math.min(getWidth() - width, x(c) - width / 2));
      g.drawString(column.title(), left, 16);
      boolean last = c == figure.columns().size() - 1;
      for (int i = 0; i < column.units().size(); i++) {
        int top = (int) y(c, i) - radius;
        g.setColor(new Color(Diverging.rgb(column.levels().get(i), theme)));
        g.fillOval(x(c) - radius, top, 2 * radius, 2 * radius);
        g.setColor(palette.faint());
        g.drawOval(x(c) - radius, top, 2 * radius, 2 * radius);
        if (last) {
          g.setColor(palette.foreground());
          g.setFont(Theme.font(1f, column.levels().get(i) == 1f ? Font.BOLD : Font.PLAIN));
          String name =
              fitted(classes.name(column.units().get(i)), g.getFontMetrics(), WIDEST_NAME);
          g.drawString(name, x(c) + radius + GAP, top + radius + 5);
        }
      }
    }
    g.dispose();
  }
}
