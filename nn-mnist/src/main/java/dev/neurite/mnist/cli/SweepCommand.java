package dev.neurite.mnist.cli;

import dev.neurite.mnist.report.ReportFolder;
import dev.neurite.mnist.report.RunContext;
import dev.neurite.mnist.report.SweepReport;
import dev.neurite.mnist.source.TrainRows;
import dev.neurite.mnist.sweep.SettingFigures;
import dev.neurite.mnist.sweep.Sweep;
import dev.neurite.mnist.sweep.SweepFile;
import dev.neurite.mnist.sweep.SweepLock;
import dev.neurite.mnist.sweep.SweepResult;
import dev.neurite.mnist.sweep.SweepSpec;
import dev.neurite.mnist.sweep.Trial;
import dev.neurite.mnist.sweep.TrialJournal;
import dev.neurite.mnist.sweep.TrialRecord;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.train.TrainingControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn sweep}: trains a network under many settings and ranks them. */
@Command(
    name = "sweep",
    description = {
      "Train under many settings, rank them by validation images, and write a report that needs"
          + " nothing but itself.",
      "Networks are trained side by side, each on one thread: --threads says how many at once. The"
          + " same command goes on with an interrupted sweep; a changed FILE keeps the trials that"
          + " are the same."
    },
    sortOptions = false,
    footer = {
      "%nFILE is JSON: settings are options of nn train without dashes, fixed ones, and those that"
          + " vary as a grid or drawn at random.",
      "{\"settings\": {\"epochs\": 5},",
      " \"grid\": {\"lr\": [0.001, 0.003], \"layers\": [128, \"256,128\"]}, \"seeds\": 3}",
      "In place of the grid:",
      " \"random\": {\"trials\": 20, \"seed\": 1, \"ranges\": {\"lr\": {\"log-uniform\": [1e-4, 1e-2]},",
      "   \"dropout\": {\"uniform\": [0, 0.5]}, \"batch\": {\"integers\": [32, 256]},",
      "   \"optimizer\": {\"choices\": [\"adam\", \"nesterov\"]}}}"
    })
final class SweepCommand implements Callable<Integer> {
  /** Name of the table in the folder of the report. */
  static final String CSV = "trials.csv";

  private static final int PRINTED = 10;

  /** Options of a training that a sweep is given for all its trials. */
  private static final Set<String> OF_THE_SWEEP = Set.of("data", "seed", "threads", "kernel");

  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private DataOptions dataOptions = new DataOptions();

  @Parameters(paramLabel = "FILE", description = "What to sweep, as JSON; see below.")
  private Path file = Path.of("");

