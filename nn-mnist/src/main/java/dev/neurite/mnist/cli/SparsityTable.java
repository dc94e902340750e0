package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.prune.ParameterSize;
import dev.neurite.nn.prune.SparsityReport;
import java.io.PrintStream;

/** What is left of a pruned network, for people and as JSON. */
final class SparsityTable {
  private static final String ROW = "%-8s %12s %12s %9s %11s %14s %12s %12s%n";

  private SparsityTable() {}

  static void print(SparsityReport report, PrintStream out) {
    out.printf(
        ROW, "Layer", "weights", "kept", "kept %", "threshold", "dense bytes", "gzip", "sparse");
    long weights = 0;
    long kept = 0;
    for (SparsityReport.Layer layer : report.layers()) {
      weights += layer.weights();
      kept += layer.kept();
      printRow(
          out,
          layer.name(),
          layer.weights(),
          layer.kept(),
          "%.2e".formatted(layer.threshold()),
          layer.size());
    }
    printRow(out, "all", weights, kept, "", report.size());
  }

  private static void printRow(
      PrintStream out, String name, long weights, long kept, String threshold, ParameterSize size) {
    out.printf(
        ROW,
        name,
        "%,d".formatted(weights),
        "%,d".formatted(kept),
        "%.2f".formatted(100.0 * kept / weights),
        threshold,
        "%,d".formatted(size.dense()),
        "%,d".formatted(size.gzip()),
        "%,d".formatted(size.sparse()));
  }

  static void put(ObjectNode json, SparsityReport report) {
    ArrayNode layers = json.putArray("layers");
    for (SparsityReport.Layer layer : report.layers()) {
      ObjectNode node = layers.addObject();
      node.put("name", layer.name());
      node.put("weights", layer.weights());
      node.put("kept", layer.kept());
      node.put("keepRate", layer.keepRate());
      JsonResults.put(node, "threshold", layer.threshold());
      node.put("denseBytes", layer.size().dense());
      node.put("gzipBytes", layer.size().gzip());
      node.put("sparseBytes", layer.size().sparse());
    }
  }
}
