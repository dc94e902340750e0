package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.source.TrainRows;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.io.SafeFile;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.prune.SensitivityReport;
import dev.neurite.nn.prune.SparsityReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn sensitivity}: how much of each layer can be pruned. */
@Command(
    name = "sensitivity",
    description =
        "Show how accurate a network stays on the validation data while more and more of each layer"
            + " is pruned, without training again.",
    sortOptions = false)
final class SensitivityCommand implements Callable<Integer> {
  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private DataOptions dataOptions = new DataOptions();

  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "CHART",
      description =
          "The chart: a .png file, or a .csv file with its numbers (default: FILE with"
              + " -sensitivity.png at the end of its name).")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    EngineSpec engineSpec = options.engine();
    Path chart = chartFile();
    boolean isCsv = hasEnding(chart, ".csv");
    if (!isCsv && !hasEnding(chart, ".png")) {
      throw options.wrongUsage("--out must end with .png or .csv, received " + chart);
    }
    SafeFile.requireWritable(chart);
    Model model = GivenModel.readToAnswer(file).model();
    Dataset validation =
        dataOptions.load(options).data().split(TrainRows.WITHOUT_VALIDATION).validation();
    SensitivityReport report;
    try (Engine engine = new Engine(engineSpec)) {
      report =
          measure(
              model,
              pruned ->
                  new Evaluator(pruned, Loss.defaultFor(pruned.spec()), engine)
                      .evaluate(validation)
                      .accuracy());
    }
    print(report);
    SparsityReport sizes = SparsityReport.of(model);
    options.out().println();
    SparsityTable.print(sizes, options.out());
    if (isCsv) {
      SafeFile.writeText(chart, report.toCsv());
    } else {
      SafeFile.writeBytes(chart, SensitivityChart.png(report));
    }
    options.out().printf("Chart saved to %s%n", chart.toAbsolutePath());
    options.finish(json(report, sizes, chart));
    return 0;
  }

  private Path chartFile() {
    if (out != null) {
      return out;
    }
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + "-sensitivity.png");
  }

  private static boolean hasEnding(Path path, String ending) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private static SensitivityReport measure(Model model, ToDoubleFunction<Model> accuracyOf) {
    List<Double> sparsities = SensitivityReport.DEFAULT_SPARSITIES;
    if (!Terminal.isInteractive()) {
      return SensitivityReport.measure(model, sparsities, accuracyOf);
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Pruning and testing")
            .setInitialMax(SensitivityReport.measurements(model, sparsities))
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
            .setUpdateIntervalMillis(100)
            .build()) {
      return SensitivityReport.measure(
          model,
          sparsities,
          pruned -> {
            bar.step();
            return accuracyOf.applyAsDouble(pruned);
          });
    }
  }

  private void print(SensitivityReport report) {
    PrintStream out = options.out();
    out.printf("Validation accuracy as it is: %.2f %%%n", 100 * report.accuracy());
    out.printf("%10s", "pruned");
    report.curves().forEach(curve -> out.printf("%10s", curve.name()));
    out.println();
    for (int i = 0; i < report.sparsities().size(); i++) {
      out.printf("%8.0f %%", 100 * report.sparsities().get(i));
      for (SensitivityReport.Curve curve : report.curves()) {
        double accuracy = curve.accuracies().get(i);
        out.printf("%10s", Double.isNaN(accuracy) ? "-" : "%.2f".formatted(100 * accuracy));
      }
      out.println();
    }
  }

  private static ObjectNode json(SensitivityReport report, SparsityReport sizes, Path chart) {
    ObjectNode json = JsonResults.object();
    JsonResults.put(json, "validationAccuracy", report.accuracy());
    ArrayNode sparsities = json.putArray("sparsities");
    report.sparsities().forEach(sparsities::add);
    ArrayNode curves = json.putArray("curves");
    for (SensitivityReport.Curve curve : report.curves()) {
      ObjectNode node = curves.addObject();
      node.put("layer", curve.name());
      ArrayNode accuracies = node.putArray("accuracies");
      for (double accuracy : curve.accuracies()) {
        if (Double.isNaN(accuracy)) {
          accuracies.addNull();
        } else {
          accuracies.add(accuracy);
        }
      }
    }
    SparsityTable.put(json, sizes);
    json.put("file", chart.toString());
    return json;
  }
}
