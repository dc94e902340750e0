package dev.neurite.bench.cli;

import dev.neurite.bench.cli.BenchReport.PredictionFigures;
import dev.neurite.bench.cli.BenchReport.ProductFigures;
import dev.neurite.bench.kernel.ProductForm;
import dev.neurite.bench.kernel.ProductShape;
import dev.neurite.bench.train.Workload;
import java.util.List;
import java.util.Map;

/** A report with known figures. */
final class SampleReport {
  private SampleReport() {}

  static BenchReport report() {
    return new BenchReport(
        "Vector API, 512 bits",
        117.123456,
        List.of(
            product("128x784x512", ProductForm.AB, "plain", 1, 39.9, 0.341, 6.3, 6.33),
            product("128x784x512", ProductForm.AB, "simd", 2, 188.24, 0.8045, 29.76, 6.33),
            product("784x128x512", ProductForm.AT_B, "simd", 1, 101.5, 0.867, 15.2, 6.7)),
        Map.of(Workload.W3, 0.25, Workload.W2, 1.5, Workload.W1, 0.1, Workload.W0, 1.0 / 3),
        new PredictionFigures(12.3456789, 20.5, 250_123.4));
  }

  private static ProductFigures product(
      String shape,
      ProductForm form,
      String kernel,
      int threads,
      double gflops,
      double ofPeak,
      double overEjml,
      double ejmlGflops) {
    return new ProductFigures(
        ProductShape.parse(shape), form, kernel, threads, gflops, ofPeak, overEjml, ejmlGflops);
  }
}
