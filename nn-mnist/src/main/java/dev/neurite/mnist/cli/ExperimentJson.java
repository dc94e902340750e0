package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.experiment.Contender;
import dev.neurite.mnist.experiment.Mistake;
import dev.neurite.mnist.experiment.NetworkFigures;
import dev.neurite.mnist.experiment.Spread;
import dev.neurite.mnist.experiment.TrainedNetwork;
import dev.neurite.mnist.report.ExperimentReport;
import dev.neurite.mnist.report.ReportFolder;
import dev.neurite.mnist.report.RunContext;
import java.nio.file.Path;

/** The figures of an experiment as JSON. */
final class ExperimentJson {
  private ExperimentJson() {}

  static ObjectNode of(ExperimentReport report, Path folder) {
    ObjectNode json = JsonResults.object();
    json.put("complete", report.result().isComplete());
    json.put("seeds", report.result().spec().seeds());
    json.put("testImages", report.test().size());
    ArrayNode networks = json.putArray("networks");
    for (NetworkFigures f : report.figures()) {
      put(networks.addObject(), f, report);
    }
    Spread advantage = report.result().advantage(Contender.PRUNED, Contender.SIMPLE);
    JsonResults.put(json, "prunedOverSimple", advantage.mean());
    JsonResults.put(json, "prunedOverSimpleError", advantage.standardError());
    ArrayNode mistakes = json.putArray("worstMistakes");
    for (Mistake m : report.mistakes()) {
      ObjectNode node = mistakes.addObject();
      node.put("image", m.index());
      node.put("actual", m.actual());
      node.put("predicted", m.predicted());
      JsonResults.put(node, "probability", m.probability());
    }
    putContext(json, report.context());
    JsonResults.put(json, "seconds", report.result().seconds());
    json.put("report", folder.resolve(ReportFolder.PAGE).toString());
    return json;
  }

  static void putContext(ObjectNode json, RunContext context) {
    json.put("command", context.command());
    json.put("data", context.data());
    JsonResults.putNames(json, context.classNames());
    json.put("kernel", context.kernel());
    json.put("threads", context.threads());
    json.put("seed", context.seed());
    json.put("machine", context.machine());
    json.put("createdAt", context.createdAt());
  }

  private static void put(ObjectNode node, NetworkFigures f, ExperimentReport report) {
    node.put("name", f.contender().toString());
    node.put("network", f.best().model().spec().widths());
    node.put("parameters", f.parameters());
    node.put("nonZeroParameters", f.nonZeroParameters());
    JsonResults.put(node, "testAccuracy", f.test().mean());
    JsonResults.put(node, "testAccuracyDeviation", f.test().standardDeviation());
    JsonResults.put(node, "binomialError", f.binomialError());
    JsonResults.put(node, "validationAccuracy", f.validation().mean());
    JsonResults.put(node, "validationAccuracyDeviation", f.validation().standardDeviation());
    node.put("denseBytes", f.size().dense());
    node.put("storedBytes", f.storedBytes());
    node.put("gzipBytes", f.size().gzip());
    JsonResults.put(node, "microsecondsSingleDense", f.time().single());
    JsonResults.put(node, "microsecondsSingleSparse", f.time().sparseSingle());
    JsonResults.put(node, "microsecondsBatchDense", f.time().batch());
    JsonResults.put(node, "microsecondsBatchSparse", f.time().sparseBatch());
    node.put("bestSeed", f.best().seed());
    node.put("file", f.contender() + ".safetensors");
    JsonResults.putConfusion(node, f.best().test());
    ArrayNode runs = node.putArray("runs");
    for (TrainedNetwork run : report.result().of(f.contender())) {
      ObjectNode one = runs.addObject();
      one.put("seed", run.seed());
      JsonResults.put(one, "testAccuracy", run.test().accuracy());
      JsonResults.put(one, "validationAccuracy", run.validationAccuracy());
      JsonResults.put(one, "seconds", run.training().result().seconds());
      JsonResults.putEpochs(one, run.training().result().history());
    }
  }
}
