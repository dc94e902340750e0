package dev.neurite.mnist.report;

/** A chart as SVG that takes its colours from the page. */
final class Chart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 340;
  private static final int LEFT = 62;
  private static final int RIGHT = 20;
  private static final int TOP = 34;
  private static final int BOTTOM = 48;
  private static final int TEXT_WIDTH = 7;

  private final Axis x;
  private final Axis y;
  private final String description;
  private final StringBuilder marks = new StringBuilder();

  /**
   * An empty chart.
   *
   * @param description what it shows, for those who cannot see it
   */
  Chart(Axis x, Axis y, String description) {
    this.x = x;
    this.y = y;
    this.description = description;
  }

  /** A line through points; points that are not finite are left out. */
  Chart line(int colour, boolean thin, double[] xs, double[] ys) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      if (Double.isFinite(ys[i])) {
        points.append(Markup.format("%.1f,%.1f ", atX(xs[i]), atY(ys[i])));
      }
    }
    return add(
        "<polyline class=\"%s s%d\" points=\"%s\"/>",
        thin ? "thin" : "curve", colour, points.toString().strip());
  }

  /** A point; its words appear under the pointer. */
  Chart dot(int colour, boolean faint, double px, double py, String words) {
    return add(
        "<circle class=\"f%d%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"><title>%s</title></circle>",
        colour, faint ? " faint" : "", atX(px), atY(py), faint ? 4 : 6, Markup.escape(words));
  }

  /** A vertical bar of so much to either side of a point. */
  Chart errorBar(int colour, double px, double py, double half) {
    if (Double.isFinite(half)) {
      double cx = atX(px);
      for (double end : new double[] {py - half, py + half}) {
        line(colour, cx - 5, atY(end), cx + 5, atY(end));
      }
      line(colour, cx, atY(py - half), cx, atY(py + half));
    }
    return this;
  }

  private void line(int colour, double x1, double y1, double x2, double y2) {
    add(
        "<line class=\"bar s%d\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        colour, x1, y1, x2, y2);
  }

  /** Words beside a point, on the side where there is room. */
  Chart label(int colour, double px, double py, String words) {
    boolean right = atX(px) + 14 + TEXT_WIDTH * words.length() < WIDTH;
    return add(
        "<text class=\"strong f%d%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
        colour,
        right ? "" : " end",
        atX(px) + (right ? 12 : -12),
        atY(py) + 4,
        Markup.escape(words));
  }

  private Chart add(String frame, Object... values) {
    marks.append(Markup.format(frame, values)).append('\n');
    return this;
  }

  private double atX(double value) {
    return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
  }

  private double atY(double value) {
    return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
  }

  /** The element. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        Markup.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"%s\">%n",
            WIDTH, HEIGHT, Markup.escape(description)));
    double lastEnd = Double.NEGATIVE_INFINITY;
    for (double tick : x.ticks()) {
      String words = x.text().apply(tick);
      double half = TEXT_WIDTH * words.length() / 2.0;
      svg.append(gridLine(atX(tick), TOP, atX(tick), HEIGHT - BOTTOM));
      if (atX(tick) - half > lastEnd) {
        lastEnd = atX(tick) + half + 4;
        svg.append(axisText("middle", atX(tick), HEIGHT - BOTTOM + 18, words));
      }
    }
    for (double tick : y.ticks()) {
      svg.append(gridLine(LEFT, atY(tick), WIDTH - RIGHT, atY(tick)));
      svg.append(axisText("end", LEFT - 8, atY(tick) + 4, y.text().apply(tick)));
    }
    svg.append(axisText("", 4, 16, y.label()));
    svg.append(axisText("end", WIDTH - RIGHT, HEIGHT - 8, x.label()));
    return svg.append(marks).append("</svg>").toString();
  }

  private static String gridLine(double x1, double y1, double x2, double y2) {
    return Markup.format(
        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", x1, y1, x2, y2);
  }

  private static String axisText(String anchor, double atX, double atY, String words) {
    return Markup.format(
        "<text class=\"axis %s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
        anchor, atX, atY, Markup.escape(words));
  }
}
