package dev.neurite.mnist.experiment;

import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.train.PruningSpec;
import dev.neurite.nn.train.TrainingSpec;

/**
 * What an experiment trains. Simple sees as many images as Wide and its fine-tuning together, so
 * that none has learned longer.
 *
 * @param seeds number of seeds, 1...{@value #MAX_SEEDS}
 * @param firstSeed the first; the others follow it
 * @param epochs of Wide, and again of its fine-tuning; a multiple of 7 ends at the end of a cosine
 */
public record ExperimentSpec(int seeds, long firstSeed, int epochs) {
  /** Most seeds of an experiment. */
  public static final int MAX_SEEDS = 100;

  /** Seeds of an experiment that was given no number. */
  public static final int DEFAULT_SEEDS = 5;

  /** Seeds of a quick experiment that was given no number. */
  public static final int QUICK_SEEDS = 3;

  /** Share of hidden units switched off while training. */
  public static final float DROP_RATE = 0.25f;

  private static final int EPOCHS = 14;
  private static final int QUICK_EPOCHS = 7;

  /** Checks the numbers. */
  public ExperimentSpec {
    if (seeds < 1 || seeds > MAX_SEEDS) {
      throw new IllegalArgumentException(
          "the number of seeds must be 1...%d, received %d".formatted(MAX_SEEDS, seeds));
    }
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, received " + epochs);
    }
  }

  /** An experiment whose figures are worth reporting. */
  public static ExperimentSpec full(int seeds, long firstSeed) {
    return new ExperimentSpec(seeds, firstSeed, EPOCHS);
  }

  /** An experiment of about a minute. */
  public static ExperimentSpec quick(int seeds, long firstSeed) {
    return new ExperimentSpec(seeds, firstSeed, QUICK_EPOCHS);
  }

  /** The network Simple. */
  public ModelSpec simple(int classes) {
    return network(NetworkPreset.SIMPLE, classes);
  }

  /** The network Wide. */
  public ModelSpec wide(int classes) {
    return network(NetworkPreset.WIDE, classes);
  }

  private static ModelSpec network(NetworkPreset preset, int classes) {
    return DigitNetwork.spec(
        preset.hiddenUnits().stream().map(u -> new DenseSpec(u, Activation.RELU)).toList(),
        0,
        DROP_RATE,
        classes);
  }

  /** Passes of a network over the training data; those of the pruned one come after Wide's. */
  public int epochs(Contender contender) {
    return contender == Contender.SIMPLE ? 2 * epochs : epochs;
  }

  /** Training steps of the whole experiment on so many rows. */
  public long steps(int rows) {
    int stepsPerEpoch = training(Contender.WIDE, rows, firstSeed).stepsPerEpoch(rows);
    int epochsOfSeed = 0;
    for (Contender contender : Contender.values()) {
      epochsOfSeed += epochs(contender);
    }
    return (long) seeds * epochsOfSeed * stepsPerEpoch;
  }

  /**
   * How a network is trained: Adam, cosine restarts; after pruning one cosine.
   *
   * @param rows training images
   */
  public TrainingSpec training(Contender contender, int rows, long seed) {
    ScheduleChoice schedule =
        contender == Contender.PRUNED ? ScheduleChoice.COSINE : ScheduleChoice.COSINE_RESTARTS;
    double peak = schedule.defaultPeak(OptimizerChoice.ADAM.defaultLearningRate());
    int count = epochs(contender);
    TrainingSpec spec = TrainingSpec.classifier(count).withSeed(seed);
    return spec.withOptimizer(OptimizerChoice.ADAM.spec())
        .withSchedule(schedule.schedule(peak, count, spec.stepsPerEpoch(rows)));
  }

  /**
   * How Wide is pruned: at once, to no more parameters than Simple has, the smallest weights of all
   * layers; then trained again.
   *
   * @param rows training images
   */
  public PruningSpec pruning(int classes, int rows, long seed) {
    WeightPruning pruning = WeightPruning.global();
    double sparsity = pruning.sparsityFor(wide(classes), simple(classes).parameterCount());
    return new PruningSpec(pruning, sparsity, 1, false, training(Contender.PRUNED, rows, seed));
  }
}
