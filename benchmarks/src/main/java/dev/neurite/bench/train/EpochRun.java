package dev.neurite.bench.train;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingResult;

/**
 * A workload that is trained an epoch at a time, so that several can take turns.
 *
 * <p>An epoch's time is what a watch would say: shuffling, gathering, steps and a listener; no
 * evaluation, for there is nothing to evaluate on.
 */
public final class EpochRun {
  /** More epochs than anybody will wait for: the caller decides when it is over. */
  private static final int EPOCHS = 1_000_000;

  private final Trainer trainer;

  /**
   * Prepares the run.
   *
   * @param workload what is trained
   * @param train the images of an epoch
   * @param engine what to run on; not closed
   * @param seed of first values, shuffling and dropout
   */
  public EpochRun(Workload workload, Dataset train, Engine engine, long seed) {
    Dataset none = train.slice(0, 0);
    trainer =
        new Trainer(
            Model.create(workload.model(), seed),
            workload.training(train.size()).withEpochs(EPOCHS).withSeed(seed),
            new DataSplit(train, none, none),
            engine);
  }

  /** The model as it is now. */
  public Model model() {
    return trainer.model();
  }

  /**
   * Trains the next epoch.
   *
   * @return its seconds
   * @throws IllegalStateException if the training failed
   */
  public double seconds() {
    TrainingControl control = new TrainingControl();
    long[] end = new long[1];
    long start = System.nanoTime();
    TrainingResult result =
        trainer.run(
            control,
            event -> {
              if (event instanceof TrainingEvent.EpochCompleted) {
                end[0] = System.nanoTime();
                control.cancel();
              }
            });
    if (end[0] == 0) {
      throw new IllegalStateException("the epoch did not end: " + result.message());
    }
    return (end[0] - start) * 1e-9;
  }
}
