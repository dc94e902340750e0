package dev.neurite.mnist.cli;

import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.mnist.augment.AugmentedDataset;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.TrainRows;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingSpec;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What decides, with the seed and the data, what a training comes to. */
final class RunOptions {
  /** A training as a command, to read settings as {@code nn train} reads its options. */
  @Command(name = "train")
  private static final class Settings {
    @Mixin private RunOptions run = new RunOptions();
  }

  @Mixin private NetworkOptions network = new NetworkOptions();

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Option(
      names = "--train-on",
      paramLabel = "ROWS",
      description =
          "55k: learn from rows 5,000-59,999 and keep the first 5,000 for validation; all: learn"
              + " from all 60,000 (default: 55k).")
  private String trainOn = "55k";

  @Option(
      names = "--augment",
      paramLabel = "HOW",
      description =
          "Change the training images in every epoch: affine, elastic, both, or amounts such as"
              + " rotate=15,shear=0.1,scale=0.15,shift=1,sigma=4,alpha=34 (degrees, shares and"
              + " pixels; default: none).")
  private String augment = "none";

  /**
   * The options that have these values.
   *
   * @param settings names of options without dashes, and their values
   * @throws IllegalArgumentException if a name or a value is not valid
   */
  static RunOptions of(Map<String, String> settings) {
    Settings command = new Settings();
    String[] words =
        settings.entrySet().stream()
            .map(e -> "--" + e.getKey() + "=" + e.getValue())
            .toArray(String[]::new);
    try {
      new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
    } catch (CommandLine.ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return command.run;
  }

  /**
   * Checks all values before anything is loaded.
   *
   * @throws IllegalArgumentException if one is not valid
   */
  void check(long seed) {
    // The rows matter for the schedule only.
    network.spec(MnistData.CLASSES);
    augmentation();
    TrainingSpec spec = training.spec(1, seed);
    if (rows() == TrainRows.ALL
        && (spec.earlyStopping() != null || spec.schedule().plateau().isPresent())) {
      throw new IllegalArgumentException(
          "early stopping and the plateau schedule choose by validation data; --train-on all"
              + " leaves none");
    }
  }

  /** Which rows to learn from. */
  TrainRows rows() {
    return switch (trainOn) {
      case "55k" -> TrainRows.WITHOUT_VALIDATION;
      case "all" -> TrainRows.ALL;
      default ->
          throw new IllegalArgumentException("--train-on must be 55k or all, received " + trainOn);
    };
  }

  /** How the training images are changed. */
  Augmentation augmentation() {
    return Augmentation.of(augment);
  }

  /** The network. */
  ModelSpec network(int classes) {
    return network.spec(classes);
  }

  /** Passes over the training data. */
  int epochs() {
    return training.epochs();
  }

  /** A run at its beginning. */
  Trainer trainer(MnistData data, long seed, Engine engine) {
    DataSplit split = data.split(rows());
    TrainingSpec spec = training.spec(split.train().size(), seed);
    Model model = Model.create(network.spec(split.train().outputs()), seed);
    return new Trainer(model, spec, augmented(split, augmentation(), seed), engine);
  }

  /** Data whose training images are changed in every epoch. */
  static DataSplit augmented(DataSplit split, Augmentation augmentation, long seed) {
    return augmentation.isNone()
        ? split
        : new DataSplit(
            new AugmentedDataset(split.train(), augmentation, seed),
            split.validation(),
            split.test());
  }
}
