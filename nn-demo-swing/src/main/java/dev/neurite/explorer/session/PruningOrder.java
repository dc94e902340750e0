package dev.neurite.explorer.session;

import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.prune.GradualPruning;
import dev.neurite.nn.prune.Pruning;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.UnitPruning;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.train.PruningSpec;
import dev.neurite.nn.train.TrainingSpec;
import java.util.Objects;

/**
 * How the network of a run is pruned and trained again; an immutable, validated value.
 *
 * @param parent whose network it is
 * @param parentName its name
 * @param method when and what
 * @param scope among which weights or units the least are looked for
 * @param grain whether single weights or blocks of them go; without meaning where units do
 * @param sparsity share of all weights (or hidden units) that is pruned in the end, in (0, 1)
 * @param epochs of training after each pruning, at least 1
 * @param seed of the order of the images and of dropout
 */
public record PruningOrder(
    RunId parent,
    String parentName,
    Method method,
    PruningScope scope,
    Grain grain,
    double sparsity,
    int epochs,
    long seed) {
  /** Rounds of {@link Method#ITERATIVE}. */
  public static final int ROUNDS = 4;

  /** Epochs after each pruning that bring back most of the accuracy. */
  public static final int USUAL_EPOCHS = 5;

  private static final int BATCH_SIZE = 128;

  /** Ways to prune. */
  public enum Method {
    /** All weights at once, then training. */
    ONE_SHOT,
    /** More and more weights during the first half of the training. */
    GRADUAL,
    /** In rounds of pruning and training. */
    ITERATIVE,
    /** Whole hidden units at once, then training. */
    UNITS
  }

  /** What goes together where weights are pruned. */
  public enum Grain {
    /** Nothing: weights go one by one. */
    WEIGHTS(1),
    /** Neighbouring weights of an input, so many that what is left is answered fast. */
    BLOCKS(WeightPruning.FAST_BLOCK_WIDTH);

    private final int width;

    Grain(int width) {
      this.width = width;
    }

    /** How many weights go together. */
    public int width() {
      return width;
    }
  }

  /** Checks the values. Sessions of before there were blocks have no grain. */
  public PruningOrder {
    grain = grain == null ? Grain.WEIGHTS : grain;
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(parentName, "parentName");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(scope, "scope");
    if (!(sparsity > 0 && sparsity < 1)) {
      throw new IllegalArgumentException("sparsity must be in (0, 1), received " + sparsity);
    }
    if (epochs < 1 || epochs > 1000) {
      throw new IllegalArgumentException("epochs must be 1...1,000, received " + epochs);
    }
  }

  /** How often it is pruned and trained. */
  public int rounds() {
    return method == Method.ITERATIVE ? ROUNDS : 1;
  }

  /** What is pruned. */
  public Pruning pruning() {
    return method == Method.UNITS
        ? new UnitPruning(scope)
        : new WeightPruning(scope, false, grain.width());
  }

  /**
   * The network as it is trained again: what is left of it needs less dropout, times the square
   * root of the share that is kept. Source: Han et al., "Learning both weights and connections",
   * 2015.
   *
   * @param model the parent's; read
   */
  public Model withLessDropout(Model model) {
    double kept = method == Method.UNITS ? 1 - sparsity : (1 - sparsity) / (1 - pruned(model));
    return model.copyAs(DigitNetwork.forFineTuning(model.spec(), Math.min(1, kept)));
  }

  /** The network pruned at once and not trained again, with the dropout that it will have. */
  public Model prune(Model model) {
    return pruning().pruned(withLessDropout(model), sparsity);
  }

  /** Share of a model's weights that is pruned already. */
  public static double pruned(Model model) {
    return (double) model.prunedWeights() / model.spec().weightCount();
  }

  /**
   * The training after one pruning.
   *
   * @param network what is trained
   * @param trainRows rows of an epoch
   */
  private TrainingSpec fineTuning(ModelSpec network, int trainRows) {
    TrainingSpec usual =
        TrainingSpec.classifier(epochs)
            .withBatchSize(BATCH_SIZE)
            .withLoss(Loss.defaultFor(network))
            .withSeed(seed);
    return usual.withSchedule(
        ScheduleChoice.COSINE.schedule(
            OptimizerChoice.ADAM.defaultLearningRate(), epochs, usual.stepsPerEpoch(trainRows)));
  }

  /** All of the training as one, for progress and charts. */
  public TrainingSpec training(ModelSpec network, int trainRows) {
    return fineTuning(network, trainRows).withEpochs(epochs * rounds());
  }

  /**
   * The run for a trainer.
   *
   * @param model the parent's; read
   * @param trainRows rows of an epoch
   */
  public PruningSpec spec(Model model, int trainRows) {
    TrainingSpec fineTuning = fineTuning(model.spec(), trainRows);
    Pruning pruning = pruning();
    if (method == Method.GRADUAL && pruning instanceof WeightPruning weights) {
      long steps = (long) epochs * fineTuning.stepsPerEpoch(trainRows);
      fineTuning =
          fineTuning.withPruning(
              new GradualPruning(
                  weights,
                  Math.min(pruned(model), sparsity),
                  sparsity,
                  0,
                  (steps - 1) / 2,
                  GradualPruning.DEFAULT_FREQUENCY_STEPS));
    }
    return new PruningSpec(pruning, sparsity, rounds(), false, fineTuning);
  }

  /** The run for a trainer from a round on, whose model is the one of the round before. */
  public PruningSpec specFromRound(int round, Model model, int trainRows) {
    PruningSpec all = spec(model, trainRows);
    return new PruningSpec(all.pruning(), sparsity, rounds() - round + 1, false, all.fineTuning());
  }
}
