package dev.neurite.bench.train;

import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.optim.Sgd;
import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.train.TrainingSpec;

/**
 * The training runs that speed is compared by, for this project and its peers: MNIST, float32, an
 * epoch of 60,000 images. Pixels go in as 0...1, without a rescaling layer.
 */
public enum Workload {
  /** The explorer's start: 784-128-10, dropout 0.25, Adam 0.005 along a cosine, batches of 512. */
  W0(512),
  /** 784-128-10, gradient descent at 0.1, batches of 128. */
  W1(128),
  /** 784-512-512-10, dropout 0.2, Adam 0.001, batches of 128. */
  W2(128),
  /** {@link #W1} in batches of 32. */
  W3(32);

  /** Images of an epoch. */
  public static final int EPOCH_IMAGES = 60_000;

  /** Length of the cosine of {@link #W0}. */
  private static final int EPOCHS = 10;

  private final int batchSize;

  Workload(int batchSize) {
    this.batchSize = batchSize;
  }

  /** The network. */
  public ModelSpec model() {
    return switch (this) {
      case W0 -> network(0.25f, 128);
      case W1, W3 -> network(0, 128);
      case W2 -> network(0.2f, 512, 512);
    };
  }

  private static ModelSpec network(float dropRate, int... hiddenUnits) {
    ModelSpec.Builder builder = ModelSpec.inputs(DigitNetwork.INPUTS);
    for (int units : hiddenUnits) {
      builder.dense(units, Activation.RELU).dropout(dropRate);
    }
    return builder.output(10, Activation.SOFTMAX);
  }

  /** Images of a step. */
  public int batchSize() {
    return batchSize;
  }

  /**
   * How the network is trained.
   *
   * @param rows images of an epoch
   */
  public TrainingSpec training(int rows) {
    TrainingSpec base = TrainingSpec.classifier(EPOCHS).withBatchSize(batchSize);
    return switch (this) {
      case W0 ->
          base.withSchedule(
              ScheduleChoice.COSINE.schedule(0.005, EPOCHS, base.stepsPerEpoch(rows)));
      case W2 -> base.withSchedule(new ConstantSchedule(0.001));
      case W1, W3 ->
          base.withOptimizer(OptimizerSpec.of(new Sgd())).withSchedule(new ConstantSchedule(0.1));
    };
  }
}
