package dev.neurite.nn.train;

import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.prune.GradualPruning;
import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.schedule.Schedule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained; an immutable, validated value.
 *
 * @param epochs passes over the training data, 1...1,000,000
 * @param batchSize rows of a step, 1...65,536; the last batch of an epoch may be smaller
 * @param optimizer how gradients change the model
 * @param schedule learning rate of each step
 * @param loss what is made small
 * @param labelSmoothing smoothing of class labels, in [0, 1)
 * @param earlyStopping when to end before the last epoch; null for never
 * @param seed of shuffling and dropout
 * @param pruning weights that are pruned during the run; null for none
 */
public record TrainingSpec(
    int epochs,
    int batchSize,
    OptimizerSpec optimizer,
    Schedule schedule,
    Loss loss,
    double labelSmoothing,
    @Nullable EarlyStopping earlyStopping,
    long seed,
    @Nullable GradualPruning pruning) {
  /** Checks the numbers. */
  public TrainingSpec {
    if (epochs < 1 || epochs > 1_000_000) {
      throw new IllegalArgumentException("epochs must be 1...1,000,000, received " + epochs);
    }
    if (batchSize < 1 || batchSize > 65_536) {
      throw new IllegalArgumentException("batchSize must be 1...65,536, received " + batchSize);
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "labelSmoothing must be in [0, 1), received " + labelSmoothing);
    }
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(loss, "loss");
    if (labelSmoothing > 0 && loss != Loss.SOFTMAX_CROSS_ENTROPY) {
      throw new IllegalArgumentException(
          "labelSmoothing needs the loss softmax_cross_entropy, received " + loss);
    }
  }

  /** Training without pruning. */
  public TrainingSpec(
      int epochs,
      int batchSize,
      OptimizerSpec optimizer,
      Schedule schedule,
      Loss loss,
      double labelSmoothing,
      @Nullable EarlyStopping earlyStopping,
      long seed) {
    this(epochs, batchSize, optimizer, schedule, loss, labelSmoothing, earlyStopping, seed, null);
  }

  /**
   * A classifier's training with Adam at its usual constant rate, batches of 128, seed 1.
   *
   * @param epochs passes over the training data
   */
  public static TrainingSpec classifier(int epochs) {
    OptimizerSpec adam = OptimizerSpec.adam();
    return new TrainingSpec(
        epochs,
        128,
        adam,
        new ConstantSchedule(adam.rule().defaultLearningRate()),
        Loss.SOFTMAX_CROSS_ENTROPY,
        0,
        null,
        1);
  }

  /** The same with another number of epochs. */
  public TrainingSpec withEpochs(int newEpochs) {
    return new TrainingSpec(
        newEpochs,
        batchSize,
        optimizer,
        schedule,
        loss,
        labelSmoothing,
        earlyStopping,
        seed,
        pruning);
  }

  /** The same with another batch size. */
  public TrainingSpec withBatchSize(int newBatchSize) {
    return new TrainingSpec(
        epochs,
        newBatchSize,
        optimizer,
        schedule,
        loss,
        labelSmoothing,
        earlyStopping,
        seed,
        pruning);
  }

  /** The same with another optimiser. */
  public TrainingSpec withOptimizer(OptimizerSpec newOptimizer) {
    return new TrainingSpec(
        epochs,
        batchSize,
        newOptimizer,
        schedule,
        loss,
        labelSmoothing,
        earlyStopping,
        seed,
        pruning);
  }

  /** The same with another schedule. */
  public TrainingSpec withSchedule(Schedule newSchedule) {
    return new TrainingSpec(
        epochs,
        batchSize,
        optimizer,
        newSchedule,
        loss,
        labelSmoothing,
        earlyStopping,
        seed,
        pruning);
  }

  /** The same with another loss. */
  public TrainingSpec withLoss(Loss newLoss) {
    return new TrainingSpec(
        epochs,
        batchSize,
        optimizer,
        schedule,
        newLoss,
        labelSmoothing,
        earlyStopping,
        seed,
        pruning);
  }

  /** The same with another label smoothing. */
  public TrainingSpec withLabelSmoothing(double newLabelSmoothing) {
    return new TrainingSpec(
        epochs,
        batchSize,
        optimizer,
        schedule,
        loss,
        newLabelSmoothing,
        earlyStopping,
        seed,
        pruning);
  }

  /** The same with another early stopping; null for none. */
  public TrainingSpec withEarlyStopping(@Nullable EarlyStopping newEarlyStopping) {
    return new TrainingSpec(
        epochs,
        batchSize,
        optimizer,
        schedule,
        loss,
        labelSmoothing,
        newEarlyStopping,
        seed,
        pruning);
  }

  /** The same with another seed. */
  public TrainingSpec withSeed(long newSeed) {
    return new TrainingSpec(
        epochs,
        batchSize,
        optimizer,
        schedule,
        loss,
        labelSmoothing,
        earlyStopping,
        newSeed,
        pruning);
  }

  /** The same with weights pruned during the run; null for none. */
  public TrainingSpec withPruning(@Nullable GradualPruning newPruning) {
    return new TrainingSpec(
        epochs,
        batchSize,
        optimizer,
        schedule,
        loss,
        labelSmoothing,
        earlyStopping,
        seed,
        newPruning);
  }

  /** Number of steps of an epoch over so many rows. */
  public int stepsPerEpoch(int rows) {
    return (rows + batchSize - 1) / batchSize;
  }
}
