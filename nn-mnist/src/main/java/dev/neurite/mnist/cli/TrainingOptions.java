package dev.neurite.mnist.cli;

import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.train.EarlyStopping;
import dev.neurite.nn.train.TrainingSpec;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a network is trained. */
final class TrainingOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd, momentum, nesterov, rmsprop, adagrad, adam or adamw (default: adam).")
  private OptimizerChoice optimizer = OptimizerChoice.ADAM;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description =
          "Learning rate, the largest of a schedule (default: the optimizer's own; twice that for"
              + " schedules that anneal along a cosine).")
  private @Nullable Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "constant, step, exponential, cosine, cosine-restarts, warmup-cosine, one-cycle or"
              + " plateau (default: constant; after pruning cosine).")
  private @Nullable String schedule;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training data (default: ${DEFAULT-VALUE}).")
  private int epochs = 10;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images of a training step (default: ${DEFAULT-VALUE}).")
  private int batch = 128;

  @Option(
      names = "--weight-decay",
      paramLabel = "RATE",
      description =
          "Decay of the weights: decoupled for adamw, an L2 term for all others (default: 0;"
              + " adamw 0.01).")
  private @Nullable Double weightDecay;

  @Option(
      names = "--max-norm",
      paramLabel = "C",
      description = "Largest norm of the incoming weights of a unit (default: none).")
  private double maxNorm;

  @Option(
      names = "--clip-norm",
      paramLabel = "C",
      description = "Largest norm of the gradient over all parameters (default: none).")
  private double clipNorm;

  @Option(
      names = "--label-smoothing",
      paramLabel = "RATE",
      description = "Share of the target spread over all classes (default: 0).")
  private double labelSmoothing;

  @Option(
      names = "--early-stopping",
      paramLabel = "PATIENCE",
      description =
          "End after so many epochs without a lower validation loss and bring back the best"
              + " weights.")
  private @Nullable Integer patience;

  /** Passes over the training data. */
  int epochs() {
    return epochs;
  }

  /**
   * The training of so many rows, at a constant rate if no schedule was asked for.
   *
   * @throws IllegalArgumentException if a value is not valid
   */
  TrainingSpec spec(int rows, long seed) {
    return spec(rows, seed, ScheduleChoice.CONSTANT);
  }

  /**
   * The training of so many rows.
   *
   * @param usual the schedule if none was asked for
   * @throws IllegalArgumentException if a value is not valid
   */
  TrainingSpec spec(int rows, long seed, ScheduleChoice usual) {
    OptimizerSpec spec = weightDecay == null ? optimizer.spec() : optimizer.withDecay(weightDecay);
    ScheduleChoice choice = schedule == null ? usual : scheduleChoice(schedule);
    double rate =
        learningRate == null ? choice.defaultPeak(optimizer.defaultLearningRate()) : learningRate;
    TrainingSpec training =
        TrainingSpec.classifier(epochs)
            .withBatchSize(batch)
            .withOptimizer(spec.withMaxNorm(maxNorm).withClipNorm(clipNorm))
            .withLoss(Loss.SOFTMAX_CROSS_ENTROPY)
            .withLabelSmoothing(labelSmoothing)
            .withEarlyStopping(patience == null ? null : new EarlyStopping(patience))
            .withSeed(seed);
    return training.withSchedule(choice.schedule(rate, epochs, training.stepsPerEpoch(rows)));
  }

  private static ScheduleChoice scheduleChoice(String schedule) {
    for (ScheduleChoice choice : ScheduleChoice.values()) {
      if (choice.toString().equals(schedule.toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "--schedule must be one of "
            + Arrays.toString(ScheduleChoice.values())
            + ", received "
            + schedule);
  }
}
