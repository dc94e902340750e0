package dev.neurite.nn.train;

import dev.neurite.nn.model.ModelSpec;

/** What a run says about itself: a closed set of values, reported on the thread that runs it. */
public sealed interface TrainingEvent {
  /**
   * The run begins, or goes on from a snapshot.
   *
   * @param model what is trained
   * @param spec how
   * @param trainRows rows of an epoch
   * @param stepsPerEpoch batches of an epoch
   * @param firstEpoch number of the first epoch to run, from 1
   */
  record Started(
      ModelSpec model, TrainingSpec spec, int trainRows, int stepsPerEpoch, int firstEpoch)
      implements TrainingEvent {}

  /**
   * A batch is done.
   *
   * @param epoch number, from 1
   * @param batch number within the epoch, from 1
   * @param stepsPerEpoch batches of an epoch
   * @param step number of steps done in the run
   * @param rows examples of the batch
   * @param loss mean loss of the batch before its step
   * @param correct examples of the batch that were right
   * @param learningRate of the step
   * @param epochSeconds of training in this epoch so far
   */
  record BatchCompleted(
      int epoch,
      int batch,
      int stepsPerEpoch,
      long step,
      int rows,
      double loss,
      int correct,
      double learningRate,
      double epochSeconds)
      implements TrainingEvent {}

  /**
   * An epoch is done and evaluated.
   *
   * @param record its figures
   * @param best whether it is the best so far of a run with early stopping
   */
  record EpochCompleted(EpochRecord record, boolean best) implements TrainingEvent {}

  /**
   * The run waits.
   *
   * @param epoch number of the epoch it is in, from 1
   * @param batchesDone batches done in that epoch
   */
  record Paused(int epoch, int batchesDone) implements TrainingEvent {}

  /** The run goes on after a pause. */
  record Resumed() implements TrainingEvent {}

  /**
   * The run is over.
   *
   * @param result how it ended
   */
  record Ended(TrainingResult result) implements TrainingEvent {}
}