  @Option(
      names = "--report",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the report: index.html, trials.csv and trials.jsonl.")
  private Path report = Path.of("");

  @Override
  public Integer call() throws IOException {
    SweepSpec spec = spec();
    List<Trial> trials = trials(spec);
    Map<Integer, RunOptions> runs = runs(trials);
    ReportFolder.requireWritable(report);
    try (SweepLock lock = SweepLock.of(report)) {
      return sweep(spec, trials, runs);
    }
  }

  private int sweep(SweepSpec spec, List<Trial> trials, Map<Integer, RunOptions> runs)
      throws IOException {
    EngineSpec engineSpec = options.engine();
    String kernel = kernelName(engineSpec);
    TrialJournal journal = new TrialJournal(report);
    DataOptions.Loaded loaded = dataOptions.load(options);
    loaded.describe(options.out());
    DataSplit split = loaded.data().split(TrainRows.WITHOUT_VALIDATION);
    List<Trial> pending =
        trials.stream()
            .filter(t -> journal.find(Sweep.key(t, loaded.name(), kernel)).isEmpty())
            .toList();
    introduce(spec, trials.size(), pending.size(), journal.size(), engineSpec);
    TrainingControl control = new TrainingControl();
    SweepResult result;
    try (InterruptHook hook = new InterruptHook("nn sweep", control)) {
      try (SweepProgress progress =
          new SweepProgress(
              options.out(),
              trials.size(),
              trials.size() - pending.size(),
              pending,
              trial -> work(runOf(runs, trial), split),
              Terminal.isInteractive())) {
        new Sweep(
                journal,
                split,
                loaded.name(),
                engineSpec,
                (trial, engine) -> runOf(runs, trial).trainer(loaded.data(), trial.seed(), engine),
                progress)
            .run(pending, control);
      }
      result =
          SweepResult.of(
              spec, options.seed(), t -> journal.find(Sweep.key(t, loaded.name(), kernel)));
      if (result.finished() == 0) {
        throw new IllegalStateException("stopped before a trial was finished; nothing to report");
      }
      RunContext context =
          RunRecords.context(
              command(loaded, kernel, engineSpec), loaded, kernel, engineSpec, options.seed());
      SweepReport page =
          new SweepReport(
              result,
              bestCommand(result, loaded, kernel),
              split.validation().size(),
              split.test().size(),
              context);
      write(page);
      print(result);
      options.finish(
          SweepJson.of(page, result.finished() - (trials.size() - pending.size()), report));
    }
    if (result.isComplete() && result.failed() == result.finished()) {
      throw new IllegalStateException(
          "all %d trials failed: %s"
              .formatted(result.finished(), result.ranking().get(0).trials().get(0).message()));
    }
    return 0;
  }

  private SweepSpec spec() throws IOException {
    try {
      return SweepFile.read(file);
    } catch (IllegalArgumentException e) {
      throw options.wrongUsage(file + ": " + e.getMessage());
    }
  }

  private List<Trial> trials(SweepSpec spec) {
    try {
      return spec.trials(options.seed());
    } catch (IllegalArgumentException e) {
      throw options.wrongUsage(file + ": " + e.getMessage());
    }
  }

  /** The options of each combination of settings, all of them checked as nn train does. */
  private Map<Integer, RunOptions> runs(List<Trial> trials) {
    Map<Integer, RunOptions> runs = new HashMap<>();
    for (Trial trial : trials) {
      if (!runs.containsKey(trial.setting())) {
        runs.put(trial.setting(), checked(trial));
      }
    }
    return runs;
  }

  private RunOptions checked(Trial trial) {
    for (String name : trial.settings().keySet()) {
      if (OF_THE_SWEEP.contains(name)) {
        throw options.wrongUsage(
            "%s: %s is the same for all trials; give it as nn sweep --%s"
                .formatted(file, name, name));
      }
      if (!name.matches("[a-z]+(-[a-z]+)*")) {
        throw options.wrongUsage(
            "%s: a setting is an option of nn train without dashes, received %s"
                .formatted(file, name));
      }
    }
    try {
      RunOptions run = RunOptions.of(trial.settings());
      run.check(trial.seed());
      if (run.rows() == TrainRows.ALL) {
        throw new IllegalArgumentException(
            "a sweep ranks by validation data; --train-on all leaves none");
      }
      return run;
    } catch (IllegalArgumentException e) {
      throw options.wrongUsage("%s: %s: %s".formatted(file, trial.words(), e.getMessage()));
    }
  }

  private static RunOptions runOf(Map<Integer, RunOptions> runs, Trial trial) {
    RunOptions run = runs.get(trial.setting());
    if (run == null) {
      throw new IllegalStateException("no options were read for " + trial.words());
    }
    return run;
  }

  /** Multiplications of a training, up to a factor. */
  private static double work(RunOptions run, DataSplit split) {
    return (double) run.epochs() * run.network(split.train().outputs()).parameterCount();
  }

  private static String kernelName(EngineSpec spec) {
    try (Engine engine = new Engine(spec.singleThreaded())) {
      return engine.kernelName();
    }
  }

  private void introduce(
      SweepSpec spec, int trials, int pending, int inJournal, EngineSpec engine) {
    options
        .out()
        .printf(
            "%,d trials: %,d settings of %s, %d for each; %d at once%n",
            trials,
            trials / spec.seeds(),
            String.join(", ", spec.search().names()),
            spec.seeds(),
            Math.min(engine.threads(), Math.max(1, pending)));
    int done = trials - pending;
    if (done > 0) {
      options.out().printf("%,d of them are finished already%n", done);
    }
    if (inJournal > done) {
      options
          .out()
          .printf(
              "%,d trials of other sweeps, data or kernels stay in %s and are not reported%n",
              inJournal - done, report.resolve(TrialJournal.FILE));
    }
  }

  private String command(DataOptions.Loaded loaded, String kernel, EngineSpec engine) {
    return "bin/nn sweep %s --report %s --seed %d --threads %d --kernel %s --data %s"
        .formatted(
            RunRecords.word(file.toString()),
            RunRecords.word(report.toString()),
            options.seed(),
            engine.threads(),
            kernel,
            RunRecords.word(loaded.name()));
  }

  private static String bestCommand(SweepResult result, DataOptions.Loaded loaded, String kernel) {
    return result
        .best()
        .map(
            best -> {
              TrialRecord trial = best.best();
              String settings =
                  trial.key().settings().entrySet().stream()
                      .map(e -> "--" + e.getKey() + " " + RunRecords.word(e.getValue()))
                      .collect(Collectors.joining(" "));
              return "bin/nn train %s --seed %d --kernel %s --data %s --out best.safetensors"
                  .formatted(settings, trial.key().seed(), kernel, RunRecords.word(loaded.name()));
            })
        .orElse("");
  }

  private void write(SweepReport page) throws IOException {
    try (ReportFolder folder = new ReportFolder(report)) {
      Files.writeString(folder.file(CSV), page.csv());
      Files.writeString(folder.file(ReportFolder.PAGE), page.html());
      folder.publish();
    }
  }

  private void print(SweepResult result) {
    options.out().println();
    options
        .out()
        .printf("%4s  %20s %20s  %s%n", "rank", "validation, %", "test accuracy, %", "settings");
    for (int i = 0; i < Math.min(PRINTED, result.ranking().size()); i++) {
      SettingFigures figures = result.ranking().get(i);
      boolean known = figures.validation().count() > 0;
      options
          .out()
          .printf(
              "%4d  %20s %20s  %s%s%n",
              i + 1,
              known ? RunRecords.percent(figures.validation()) : "-",
              known ? RunRecords.percent(figures.test()) : "-",
              Trial.words(figures.varied()),
              figures.failed() == 0 ? "" : "  (%d diverged)".formatted(figures.failed()));
    }
    if (result.ranking().size() > PRINTED) {
      options.out().printf("and %,d more%n", result.ranking().size() - PRINTED);
    }
    options
        .out()
        .printf(
            "%s; report: %s%n",
            result.isComplete()
                ? "All %,d trials are finished".formatted(result.trials())
                : "Stopped early: %,d of %,d trials are finished, the same command goes on"
                    .formatted(result.finished(), result.trials()),
            report.resolve(ReportFolder.PAGE).toAbsolutePath());
  }
}
