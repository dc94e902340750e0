package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.mnist.source.TrainRows;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.SafeFile;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.prune.GradualPruning;
import dev.neurite.nn.prune.Pruning;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.SparsityReport;
import dev.neurite.nn.prune.UnitPruning;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.train.PruningEvent;
import dev.neurite.nn.train.PruningListener;
import dev.neurite.nn.train.PruningResult;
import dev.neurite.nn.train.PruningRun;
import dev.neurite.nn.train.PruningSpec;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingResult;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn prune}: switches off weights of a trained network, trains it again, saves it. */
@Command(
    name = "prune",
    description = "Prune a trained network, train it again, save it.",
    sortOptions = false)
final class PruneCommand implements Callable<Integer> {
  /** When weights are pruned. */
  enum Method {
    /** All at once, before training. */
    ONE_SHOT,
    /** More and more while training. */
    GRADUAL,
    /** In rounds of pruning and training. */
    ITERATIVE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final int DEFAULT_ROUNDS = 5;

  /** More zeros in a kernel than this share do not come about by chance. */
  private static final double CHANCE_ZEROS = 0.01;

  /** How accurate a model is on test and validation data. */
  private record Accuracy(double test, double validation) {
    static Accuracy of(Model model, DataSplit split, Engine engine) {
      Evaluator evaluator = new Evaluator(model, Loss.defaultFor(model.spec()), engine);
      Dataset validation = split.validation();
      return new Accuracy(
          evaluator.evaluate(split.test()).accuracy(), evaluator.evaluate(validation).accuracy());
    }

    @Override
    public String toString() {
      return "test %.2f %%, validation %.2f %%".formatted(100 * test, 100 * validation);
    }
  }

  @Mixin private CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file = Path.of("");

  @Option(
      names = "--sparsity",
      paramLabel = "S",
      description =
          "Share of all weights that is pruned in the end, in [0, 1); with --structured of the"
              + " hidden units.")
  private @Nullable Double sparsity;

  @Option(
      names = "--target-parameters",
      paramLabel = "N",
      description = "Prune until so many weights and biases are left, instead of --sparsity.")
  private @Nullable Integer targetParameters;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "global: the smallest of all layers; layer: the same share of each layer (default:"
              + " global; with --structured layer).")
  private @Nullable PruningScope scope;

