package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.report.ReportFolder;
import dev.neurite.mnist.report.SweepReport;
import dev.neurite.mnist.sweep.SettingFigures;
import dev.neurite.mnist.sweep.SweepResult;
import dev.neurite.mnist.sweep.TrialJournal;
import java.nio.file.Path;
import java.util.Map;

/** The figures of a sweep as JSON. */
final class SweepJson {
  private SweepJson() {}

  /**
   * All figures.
   *
   * @param computed trials that this process has trained; the others were finished before
   */
  static ObjectNode of(SweepReport report, int computed, Path folder) {
    SweepResult result = report.result();
    ObjectNode json = JsonResults.object();
    json.put("complete", result.isComplete());
    json.put("trials", result.trials());
    json.put("finished", result.finished());
    json.put("computed", computed);
    json.put("failed", result.failed());
    json.put("seeds", result.spec().seeds());
    json.put("validationImages", report.validationImages());
    json.put("testImages", report.testImages());
    json.putNull("best");
    result
        .best()
        .ifPresent(
            best -> {
              ObjectNode node = json.putObject("best");
              putSettings(node, best.settings());
              putFigures(node, best);
              node.put("seed", best.best().key().seed());
              node.put("command", report.bestCommand());
            });
    ArrayNode ranking = json.putArray("ranking");
    for (SettingFigures figures : result.ranking()) {
      ObjectNode node = ranking.addObject();
      putSettings(node, figures.varied());
      putFigures(node, figures);
    }
    ExperimentJson.putContext(json, report.context());
    JsonResults.put(json, "seconds", result.seconds());
    ObjectNode files = json.putObject("files");
    files.put("report", folder.resolve(ReportFolder.PAGE).toString());
    files.put("csv", folder.resolve(SweepCommand.CSV).toString());
    files.put("trials", folder.resolve(TrialJournal.FILE).toString());
    return json;
  }

  private static void putSettings(ObjectNode node, Map<String, String> settings) {
    ObjectNode values = node.putObject("settings");
    settings.forEach(values::put);
  }

  private static void putFigures(ObjectNode node, SettingFigures figures) {
    JsonResults.put(node, "validationAccuracy", figures.validation().mean());
    JsonResults.put(node, "validationAccuracyDeviation", figures.validation().standardDeviation());
    JsonResults.put(node, "validationLoss", figures.validationLoss().mean());
    JsonResults.put(node, "testAccuracy", figures.test().mean());
    JsonResults.put(node, "testAccuracyDeviation", figures.test().standardDeviation());
    node.put("finished", figures.trials().size());
    node.put("failed", figures.failed());
    node.put("parameters", figures.parameters());
    JsonResults.put(node, "secondsOfTrial", figures.seconds());
  }
}
