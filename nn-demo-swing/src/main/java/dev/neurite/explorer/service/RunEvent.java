package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.ModelFigures;
import dev.neurite.explorer.session.PruningRecord;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingEvent;

/** What the trainer thread says of a run: a closed set of values. */
public sealed interface RunEvent {
  /**
   * The run said something.
   *
   * @param event what
   */
  record Trained(TrainingEvent event) implements RunEvent {}

  /**
   * A copy of the model as it is now.
   *
   * @param predictor the copy
   */
  record Frozen(Predictor predictor) implements RunEvent {}

  /**
   * A look at the layers.
   *
   * @param observation what was seen
   */
  record Observed(Observation observation) implements RunEvent {}

  /**
   * A copy of the model as it was after an epoch; unlike {@link Frozen} none of them is dropped.
   *
   * @param epoch 0 before the first
   * @param predictor the copy
   */
  record EpochFrozen(int epoch, Predictor predictor) implements RunEvent {}

  /**
   * Something broke; the run is over.
   *
   * @param reason what, in one line
   */
  record Failed(String reason) implements RunEvent {}

  /**
   * A place from which the run can go on; only the newest is kept.
   *
   * @param checkpoint the place
   */
  record Checkpointed(Checkpoint checkpoint) implements RunEvent {}

  /**
   * Figures of the network of a run that prunes.
   *
   * @param stage when they were taken
   * @param figures what they are
   */
  record Measured(PruningRecord.Stage stage, ModelFigures figures) implements RunEvent {}
}
