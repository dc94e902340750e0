package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A live line chart over epochs, painted by XChart and guarded against its faults: data changes on
 * the event thread only, nothing is painted when it is too small, no chart panel with its listeners
 * and keys is used, and colours follow the theme.
 */
public final class LineChart extends FocusableComponent {
  private static final long serialVersionUID = 1L;

  /** Below this the chart library may not come to an end. */
  private static final Dimension SMALLEST = new Dimension(220, 150);

  private static final int LEGEND_HEIGHT = 18;
  private static final int TICKS_HEIGHT = 18;
  private static final int SWATCH = 20;
  private static final int TITLE_HEIGHT = 24;
  private static final int LEFT = 6;
  private static final int LEAST_DRAG = 6;
  private static final int HOVER_STEP = 8;
  private static final double HEADROOM = 1.6;

  /**
   * How a line looks.
   *
   * @param title in the legend
   * @param color from the palette
   * @param stroke of the line
   * @param marker at every point
   * @param rightAxis whether its values are on the right
   */
  public record LineStyle(
      String title,
      Function<Palette, Color> color,
      BasicStroke stroke,
      Marker marker,
      boolean rightAxis) {
    /** A line that stays behind the others. */
    public static LineStyle faint(String title, Function<Palette, Color> color) {
      return new LineStyle(title, color, line(1.2f), SeriesMarkers.NONE, false);
    }

    /** A line with a sign at every point. */
    public static LineStyle marked(
        String title, Function<Palette, Color> color, Marker marker, float... dashes) {
      return new LineStyle(title, color, line(2f, dashes), marker, false);
    }

    /** A thin line whose values are on the right. */
    public static LineStyle onTheRight(String title, Function<Palette, Color> color) {
      return new LineStyle(title, color, line(1.4f, 2f, 3f), SeriesMarkers.NONE, true);
    }

    private static BasicStroke line(float width, float... dashes) {
      return dashes.length == 0
          ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
          : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dashes, 0f);
    }
  }

  /** Points of a line. */
  private record Points(List<Double> x, List<Double> y) {
    /** The value of the point nearest to a place. */
    double nearest(double place) {
      int best = 0;
      for (int i = 1; i < x.size(); i++) {
        if (Math.abs(x.get(i) - place) < Math.abs(x.get(best) - place)) {
          best = i;
        }
      }
      return y.get(best);
    }

    /** Those of a part of the horizontal axis with a neighbour at each side. */
    Points within(double from, double to, boolean positive) {
      List<Double> xs = new ArrayList<>();
      List<Double> ys = new ArrayList<>();
      for (int i = 0; i < x.size(); i++) {
        boolean near =
            (i + 1 >= x.size() || x.get(i + 1) >= from) && (i == 0 || x.get(i - 1) <= to);
        if (near && (!positive || y.get(i) > 0)) {
          xs.add(x.get(i));
          ys.add(y.get(i));
        }
      }
      return new Points(xs, ys);
    }
  }

  private final String title;
  private final transient List<LineStyle> styles;
  private final transient Map<LineStyle, Points> lines = new LinkedHashMap<>();

  /** New points are painted together after this: nobody reads a curve faster. */
  private static final int REFRESH_MILLISECONDS = 500;

  private static final int LONGEST_REFRESH_MILLISECONDS = 2000;

  /** The rest after a new picture, in times of what it took: training wants the processors too. */
  private static final int REST = 100;

  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  private final Timer refresh = new Timer(REFRESH_MILLISECONDS, event -> paintChanges());
  private final transient Set<LineStyle> hidden = new HashSet<>();
  private transient List<Double> marks = List.of();
  private boolean logarithmic;

  /**
   * The part of the horizontal axis that is shown, in epochs; all of it while {@code to} is NaN.
   */
  private double zoomFrom;

  private double zoomTo = Double.NaN;

  /** Where the pointer is, in pixels; -1 for outside. */
  private int hoverX = -1;

  private int dragFrom = -1;

  /** The chart as it was painted last: moving the pointer over it must not cost a new one. */
  private final transient OffscreenImage painted = new OffscreenImage();

  private transient @Nullable XYChart shown;
  private double rightEnd = 1;
  private String emptyText = "";
  private double greatestTop = Double.NaN;

  /**
   * A chart without data.
   *
   * @param title stands above
   * @param styles the lines it can have, those behind first
   */
  public LineChart(String title, List<LineStyle> styles) {
    this.title = title;
    this.styles = List.copyOf(styles);
    setPreferredSize(new Dimension(360, 240));
    setMinimumSize(SMALLEST);
    setOpaque(false);
    refresh.setRepeats(false);
    setToolTipText(null);
    listen();
    getAccessibleContext().setAccessibleName(title);
  }

  /** Says what stands in a chart without data. */
  public void setEmptyText(String text) {
    emptyText = text;
    paintAnew();
  }

  /** Never shows values above this on the left axis, for example 100 for per cent. */
  public void setGreatestTop(double value) {
    greatestTop = value;
  }

  /**
   * Sets the points of a line; takes effect with {@link #refresh}.
   *
   * @param x in epochs, ascending
   * @param y as many, all finite
   */
  public void setLine(LineStyle style, List<Double> x, List<Double> y) {
    if (!styles.contains(style)) {
      throw new IllegalArgumentException("the chart has no line " + style.title());
    }
    if (x.isEmpty()) {
      lines.remove(style);
    } else {
      lines.put(style, new Points(x, y));
    }
  }

  /**
   * Paints again with new points.
   *
   * @param epochs right end of the horizontal axis
   */
  public void refresh(double epochs) {
    rightEnd = epochs;
    if (!refresh.isRunning()) {
      refresh.start();
    }
  }

  /** Marks places of the horizontal axis with thin lines, for example restarts. */
  public void setMarks(List<Double> epochs) {
    marks = List.copyOf(epochs);
  }

  /** Whether the vertical axes are logarithmic; values from 0 down are then left out. */
  public void setLogarithmic(boolean newLogarithmic) {
    logarithmic = newLogarithmic;
    paintAnew();
  }

  /** Shows or hides a line; the legend keeps its entry. */
  public void toggle(LineStyle style) {
    if (!hidden.remove(style)) {
      hidden.add(style);
    }
    paintAnew();
  }

  /**
   * Shows a part of the horizontal axis.
   *
   * @param from left end in epochs
   * @param to right end in epochs, above {@code from}; NaN for all
   */
  public void zoom(double from, double to) {
    zoomFrom = Double.isNaN(to) ? 0 : from;
    zoomTo = to;
    paintAnew();
  }

  private double leftShown() {
    return Double.isNaN(zoomTo) ? 0 : zoomFrom;
  }

  private double rightShown() {
    return Double.isNaN(zoomTo) ? rightEnd : zoomTo;
  }

  private void zoomBy(double factor) {
    double middle = (leftShown() + rightShown()) / 2;
    double half = (rightShown() - leftShown()) / 2 * factor;
    if (2 * half >= rightEnd) {
      zoom(0, Double.NaN);
    } else {
      double from = Math.max(0, Math.min(middle - half, rightEnd - 2 * half));
      zoom(from, from + 2 * half);
    }
  }

  /** Sends to the display only what looks another way: of a curve that grows, its end. */
  private void paintChanges() {
    if (!isShowing() || hoverX >= 0) {
      paintAnew();
      return;
    }
    Palette palette = Theme.current().palette();
    long begun = System.nanoTime();
    Rectangle changed = painted.update(this, area -> paintAll(area, palette));
    long rest = REST * (System.nanoTime() - begun) / NANOS_PER_MILLISECOND;
    refresh.setInitialDelay(
        (int) Math.max(REFRESH_MILLISECONDS, Math.min(LONGEST_REFRESH_MILLISECONDS, rest)));
    if (!changed.isEmpty()) {
      repaint(changed);
    }
  }

  private void paintAnew() {
    painted.forget();
    repaint();
  }

  private void listen() {
    MouseAdapter mouse =
        new MouseAdapter() {
          @Override
          public void mouseMoved(MouseEvent event) {
            hoverAt(event.getX());
          }

          @Override
          public void mouseExited(MouseEvent event) {
            hoverAt(-1);
          }

          @Override
          public void mousePressed(MouseEvent event) {
            dragFrom = event.getX();
          }

          @Override
          public void mouseDragged(MouseEvent event) {
            hoverAt(event.getX());
          }

          @Override
          public void mouseReleased(MouseEvent event) {
            int begun = dragFrom;
            dragFrom = -1;
            if (begun >= 0 && Math.abs(event.getX() - begun) > LEAST_DRAG) {
              zoomTo(Math.min(begun, event.getX()), Math.max(begun, event.getX()));
            }
            repaint();
          }

          @Override
          public void mouseClicked(MouseEvent event) {
            Optional<LineStyle> entry = legendAt(event.getX(), event.getY());
            if (entry.isPresent()) {
              toggle(entry.get());
            } else if (event.getClickCount() == 2) {
              zoom(0, Double.NaN);
            }
          }
        };
    addMouseListener(mouse);
    addMouseMotionListener(mouse);
    Keys.ZOOM_IN.bind(this, () -> zoomBy(0.5));
    Keys.ZOOM_OUT.bind(this, () -> zoomBy(2));
    Keys.ZOOM_OFF.bind(this, () -> zoom(0, Double.NaN));
    Keys.LOGARITHM.bind(this, () -> setLogarithmic(!logarithmic));
    Keys.READ.bindEach(
        this,
        stroke ->
            hoverAt(
                stroke == 0
                    ? Math.max(0, hoverX - HOVER_STEP)
                    : Math.min(getWidth() - 1, Math.max(40, hoverX) + HOVER_STEP)));
    Keys.STOP_READING.bind(this, () -> hoverAt(-1));
    Keys.LINE.bindEach(
        this,
        stroke -> {
          if (stroke < styles.size()) {
            toggle(styles.get(styles.size() - 1 - stroke));
          }
        });
  }

  private void hoverAt(int x) {
    hoverX = x;
    XYChart chart = shown;
    getAccessibleContext()
        .setAccessibleDescription(
            x < 0 || chart == null ? "" : String.join("; ", valuesAt(epochAt(chart, x))));
    repaint();
  }

  private static double epochAt(XYChart chart, int x) {
    return chart.getChartXFromCoordinate(x - LEFT);
  }

  private void zoomTo(int fromX, int toX) {
    XYChart chart = shown;
    if (chart != null) {
      double from = Math.max(0, epochAt(chart, fromX));
      double to = Math.min(rightEnd, epochAt(chart, toX));
      if (to - from > rightEnd / 1000) {
        zoom(from, to);
      }
    }
  }

  private Optional<LineStyle> legendAt(int x, int y) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    FontMetrics metrics = getFontMetrics(legendFont());
    List<LegendEntry> legend = legend(metrics);
    int rows = legend.get(legend.size() - 1).row() + 1;
    return legend.stream()
        .filter(
            e -> {
              int middle = legendY(e, rows);
              int width = SWATCH + 5 + metrics.stringWidth(e.style().title());
              return Math.abs(y - middle) <= LEGEND_HEIGHT / 2 && x >= e.x() && x <= e.x() + width;
            })
        .map(LegendEntry::style)
        .findFirst();
  }

  /** What the lines show at a place, the largest first; the words of the hover box. */
  List<String> valuesAt(double epoch) {
    List<String> values = new ArrayList<>();
    values.add(Texts.format("chart.at", String.format(Locale.ROOT, "%.2f", epoch)));
    visibleLines()
        .sorted(
            Comparator.comparingDouble(
                (Map.Entry<LineStyle, Points> e) -> -e.getValue().nearest(epoch)))
        .forEach(
            e ->
                values.add(
                    e.getKey().title() + " " + Figures.significant(e.getValue().nearest(epoch))));
    return values;
  }

  private Stream<Map.Entry<LineStyle, Points>> visibleLines() {
    return lines.entrySet().stream().filter(e -> !hidden.contains(e.getKey()));
  }

  /** Whether no line has points. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Palette palette = Theme.current().palette();
    painted.paint(g, this, area -> paintAll(area, palette));
    if (!lines.isEmpty() && isLargeEnough()) {
      List<LegendEntry> legend = legend(g.getFontMetrics(legendFont()));
      int rows = legend.get(legend.size() - 1).row() + 1;
      paintHover(g, palette, getHeight() - rows * LEGEND_HEIGHT - TICKS_HEIGHT);
    }
    if (isFocusOwner()) {
      g.setColor(palette.accent());
      g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 12, 12);
    }
    g.dispose();
  }

  private boolean isLargeEnough() {
    return getWidth() >= SMALLEST.width && getHeight() >= SMALLEST.height;
  }

  /** All but what follows pointer and focus. */
  private void paintAll(Graphics2D g, Palette palette) {
    g.setColor(palette.background());
    g.fillRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 12, 12);
    g.setColor(palette.grid());
    g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 12, 12);
    g.setFont(Theme.font(1f, Font.BOLD));
    g.setColor(palette.foreground());
    g.drawString(title, 12, 19);
    if (lines.isEmpty()) {
      paintEmpty(g, palette);
    } else if (isLargeEnough()) {
      List<LegendEntry> legend = legend(g.getFontMetrics(legendFont()));
      int rows = legend.get(legend.size() - 1).row() + 1;
      paintChart(g, palette, rows * LEGEND_HEIGHT);
      paintLegend(g, palette, legend, rows);
    }
  }

  private void paintHover(Graphics2D g, Palette palette, int bottom) {
    XYChart chart = shown;
    if (hoverX < 0 || chart == null) {
      return;
    }
    double epoch = epochAt(chart, hoverX);
    if (dragFrom >= 0 && Math.abs(hoverX - dragFrom) > LEAST_DRAG) {
      Color accent = palette.accent();
      g.setColor(new Color(accent.getRed(), accent.getGreen(), accent.getBlue(), 50));
      g.fillRect(
          Math.min(hoverX, dragFrom),
          TITLE_HEIGHT,
          Math.abs(hoverX - dragFrom),
          bottom - TITLE_HEIGHT);
      return;
    }
    if (epoch < leftShown() || epoch > rightShown()) {
      return;
    }
    g.setColor(palette.faint());
    g.setStroke(new BasicStroke(1f));
    g.drawLine(hoverX, TITLE_HEIGHT + 4, hoverX, bottom - 4);
    g.setFont(legendFont());
    FontMetrics metrics = g.getFontMetrics();
    List<String> texts = valuesAt(epoch);
    int width = texts.stream().mapToInt(metrics::stringWidth).max().orElse(0) + 12;
    int x = hoverX + 10 + width < getWidth() ? hoverX + 8 : hoverX - 8 - width;
    int y = TITLE_HEIGHT + 8;
    g.setColor(palette.background());
    g.fillRoundRect(x, y, width, texts.size() * metrics.getHeight() + 8, 8, 8);
    g.setColor(palette.faint());
    g.drawRoundRect(x, y, width, texts.size() * metrics.getHeight() + 8, 8, 8);
    g.setColor(palette.foreground());
    for (String text : texts) {
      y += metrics.getHeight();
      g.drawString(text, x + 6, y);
    }
  }

  private void paintEmpty(Graphics2D g, Palette palette) {
    g.setFont(Theme.font(1f, Font.PLAIN));
    g.setColor(palette.faint());
    FontMetrics metrics = g.getFontMetrics();
    List<String> rows = wrap(emptyText, metrics, getWidth() - 48);
    int y = (getHeight() - rows.size() * metrics.getHeight()) / 2 + metrics.getAscent();
    for (String row : rows) {
      g.drawString(row, (getWidth() - metrics.stringWidth(row)) / 2, y);
      y += metrics.getHeight();
    }
  }

  private static List<String> wrap(String text, FontMetrics metrics, int width) {
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (row.length() > 0 && metrics.stringWidth(row + " " + word) > width) {
        rows.add(row.toString());
        row.setLength(0);
      }
      row.append(row.length() == 0 ? "" : " ").append(word);
    }
    rows.add(row.toString());
    return rows;
  }

  private void paintChart(Graphics2D g, Palette palette, int legendHeight) {
    int width = getWidth() - 2 * LEFT;
    int height = getHeight() - TITLE_HEIGHT - legendHeight - TICKS_HEIGHT;
    Graphics2D area = (Graphics2D) g.create(LEFT, TITLE_HEIGHT, width, height);
    XYChart chart = chart(palette);
    shown = chart;
    if (!chart.getSeriesMap().isEmpty()) {
      chart.paint(area, width, height);
      paintMarks(area, palette, chart, height);
    }
    area.dispose();
    if (chart.getSeriesMap().isEmpty()) {
      return;
    }
    g.setFont(Theme.font(0.85f, Font.PLAIN));
    g.setColor(palette.faint());
    FontMetrics metrics = g.getFontMetrics();
    int step = tickStep(rightShown() - leftShown(), width / 34);
    for (int epoch = (int) Math.ceil(leftShown() / step) * step;
        epoch <= rightShown();
        epoch += step) {
      String label = String.valueOf(epoch);
      float x = LEFT + (float) chart.getScreenXFromChart(epoch) - metrics.stringWidth(label) / 2f;
      g.drawString(label, x, TITLE_HEIGHT + height + metrics.getAscent() - 3);
    }
  }

  private void paintMarks(Graphics2D area, Palette palette, XYChart chart, int height) {
    Color rate = palette.rate();
    area.setColor(new Color(rate.getRed(), rate.getGreen(), rate.getBlue(), 110));
    area.setStroke(
        new BasicStroke(
            1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {3, 4}, 0));
    for (double mark : marks) {
      if (mark > leftShown() && mark < rightShown()) {
        int x = (int) Math.round(chart.getScreenXFromChart(mark));
        area.drawLine(x, 6, x, height - 6);
      }
    }
  }

  /** The smallest of 1, 2, 5, 10, 20, 50 ... that needs no more than so many labels. */
  static int tickStep(double end, int labels) {
    int step = 1;
    int[] factors = {2, 5, 10};
    for (int decade = 1; ; decade *= 10) {
      for (int factor : factors) {
        if (end / step <= labels || step > Integer.MAX_VALUE / 20) {
          return step;
        }
        step = decade * factor;
      }
    }
  }

  private XYChart chart(Palette palette) {
    XYChart chart = new XYChartBuilder().width(400).height(300).build();
    styleChart(chart.getStyler(), palette);
    List<Map.Entry<LineStyle, Points>> inOrder = new ArrayList<>(visibleLines().toList());
    inOrder.sort(Comparator.comparingInt(e -> styles.indexOf(e.getKey())));
    for (Map.Entry<LineStyle, Points> line : inOrder) {
      LineStyle style = line.getKey();
      Points points = line.getValue().within(leftShown(), rightShown(), logarithmic);
      if (points.x().isEmpty()) {
        continue;
      }
      XYSeries series = chart.addSeries(style.title(), points.x(), points.y());
      Color color = style.color().apply(palette);
      series.setLineColor(color).setLineStyle(style.stroke());
      series.setMarker(style.marker()).setMarkerColor(color);
      series.setYAxisGroup(style.rightAxis() ? 1 : 0);
    }
    scale(chart);
    return chart;
  }

  private void styleChart(XYStyler styler, Palette palette) {
    Color clear = new Color(0, 0, 0, 0);
    styler.setChartBackgroundColor(palette.background());
    styler.setPlotBackgroundColor(palette.background());
    styler.setPlotBorderColor(palette.grid());
    styler.setPlotGridLinesColor(palette.grid());
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setChartFontColor(palette.faint());
    styler.setAxisTickLabelsColor(palette.faint());
    styler.setXAxisTickLabelsColor(palette.faint());
    styler.setYAxisTickLabelsColor(palette.faint());
    styler.setAxisTickMarksColor(palette.grid());
    styler.setAxisTickLabelsFont(Theme.font(0.85f, Font.PLAIN));
    styler.setAxisTitlesVisible(false);
    styler.setChartTitleVisible(false);
    styler.setLegendVisible(false);
    styler.setLegendBackgroundColor(clear);
    styler.setChartPadding(4);
    styler.setMarkerSize(7);
    styler.setXAxisTicksVisible(false); // its ticks fall between epochs
    styler.setXAxisTickMarkSpacingHint(SMALLEST.width / 2); // unseen: few are found faster
    styler.setYAxisDecimalPattern("#,##0.###");
    styler.setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
    styler.putYAxisGroupDecimalPatternMap(1, "0.#####");
    styler.setYAxisGroupTickLabelsColorMap(1, palette.rate());
    styler.setPlotContentSize(0.96);
  }

  private void scale(XYChart chart) {
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(leftShown());
    styler.setXAxisMax(rightShown());
    styler.setYAxisLogarithmic(logarithmic);
    double top = top();
    if (!Double.isNaN(top) && !logarithmic) {
      styler.setYAxisMax(0, top);
    }
    if (!logarithmic && visibleLines().anyMatch(e -> e.getKey().rightAxis())) {
      styler.setYAxisMin(1, 0.0);
    }
  }

  /**
   * Upper end of the left axis: a little above the lines with signs, so that the first batches do
   * not press all others flat; NaN to leave it to the chart.
   */
  private double top() {
    double largest =
        visibleLines()
            .filter(e -> !e.getKey().rightAxis() && e.getKey().marker() != SeriesMarkers.NONE)
            .flatMap(e -> e.getValue().within(leftShown(), rightShown(), false).y().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(Double.NaN);
    if (Double.isNaN(greatestTop)) {
      return HEADROOM * largest;
    }
    return Math.min(greatestTop, largest + 0.5 * (greatestTop - largest));
  }

  private static Font legendFont() {
    return Theme.font(0.9f, Font.PLAIN);
  }

  /** Where the entries of the legend stand: those in front first, in as many rows as needed. */
  private List<LegendEntry> legend(FontMetrics metrics) {
    List<LegendEntry> entries = new ArrayList<>();
    int x = 14;
    int row = 0;
    for (int i = styles.size() - 1; i >= 0; i--) {
      LineStyle style = styles.get(i);
      if (!lines.containsKey(style)) {
        continue;
      }
      int width = SWATCH + 5 + metrics.stringWidth(style.title());
      if (x > 14 && x + width > getWidth() - 8) {
        x = 14;
        row++;
      }
      entries.add(new LegendEntry(style, x, row));
      x += width + 12;
    }
    return entries;
  }

  private void paintLegend(Graphics2D g, Palette palette, List<LegendEntry> legend, int rows) {
    g.setFont(legendFont());
    int ascent = g.getFontMetrics().getAscent();
    for (LegendEntry entry : legend) {
      LineStyle style = entry.style();
      int x = entry.x();
      int y = legendY(entry, rows);
      boolean off = hidden.contains(style);
      g.setColor(style.color().apply(palette));
      g.setStroke(style.stroke());
      g.drawLine(x, y, x + SWATCH, y);
      style.marker().paint(g, x + SWATCH / 2.0, y, 7);
      g.setColor(off ? palette.faint() : palette.foreground());
      if (off) {
        int end = x + SWATCH + 5 + g.getFontMetrics().stringWidth(style.title());
        g.setStroke(new BasicStroke(1f));
        g.drawLine(x, y, end, y);
      }
      g.drawString(style.title(), x + SWATCH + 5, y + ascent / 2 - 1);
    }
  }

  private int legendY(LegendEntry entry, int rows) {
    return getHeight() - 5 - (rows - entry.row()) * LEGEND_HEIGHT + LEGEND_HEIGHT / 2;
  }

  /** A line's place in the legend. */
  private record LegendEntry(LineStyle style, int x, int row) {}
}
