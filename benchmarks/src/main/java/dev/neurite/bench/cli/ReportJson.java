package dev.neurite.bench.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;

/** A report as JSON; figures have five digits, which is more than a measurement has. */
final class ReportJson {
  private static final MathContext DIGITS = new MathContext(5);

  private ReportJson() {}

  /** What the command's output ends with. */
  static ObjectNode object(BenchReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    put(json, "peakGflops", report.peakGflops());
    ArrayNode products = json.putArray("products");
    for (BenchReport.ProductFigures figures : report.products()) {
      ObjectNode product = products.addObject();
      product.put("shape", figures.shape().toString());
      product.put("form", figures.form().label());
      product.put("kernel", figures.kernel());
      product.put("threads", figures.threads());
      put(product, "gflops", figures.gflops());
      put(product, "ofPeak", figures.ofPeak());
      put(product, "overEjml", figures.overEjml());
    }
    ObjectNode epochs = json.putObject("epochSeconds");
    report.epochSeconds().forEach((workload, seconds) -> put(epochs, workload.name(), seconds));
    ObjectNode predict = json.putObject("predict");
    put(predict, "singleMedianMicros", report.predictions().singleMedianMicros());
    put(predict, "singleP99Micros", report.predictions().singleP99Micros());
    put(predict, "batch1000ImagesPerSecond", report.predictions().batch1000ImagesPerSecond());
    return json;
  }

  /** The same with where and how it was measured, for a file. */
  static ObjectNode file(
      BenchReport report, Environment environment, String kernel, int threads, boolean quick) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("measuredAt", environment.measuredAt());
    json.put("processor", environment.processor());
    json.put("cores", environment.cores());
    json.put("system", environment.system());
    json.put("java", environment.java());
    ArrayNode flags = json.putArray("flags");
    environment.flags().forEach(flags::add);
    put(json, "load", environment.load());
    json.put("kernel", kernel);
    json.put("threads", threads);
    json.put("quick", quick);
    json.put("peakSource", report.peakSource());
    return json.setAll(object(report));
  }

  private static void put(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, new BigDecimal(value).round(DIGITS).doubleValue());
    } else {
      json.putNull(name);
    }
  }
}