  @Option(
      names = "--block",
      paramLabel = "N",
      description =
          "Prune blocks of N neighbouring weights of an input together, by their mean size; 16"
              + " answers single images fastest (default: 1).")
  private int blockWidth = 1;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "one-shot: prune, then train; gradual: prune while training; iterative: prune and train"
              + " in rounds (default: gradual; one-shot with --structured or --rewind).")
  private @Nullable String method;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of --method iterative (default: 5).")
  private @Nullable Integer rounds;

  @Option(
      names = "--begin-step",
      paramLabel = "STEP",
      description = "First step of --method gradual that prunes (default: 0).")
  private @Nullable Long beginStep;

  @Option(
      names = "--end-step",
      paramLabel = "STEP",
      description = "Last step of --method gradual that prunes (default: half of the steps).")
  private @Nullable Long endStep;

  @Option(
      names = "--frequency",
      paramLabel = "STEPS",
      description = "Steps between two prunings of --method gradual (default: 100).")
  private @Nullable Integer frequency;

  @Option(
      names = "--rewind",
      description =
          "Give the weights that are left their first values back before training: a lottery"
              + " ticket.")
  private boolean rewind;

  @Option(
      names = "--structured",
      description = "Remove whole hidden units, so that the network gets smaller.")
  private boolean structured;

  @Option(names = "--spare-output", description = "Prune nothing in the last layer.")
  private boolean spareOutput;

  @Option(
      names = "--adopt-zeros",
      description =
          "Take the weights that are exactly 0 as pruned, where a file has zeros but does not say"
              + " which of them were pruned.")
  private boolean adoptZeros;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description =
          "Dropout after every hidden layer while training again (default: what the network had,"
              + " times the square root of the share that is kept).")
  private @Nullable Float dropout;

  @Option(
      names = "--input-dropout",
      paramLabel = "RATE",
      description = "Share of pixels switched off while training again (default: as it was).")
  private @Nullable Float inputDropout;

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Mixin private DataOptions dataOptions = new DataOptions();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The new file.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    Method chosen = checkOptions();
    SavedModel saved = GivenModel.readToAnswer(file);
    Model model = prepared(saved);
    Pruning pruning = pruning();
    double share = share(model, pruning);
    DataOptions.Loaded loaded = dataOptions.load(options);
    DataSplit split = loaded.data().split(TrainRows.WITHOUT_VALIDATION);
    double already = (double) model.prunedWeights() / model.spec().weightCount();
    double keptOfNow = structured ? 1 - share : (1 - share) / (1 - already);
    Model base = model.copyAs(fineTuningSpec(model.spec(), keptOfNow));
    PruningSpec spec = spec(pruning, already, share, chosen, split.train().size());
    @Nullable Model initial = rewind ? initial(saved) : null;
    try (Engine engine = new Engine(options.engine())) {
      Accuracy before = Accuracy.of(model, split, engine);
      Model prunedOnly = pruning.pruned(base, share);
      Accuracy pruned = Accuracy.of(prunedOnly, split, engine);
      options.out().printf("Before pruning: %s%n", before);
      options.out().printf("Pruned to %.2f %% and not trained again: %s%n", 100 * share, pruned);
      TrainingControl control = new TrainingControl();
      try (InterruptHook hook = new InterruptHook("nn prune", control)) {
        long start = System.nanoTime();
        PruningResult result =
            new PruningRun(base, initial, spec, split, engine).run(control, listener());
        double seconds = (System.nanoTime() - start) * 1e-9;
        TrainingResult ended = result.training();
        if (ended != null && ended.outcome() == TrainingResult.Outcome.DIVERGED) {
          throw new IllegalStateException(ended.message());
        }
        save(saved, result, spec, chosen, loaded, engine);
        report(result, before, pruned, Accuracy.of(result.model(), split, engine), seconds);
      }
    }
    return 0;
  }

  /** Checks what can be checked before anything is read. */
  private Method checkOptions() throws IOException {
    options.engine();
    SafeFile.requireWritable(out);
    try {
      if ((sparsity == null) == (targetParameters == null)) {
        throw new IllegalArgumentException("either --sparsity or --target-parameters is needed");
      }
      Method chosen = method();
      if (sparsity != null) {
        if (!(sparsity >= 0 && sparsity < 1)) {
          throw new IllegalArgumentException("--sparsity must be in [0, 1), received " + sparsity);
        }
        spec(pruning(), 0, sparsity, chosen, 1 << 20);
      } else if (targetParameters < 1) {
        throw new IllegalArgumentException(
            "--target-parameters must be at least 1, received " + targetParameters);
      } else {
        spec(pruning(), 0, 0, chosen, 1 << 20);
      }
      fineTuningSpec(
          ModelSpec.inputs(1).dense(1, Activation.RELU).output(1, Activation.SOFTMAX), 1);
      return chosen;
    } catch (IllegalArgumentException e) {
      throw options.wrongUsage(e.getMessage());
    }
  }

  private Method method() {
    Method chosen = null;
    for (Method known : Method.values()) {
      if (known.toString().equals(method)) {
        chosen = known;
      }
    }
    if (method != null && chosen == null) {
      throw new IllegalArgumentException(
          "--method must be one-shot, gradual or iterative, received " + method);
    }
    if (chosen == null) {
      boolean onlyAtOnce = structured || rewind || training.epochs() == 0;
      chosen = rounds != null ? Method.ITERATIVE : onlyAtOnce ? Method.ONE_SHOT : Method.GRADUAL;
    }
    if (structured && (chosen != Method.ONE_SHOT || spareOutput)) {
      throw new IllegalArgumentException(
          "--structured removes hidden units at once: not with --method %s or --spare-output"
              .formatted(chosen));
    }
    if (blockWidth < 1 || blockWidth > WeightPruning.MAX_BLOCK_WIDTH) {
      throw new IllegalArgumentException(
          "--block must be 1...%d, received %d"
              .formatted(WeightPruning.MAX_BLOCK_WIDTH, blockWidth));
    }
    if (structured && blockWidth != 1) {
      throw new IllegalArgumentException("--structured removes hidden units: not with --block");
    }
    if (rewind && chosen == Method.GRADUAL) {
      throw new IllegalArgumentException("--rewind needs --method one-shot or iterative");
    }
    if (rounds != null && chosen != Method.ITERATIVE) {
      throw new IllegalArgumentException("--rounds needs --method iterative");
    }
    if ((beginStep != null || endStep != null || frequency != null) && chosen != Method.GRADUAL) {
      throw new IllegalArgumentException(
          "--begin-step, --end-step and --frequency need --method gradual");
    }
    return chosen;
  }

  private PruningScope pruningScope() {
    return scope != null ? scope : structured ? PruningScope.LAYER : PruningScope.GLOBAL;
  }

  private Pruning pruning() {
    return structured
        ? new UnitPruning(pruningScope())
        : new WeightPruning(pruningScope(), spareOutput, blockWidth);
  }

  private PruningSpec spec(Pruning pruning, double already, double share, Method chosen, int rows) {
    int count = rounds != null ? rounds : chosen == Method.ITERATIVE ? DEFAULT_ROUNDS : 1;
    if (training.epochs() == 0) {
      return new PruningSpec(pruning, share, count, rewind, null);
    }
    TrainingSpec fineTuning = training.spec(rows, options.seed(), ScheduleChoice.COSINE);
    if (chosen == Method.GRADUAL && pruning instanceof WeightPruning weights) {
      long steps = (long) fineTuning.epochs() * fineTuning.stepsPerEpoch(rows);
      long begin = beginStep == null ? 0 : beginStep;
      long end = endStep == null ? Math.max(begin, (steps - 1) / 2) : endStep;
      fineTuning =
          fineTuning.withPruning(
              new GradualPruning(
                  weights,
                  Math.min(already, share),
                  share,
                  begin,
                  end,
                  frequency == null ? GradualPruning.DEFAULT_FREQUENCY_STEPS : frequency));
    }
    return new PruningSpec(pruning, share, count, rewind, fineTuning);
  }

  /**
   * The network as it is trained again: what is left of it needs less dropout (Han et al. 2015).
   *
   * @param kept share of the present weights or units that is kept
   */
  private ModelSpec fineTuningSpec(ModelSpec spec, double kept) {
    ModelSpec same = inputDropout == null ? spec : spec.withInputDropout(inputDropout);
    if (dropout == null) {
      return DigitNetwork.forFineTuning(same, kept);
    }
    float asked = dropout;
    return same.withHiddenDropout(old -> asked);
  }

  /** The share that is pruned, for a model. */
  private double share(Model model, Pruning pruning) {
    try {
      if (pruning instanceof UnitPruning units) {
        double share =
            targetParameters != null
                ? units.shareFor(model, targetParameters)
                : sparsity == null ? 0 : sparsity;
        units.select(model, share);
        return share;
      }
      WeightPruning weights = (WeightPruning) pruning;
      double share =
          targetParameters != null
              ? weights.sparsityFor(model.spec(), targetParameters)
              : sparsity == null ? 0 : sparsity;
      weights.check(model, share);
      return share;
    } catch (IllegalArgumentException e) {
      throw options.wrongUsage(e.getMessage());
    }
  }

  /** The model of a file, if it can be pruned. */
  private Model prepared(SavedModel saved) {
    Model model = saved.model();
    TrainingRecord record = saved.training();
    boolean biasesAreZero = true;
    for (Parameter parameter : model.parameters()) {
      if (parameter.role() == Parameter.Role.BIAS) {
        biasesAreZero &= zeros(parameter) == parameter.size();
      }
    }
    if (record == null ? biasesAreZero : record.result().history().isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds a network that has not been trained for one epoch; train it before pruning"
              .formatted(file));
    }
    for (Parameter parameter : model.parameters()) {
      if (parameter.role() == Parameter.Role.KERNEL && parameter.mask() == null) {
        int zeros = zeros(parameter);
        if (zeros > CHANCE_ZEROS * parameter.size()) {
          if (!adoptZeros) {
            throw new IllegalArgumentException(
                "%s: %,d weights of %s are exactly 0, but the file has no mask that says whether they were pruned; --adopt-zeros takes them as pruned"
                    .formatted(file, zeros, parameter.name()));
          }
          parameter.prune(Mask.ofNonZero(parameter.value()));
        }
      }
    }
    return model;
  }

  private static int zeros(Parameter parameter) {
    int zeros = 0;
    for (int i = 0; i < parameter.size(); i++) {
      zeros += parameter.value().data[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  /** Seed of the first values of a model's weights, or null if they cannot be made again. */
  private static @Nullable Long initialSeed(SavedModel saved) {
    Provenance.Parent parent = saved.provenance().parent();
    if (parent != null) {
      return parent.initialSeed();
    }
    TrainingRecord record = saved.training();
    return record == null ? null : record.spec().seed();
  }

  private Model initial(SavedModel saved) {
    Long seed = initialSeed(saved);
    if (seed == null) {
      throw new IllegalArgumentException(
          "%s does not say from which seed its weights began, so --rewind cannot make them again"
              .formatted(file));
    }
    return Model.create(saved.model().spec(), seed);
  }

  private PruningListener listener() {
    TrainingConsole[] console = new TrainingConsole[1];
    return event -> {
      if (event instanceof PruningEvent.RoundStarted started) {
        String phase =
            started.rounds() == 1 ? "" : "Round %d/%d".formatted(started.round(), started.rounds());
        options
            .out()
            .printf(
                "%s%.2f %% pruned at its end%n",
                phase.isEmpty() ? "" : phase + ": ", 100 * started.sparsity());
        console[0] = new TrainingConsole(options.out(), Terminal.isInteractive(), phase);
      } else if (event instanceof PruningEvent.Trained trained) {
        console[0].on(trained.event());
      }
    };
  }

  private void save(
      SavedModel parent,
      PruningResult result,
      PruningSpec spec,
      Method chosen,
      DataOptions.Loaded loaded,
      Engine engine)
      throws IOException {
    TrainingSpec fineTuning = spec.fineTuning();
    TrainingResult ended = result.training();
    TrainingRecord record =
        fineTuning == null || ended == null
            ? parent.training()
            : new TrainingRecord(fineTuning, ended);
    String change =
        "%s %s of the %s%s%s"
            .formatted(
                structured ? "removed" : "pruned",
                Double.toString(spec.sparsity()),
                spec.pruning(),
                ", " + chosen + (spec.rounds() > 1 ? " in %d rounds".formatted(spec.rounds()) : ""),
                rewind ? ", rewound to the first values" : "");
    Provenance provenance =
        RunRecords.provenance(
            loaded.name(),
            engine,
            new Provenance.Parent(
                file.toString(),
                parent.provenance().createdAt(),
                change,
                structured ? null : initialSeed(parent)));
    ModelFile.write(out, new SavedModel(result.model(), record, provenance));
    options.out().printf("Model saved to %s%n", out.toAbsolutePath());
  }

  private void report(
      PruningResult result, Accuracy before, Accuracy pruned, Accuracy after, double seconds) {
    SparsityReport report = SparsityReport.of(result.model());
    SparsityTable.print(report, options.out());
    options
        .out()
        .printf(
            "Accuracy before: %s; pruned: %s; trained again: %s; %.1f s%n",
            before, pruned, after, seconds);
    ObjectNode json = JsonResults.object();
    json.put("sparsity", report.sparsity());
    json.put("block", blockWidth);
    json.put("parameters", report.parameters());
    json.put("nonZeroParameters", report.nonZeroParameters());
    JsonResults.put(json, "accuracyBefore", before.test());
    JsonResults.put(json, "accuracyPruned", pruned.test());
    JsonResults.put(json, "accuracyFineTuned", after.test());
    json.put("denseBytes", report.size().dense());
    json.put("sparseBytes", report.size().sparse());
    json.put("gzipBytes", report.size().gzip());
    JsonResults.put(json, "validationAccuracyBefore", before.validation());
    JsonResults.put(json, "validationAccuracyPruned", pruned.validation());
    JsonResults.put(json, "validationAccuracyFineTuned", after.validation());
    json.put("network", result.model().spec().widths());
    SparsityTable.put(json, report);
    TrainingResult ended = result.training();
    if (ended != null) {
      json.put("outcome", ended.outcome().name().toLowerCase(Locale.ROOT));
      JsonResults.putEpochs(json, ended.history());
    } else {
      json.putArray("epochs");
    }
    json.put("rounds", result.rounds());
    json.put("seed", options.seed());
    JsonResults.put(json, "seconds", seconds);
    json.put("file", out.toString());
    options.finish(json);
  }
}
