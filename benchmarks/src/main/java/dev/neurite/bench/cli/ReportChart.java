package dev.neurite.bench.cli;

import dev.neurite.bench.cli.BenchReport.ProductFigures;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A report as a picture: products above, epochs below. */
final class ReportChart {
  private static final int WIDTH = 1500;
  private static final int HEIGHT = 500;

  private static final Color EJML = new Color(0x8c8c8c);

  /** Each kernel in a light tone for one thread and a dark one for more. */
  private static final Color PLAIN_LIGHT = new Color(0xf5b971);

  private static final Color PLAIN_DARK = new Color(0xc96a00);
  private static final Color SIMD_LIGHT = new Color(0x7fb2e5);
  private static final Color SIMD_DARK = new Color(0x1a5fa8);

  private ReportChart() {}

  /** Draws into a PNG file; needs fonts but no display. */
  static void write(BenchReport report, Path file) throws IOException {
    BitmapEncoder.saveBitmap(
        List.of(products(report), epochs(report)), 2, 1, file.toString(), BitmapFormat.PNG);
  }

  private static CategoryChart products(BenchReport report) {
    Map<String, Double> ejml = new LinkedHashMap<>();
    Map<String, Map<String, Double>> series = new LinkedHashMap<>();
    Map<String, Color> colours = new LinkedHashMap<>();
    double largest = report.peakGflops();
    for (ProductFigures p : report.products()) {
      String product = p.shape() + " " + p.form().label();
      String threads = p.threads() == 1 ? ", 1 thread" : ", %d threads".formatted(p.threads());
      String name = p.kernel() + threads;
      ejml.put(product, p.ejmlGflops());
      series.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(product, p.gflops());
      colours.put(name, colour(p));
      largest = Math.max(largest, p.gflops());
    }
    String title = "Products; the line is the peak of one thread, %.1f GFLOP/s";
    CategoryChart chart = chart(String.format(Locale.ROOT, title, report.peakGflops()), "GFLOP/s");
    chart.getStyler().setXAxisLabelRotation(ejml.size() > 8 ? 45 : 0);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.05 * largest);
    List<String> names = new ArrayList<>(ejml.keySet());
    chart.addSeries("EJML, 1 thread", names, new ArrayList<>(ejml.values())).setFillColor(EJML);
    series.forEach(
        (name, rates) ->
            chart
                .addSeries(name, names, names.stream().map(rates::get).toList())
                .setFillColor(colours.get(name)));
    chart.addAnnotation(new AnnotationLine(report.peakGflops(), false, false));
    return chart;
  }

  private static Color colour(ProductFigures p) {
    if (p.kernel().equals("simd")) {
      return p.threads() == 1 ? SIMD_LIGHT : SIMD_DARK;
    }
    return p.threads() == 1 ? PLAIN_LIGHT : PLAIN_DARK;
  }

  private static CategoryChart epochs(BenchReport report) {
    CategoryChart chart = chart("Epoch of 60,000 images", "seconds");
    chart.getStyler().setLabelsVisible(true).setDecimalPattern("0.###").setLegendVisible(false);
    List<String> names =
        report.epochSeconds().keySet().stream()
            .map(w -> "%s: %s, batch %d".formatted(w, w.model().widths(), w.batchSize()))
            .toList();
    chart
        .addSeries("epoch", names, new ArrayList<>(report.epochSeconds().values()))
        .setFillColor(SIMD_LIGHT);
    return chart;
  }

  private static CategoryChart chart(String title, String unit) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }
}
