package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.mnist.source.TrainRows;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.eval.Evaluation;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.io.CheckpointFile;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.SafeFile;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingListener;
import dev.neurite.nn.train.TrainingResult;
import dev.neurite.nn.train.TrainingSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nn train}: trains a network and saves it. */
@Command(name = "train", description = "Train a network, test it, save it.", sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final String CHECKPOINT = "checkpoint.safetensors";
  private static final Path INTERRUPTED = Path.of("neurite-interrupted.safetensors");

  /** What may be given beside --resume; everything else comes from the checkpoint. */
  private static final Set<String> RESUMABLE =
      Set.of(
          "--resume",
          "--out",
          "--history",
          "--checkpoint",
          "--checkpoint-every",
          "--stop-after",
          "--data",
          "--threads",
          "--kernel",
          "--json");

  /** How the training images of the run are changed. */
  private Augmentation augmentation = Augmentation.NONE;

  @Spec private CommandSpec command = CommandSpec.create();

  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private RunOptions runOptions = new RunOptions();

  @Mixin private DataOptions dataOptions = new DataOptions();

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description =
          "Settings of a published network; other options change them. nn recipes list shows all.")
  private @Nullable String recipe;

  @Option(names = "--out", paramLabel = "FILE", description = "Save the model to this file.")
  private @Nullable Path out;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Save the figures of all epochs as CSV.")
  private @Nullable Path historyFile;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Keep the state of the run in this directory, to go on with --resume.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Epochs between two checkpoints (default: ${DEFAULT-VALUE}).")
  private int checkpointEvery = 1;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with the run of a checkpoint, as if it had never stopped.")
  private @Nullable Path resume;

  @Option(
      names = "--stop-after",
      paramLabel = "EPOCH",
      description = "Stop after this epoch, as if interrupted; go on with --resume.")
  private int stopAfter = Integer.MAX_VALUE;

  @Override
  public Integer call() throws IOException {
    checkOptions();
    Provenance recorded =
        resume == null ? null : CheckpointFile.readProvenance(resume.resolve(CHECKPOINT));
    Recipe followed = recipe == null ? null : Recipe.named(recipe);
    if (followed != null) {
      options.out().printf("Recipe %s: %s%n", followed.name(), followed.paper());
    }
    AugmentedData source =
        recorded == null
            ? new AugmentedData("", runOptions.augmentation())
            : AugmentedData.of(recorded.data());
    augmentation = source.augmentation();
    DataOptions.Loaded loaded =
        recorded == null ? dataOptions.load(options) : dataOptions.loadOr(source.data(), options);
    loaded.describe(options.out());
    EngineSpec engineSpec =
        recorded == null ? options.engine() : options.engineOr(recorded.kernel());
    try (Engine engine = new Engine(engineSpec)) {
      Trainer trainer = trainer(loaded, engine);
      TrainingControl control = new TrainingControl();
      try (InterruptHook hook = new InterruptHook("nn train", control)) {
        int code = run(trainer, control, loaded, engine);
        if (followed != null) {
          options.out().println(followed.ending(out));
        }
        return code;
      }
    }
  }

  private void checkOptions() throws IOException {
    if (resume != null) {
      List<String> others =
          command.commandLine().getParseResult().matchedOptions().stream()
              .map(option -> option.longestName())
              .filter(name -> !RESUMABLE.contains(name))
              .collect(Collectors.toList());
      if (!others.isEmpty()) {
        throw options.wrongUsage(
            "--resume takes everything from the checkpoint, received also "
                + String.join(", ", others));
      }
    }
    if (checkpointEvery < 1) {
      throw options.wrongUsage(
          "--checkpoint-every must be at least 1, received " + checkpointEvery);
    }
    if (stopAfter < 1) {
      throw options.wrongUsage("--stop-after must be at least 1, received " + stopAfter);
    }
    options.engine();
    for (Path file :
        Arrays.asList(
            out, historyFile, checkpoint == null ? null : checkpoint.resolve(CHECKPOINT))) {
      if (file != null) {
        SafeFile.requireWritable(file);
      }
    }
    try {
      runOptions.check(options.seed());
      if (recipe != null) {
        Recipe.named(recipe);
      }
    } catch (IllegalArgumentException e) {
      throw options.wrongUsage(e.getMessage());
    }
  }

  private Trainer trainer(DataOptions.Loaded loaded, Engine engine) throws IOException {
    if (resume != null) {
      TrainingSnapshot snapshot = CheckpointFile.read(resume.resolve(CHECKPOINT));
      DataSplit split = loaded.data().split(rowsOf(snapshot.trainRows(), loaded));
      long seed = snapshot.spec().seed();
      return Trainer.resume(snapshot, RunOptions.augmented(split, augmentation, seed), engine);
    }
    return runOptions.trainer(loaded.data(), options.seed(), engine);
  }

  /** Which rows a run of so many rows learned from. */
  private static TrainRows rowsOf(int trainRows, DataOptions.Loaded loaded) {
    return trainRows == loaded.data().train().size() ? TrainRows.ALL : TrainRows.WITHOUT_VALIDATION;
  }

  private Integer run(
      Trainer trainer, TrainingControl control, DataOptions.Loaded loaded, Engine engine)
      throws IOException {
    TrainingConsole console = new TrainingConsole(options.out(), Terminal.isInteractive());
    TrainingListener listener =
        event -> {
          console.on(event);
          if (event instanceof TrainingEvent.EpochCompleted completed) {
            int epoch = completed.record().epoch();
            if (epoch % checkpointEvery == 0) {
              writeCheckpoint(trainer, loaded, engine);
            }
            if (epoch >= stopAfter && epoch < trainer.spec().epochs()) {
              control.cancel();
            }
          }
        };
    TrainingResult result;
    try {
      result = trainer.run(control, listener);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    boolean interrupted = result.outcome() == TrainingResult.Outcome.CANCELLED;
    if (interrupted) {
      writeCheckpoint(trainer, loaded, engine);
    }
    boolean kept = checkpoint != null || resume != null;
    if (interrupted && kept) {
      options
          .out()
          .println("Go on with: nn train --resume " + (checkpoint != null ? checkpoint : resume));
    }
    Path saved = save(trainer, result, loaded, engine, interrupted && !kept ? INTERRUPTED : null);
    if (result.outcome() == TrainingResult.Outcome.DIVERGED) {
      throw new IllegalStateException(result.message());
    }
    report(trainer, result, loaded, engine, saved);
    return 0;
  }

  private void writeCheckpoint(Trainer trainer, DataOptions.Loaded loaded, Engine engine) {
    Path directory = checkpoint != null ? checkpoint : resume;
    if (directory == null) {
      return;
    }
    try {
      CheckpointFile.write(
          directory.resolve(CHECKPOINT), trainer.snapshot(), provenance(loaded, engine));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Path save(
      Trainer trainer,
      TrainingResult result,
      DataOptions.Loaded loaded,
      Engine engine,
      @Nullable Path otherwise)
      throws IOException {
    Path file = out != null ? out : otherwise;
    if (file != null) {
      TrainingRecord record = new TrainingRecord(trainer.spec(), result);
      ModelFile.write(file, new SavedModel(trainer.model(), record, provenance(loaded, engine)));
      options.out().printf("Model saved to %s%n", file.toAbsolutePath());
    } else {
      options.out().println("The model was not saved; --out FILE would save it");
    }
    if (historyFile != null) {
      SafeFile.writeText(historyFile, EpochRecord.toCsv(result.history()));
    }
    return file;
  }

  private Provenance provenance(DataOptions.Loaded loaded, Engine engine) {
    return RunRecords.provenance(
        new AugmentedData(loaded.name(), augmentation).text(), engine, null);
  }

  private void report(
      Trainer trainer,
      TrainingResult result,
      DataOptions.Loaded loaded,
      Engine engine,
      @Nullable Path saved) {
    DataSplit split = loaded.data().split(rowsOf(trainer.snapshot().trainRows(), loaded));
    Evaluator evaluator = new Evaluator(trainer.model(), trainer.spec().loss(), engine);
    Evaluation test = evaluator.evaluate(split.test());
    Evaluation validation = evaluator.evaluate(split.validation());
    options
        .out()
        .printf(
            "Test accuracy %.2f %% (± %.2f), validation accuracy %s, %.1f s%n",
            100 * test.accuracy(),
            100 * test.standardError(),
            validation.examples() == 0
                ? "not known"
                : "%.2f %%".formatted(100 * validation.accuracy()),
            result.seconds());
    ObjectNode json = JsonResults.object();
    JsonResults.put(json, "testAccuracy", test.accuracy());
    JsonResults.put(json, "validationAccuracy", validation.accuracy());
    JsonResults.put(json, "testLoss", test.meanLoss());
    json.put("parameters", trainer.model().spec().parameterCount());
    JsonResults.putEpochs(json, result.history());
    JsonResults.put(json, "seconds", result.seconds());
    json.put("kernel", engine.kernelName());
    json.put("threads", engine.spec().threads());
    json.put("seed", trainer.spec().seed());
    json.put("data", loaded.name());
    JsonResults.putNames(json, loaded.data().classNames());
    if (!augmentation.isNone()) {
      json.put("augmentation", augmentation.toString());
    }
    json.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
    if (saved != null) {
      json.put("file", saved.toString());
    }
    options.finish(json);
  }
}
