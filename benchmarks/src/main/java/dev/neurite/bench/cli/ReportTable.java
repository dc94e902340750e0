package dev.neurite.bench.cli;

import dev.neurite.bench.train.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as lines for people. */
final class ReportTable {
  private ReportTable() {}

  static List<String> lines(BenchReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line("Peak of one thread  %.1f GFLOP/s (%s)", report.peakGflops(), report.peakSource()));
    lines.add("");
    lines.add("product       form  kernel  threads  GFLOP/s  of peak  over EJML");
    for (BenchReport.ProductFigures p : report.products()) {
      lines.add(
          line(
              "%-13s %-5s %-7s %7d %8.1f %6.0f %% %9.1fx",
              p.shape(),
              p.form().label(),
              p.kernel(),
              p.threads(),
              p.gflops(),
              100 * p.ofPeak(),
              p.overEjml()));
    }
    lines.add("");
    lines.add("epoch          batch   seconds   images/s");
    report
        .epochSeconds()
        .forEach(
            (workload, seconds) ->
                lines.add(
                    line(
                        "%-2s %-12s %4d %9.3f %,10.0f",
                        workload,
                        workload.model().widths().replaceFirst("^784-", ""),
                        workload.batchSize(),
                        seconds,
                        Workload.EPOCH_IMAGES / seconds)));
    lines.add("");
    BenchReport.PredictionFigures w4 = report.predictions();
    lines.add(
        line(
            "W4 one image        median %.1f us, 99 %% within %.1f us",
            w4.singleMedianMicros(), w4.singleP99Micros()));
    lines.add(line("W4 batches of 1,000 %,.0f images/s", w4.batch1000ImagesPerSecond()));
    return lines;
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
