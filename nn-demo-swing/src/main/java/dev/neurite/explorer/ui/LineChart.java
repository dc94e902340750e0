package dev.neurite.explorer.ui;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.swing.Timer;
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
public final class LineChart extends PaintedComponent {
  private static final long serialVersionUID = 1L;

  /** Below this the chart library may not come to an end. */
  private static final Dimension SMALLEST = new Dimension(220, 150);

  private static final int LEGEND_HEIGHT = 18;
  private static final int TICKS_HEIGHT = 18;
  private static final int SWATCH = 20;
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
  private record Points(List<Double> x, List<Double> y) {}

  private final String title;
  private final transient List<LineStyle> styles;
  private final transient Map<LineStyle, Points> lines = new LinkedHashMap<>();
  /** New points are painted together after this: nobody reads a curve faster. */
  private static final int REFRESH_MILLISECONDS = 150;

  private final Timer refresh = new Timer(REFRESH_MILLISECONDS, event -> repaint());
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
    getAccessibleContext().setAccessibleName(title);
  }

  /** Says what stands in a chart without data. */
  public void setEmptyText(String text) {
    emptyText = text;
    repaint();
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
    g.setColor(palette.background());
    g.fillRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 12, 12);
    g.setColor(palette.grid());
    g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 12, 12);
    g.setFont(Theme.font(1f, Font.BOLD));
    g.setColor(palette.foreground());
    g.drawString(title, 12, 19);
    if (lines.isEmpty()) {
      paintEmpty(g, palette);
    } else if (getWidth() >= SMALLEST.width && getHeight() >= SMALLEST.height) {
      List<LegendEntry> legend = legend(g.getFontMetrics(legendFont()));
      int rows = legend.get(legend.size() - 1).row() + 1;
      paintChart(g, palette, rows * LEGEND_HEIGHT);
      paintLegend(g, palette, legend, rows);
    }
    g.dispose();
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
    int top = 24;
    int width = getWidth() - 12;
    int height = getHeight() - top - legendHeight - TICKS_HEIGHT;
    Graphics2D area = (Graphics2D) g.create(6, top, width, height);
    XYChart chart = chart(palette);
    chart.paint(area, width, height);
    area.dispose();
    g.setFont(Theme.font(0.85f, Font.PLAIN));
    g.setColor(palette.faint());
    FontMetrics metrics = g.getFontMetrics();
    int step = tickStep(rightEnd, width / 34);
    for (int epoch = 0; epoch <= rightEnd; epoch += step) {
      String label = String.valueOf(epoch);
      float x = 6 + (float) chart.getScreenXFromChart(epoch) - metrics.stringWidth(label) / 2f;
      g.drawString(label, x, top + height + metrics.getAscent() - 3);
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
    List<Map.Entry<LineStyle, Points>> inOrder = new ArrayList<>(lines.entrySet());
    inOrder.sort(Comparator.comparingInt(e -> styles.indexOf(e.getKey())));
    for (Map.Entry<LineStyle, Points> line : inOrder) {
      LineStyle style = line.getKey();
      XYSeries series = chart.addSeries(style.title(), line.getValue().x(), line.getValue().y());
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
    styler.setYAxisDecimalPattern("#,##0.###");
    styler.setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
    styler.putYAxisGroupDecimalPatternMap(1, "0.#####");
    styler.setYAxisGroupTickLabelsColorMap(1, palette.rate());
    styler.setPlotContentSize(0.96);
  }

  private void scale(XYChart chart) {
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(0.0);
    styler.setXAxisMax(rightEnd);
    double top = top();
    if (!Double.isNaN(top)) {
      styler.setYAxisMax(0, top);
    }
    if (lines.keySet().stream().anyMatch(LineStyle::rightAxis)) {
      styler.setYAxisMin(1, 0.0);
    }
  }

  /**
   * Upper end of the left axis: a little above the lines with signs, so that the first batches do
   * not press all others flat; NaN to leave it to the chart.
   */
  private double top() {
    double largest =
        lines.entrySet().stream()
            .filter(e -> !e.getKey().rightAxis() && e.getKey().marker() != SeriesMarkers.NONE)
            .flatMap(e -> e.getValue().y().stream())
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
      int y = getHeight() - 5 - (rows - entry.row()) * LEGEND_HEIGHT + LEGEND_HEIGHT / 2;
      g.setColor(style.color().apply(palette));
      g.setStroke(style.stroke());
      g.drawLine(x, y, x + SWATCH, y);
      style.marker().paint(g, x + SWATCH / 2.0, y, 7);
      g.setColor(palette.foreground());
      g.drawString(style.title(), x + SWATCH + 5, y + ascent / 2 - 1);
    }
  }

  /** A line's place in the legend. */
  private record LegendEntry(LineStyle style, int x, int row) {}
}
