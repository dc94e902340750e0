package dev.neurite.mnist.cli;

import dev.neurite.mnist.experiment.Contender;
import dev.neurite.mnist.experiment.Experiment;
import dev.neurite.mnist.experiment.ExperimentResult;
import dev.neurite.mnist.experiment.ExperimentSpec;
import dev.neurite.mnist.experiment.Mistake;
import dev.neurite.mnist.experiment.NetworkFigures;
import dev.neurite.mnist.report.ExperimentReport;
import dev.neurite.mnist.report.ReportFolder;
import dev.neurite.mnist.report.RunContext;
import dev.neurite.mnist.source.TrainRows;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.prune.SparsityReport;
import dev.neurite.nn.train.TrainingControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nn experiment}: compares Simple, Wide and pruned Wide over seeds in a report. */
@Command(
    name = "experiment",
    description =
        "Train Simple, Wide and Wide pruned to the size of Simple over several seeds, and write a"
            + " report with tables, charts and mistakes that needs nothing but itself.",
    sortOptions = false)
final class ExperimentCommand implements Callable<Integer> {
  private static final int MISTAKES = 27;

  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private DataOptions dataOptions = new DataOptions();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the report: index.html, results.json and the best networks.")
  private Path report = Path.of("");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Number of seeds, from --seed on (default: 5; with --quick 3).")
  private @Nullable Integer seeds;

  @Option(names = "--quick", description = "Train half as long: about a minute.")
  private boolean quick;

  @Override
  public Integer call() throws IOException {
    ExperimentSpec spec = spec();
    EngineSpec engineSpec = options.engine();
    ReportFolder.requireWritable(report);
    DataOptions.Loaded loaded = dataOptions.load(options);
    loaded.describe(options.out());
    DataSplit split = loaded.data().split(TrainRows.WITHOUT_VALIDATION);
    TrainingControl control = new TrainingControl();
    try (Engine engine = new Engine(engineSpec);
        InterruptHook hook = new InterruptHook("nn experiment", control)) {
      ExperimentResult result;
      try (ExperimentProgress progress =
          new ExperimentProgress(
              options.out(), spec, spec.steps(split.train().size()), Terminal.isInteractive())) {
        result = new Experiment(spec, split, engine, control, progress).run();
      }
      if (result.networks().isEmpty()) {
        throw new IllegalStateException("stopped before a network was finished; nothing to report");
      }
      write(describe(result, split, loaded, engine), loaded, engine);
    }
    return 0;
  }

  private ExperimentSpec spec() {
    try {
      return quick
          ? ExperimentSpec.quick(seeds == null ? ExperimentSpec.QUICK_SEEDS : seeds, options.seed())
          : ExperimentSpec.full(
              seeds == null ? ExperimentSpec.DEFAULT_SEEDS : seeds, options.seed());
    } catch (IllegalArgumentException e) {
      throw options.wrongUsage("--seeds: " + e.getMessage());
    }
  }

  private ExperimentReport describe(
      ExperimentResult result, DataSplit split, DataOptions.Loaded loaded, Engine engine) {
    List<NetworkFigures> figures = new ArrayList<>();
    for (Contender contender : Contender.values()) {
      if (!result.of(contender).isEmpty()) {
        figures.add(NetworkFigures.of(result, contender, split.test(), engine));
      }
    }
    NetworkFigures best =
        figures.stream().max(Comparator.comparingDouble(f -> f.validation().mean())).orElseThrow();
    return new ExperimentReport(
        result,
        figures,
        Mistake.worst(best.best().model(), split.test(), engine.spec(), MISTAKES),
        best.contender(),
        split.test(),
        context(result.spec(), loaded, engine));
  }

  private RunContext context(ExperimentSpec spec, DataOptions.Loaded loaded, Engine engine) {
    String command =
        "bin/nn experiment%s --seeds %d --seed %d --threads %d --kernel %s --data %s --report %s"
            .formatted(
                quick ? " --quick" : "",
                spec.seeds(),
                spec.firstSeed(),
                engine.spec().threads(),
                engine.kernelName(),
                RunRecords.word(loaded.name()),
                RunRecords.word(report.toString()));
    return RunRecords.context(command, loaded, engine.kernelName(), engine.spec(), options.seed());
  }

  private void write(ExperimentReport page, DataOptions.Loaded loaded, Engine engine)
      throws IOException {
    String json;
    try (ReportFolder folder = new ReportFolder(report)) {
      for (NetworkFigures f : page.figures()) {
        ModelFile.write(
            folder.file(f.contender() + ".safetensors"),
            new SavedModel(
                f.best().model(),
                f.best().training(),
                provenance(page.result(), f, loaded, engine)));
      }
      var results = ExperimentJson.of(page, report);
      json = results.toPrettyString();
      Files.writeString(folder.file("results.json"), json + "\n");
      Files.writeString(folder.file(ReportFolder.PAGE), page.html());
      folder.publish();
      print(page);
      options.finish(results);
    }
  }

  private static Provenance provenance(
      ExperimentResult result, NetworkFigures figures, DataOptions.Loaded loaded, Engine engine) {
    Provenance.Parent parent = null;
    if (figures.contender() == Contender.PRUNED) {
      parent =
          new Provenance.Parent(
              Contender.WIDE + " of the same seed",
              RunRecords.now(),
              "pruned %s of the smallest weights of all layers, one-shot"
                  .formatted(SparsityReport.of(figures.best().model()).sparsity()),
              figures.best().seed());
    }
    return RunRecords.provenance(loaded.name(), engine, parent);
  }

  private void print(ExperimentReport page) {
    options.out().println();
    options
        .out()
        .printf(
            "%-12s %12s %10s %20s %10s %20s%n",
            "Network", "parameters", "not zero", "test accuracy, %", "binomial", "validation, %");
    for (NetworkFigures f : page.figures()) {
      options
          .out()
          .printf(
              "%-12s %,12d %,10d %20s %10s %20s%n",
              f.contender().title(),
              f.parameters(),
              f.nonZeroParameters(),
              RunRecords.percent(f.test()),
              "± %.2f".formatted(100 * f.binomialError()),
              RunRecords.percent(f.validation()));
    }
    options
        .out()
        .printf(
            "%s; report: %s%n",
            page.result().isComplete()
                ? "%.0f s".formatted(page.result().seconds())
                : "Stopped early: %d networks are finished"
                    .formatted(page.result().networks().size()),
            report.resolve(ReportFolder.PAGE).toAbsolutePath());
  }
}
