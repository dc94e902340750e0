package dev.neurite.explorer.session;

import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingEvent.BatchCompleted;
import dev.neurite.nn.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is at a moment; an immutable value.
 *
 * @param id which
 * @param experiment what it does
 * @param state where it is in its life
 * @param trainRows rows of an epoch, 0 before it has begun
 * @param stepsPerEpoch batches of an epoch, 0 before it has begun
 * @param history the epochs that are done
 * @param trace the losses of its batches
 * @param newestBatch the last batch that was heard of, or null before the first
 * @param predictor the newest frozen copy of its model, or null before there is one
 * @param seconds of training and evaluation; known at the end, 0 before
 * @param message why it ended, empty before
 * @param pruning what it prunes, or null where it trains a network from its first values
 * @param note what the user wrote about it; empty for nothing
 */
public record Run(
    RunId id,
    Experiment experiment,
    RunState state,
    int trainRows,
    int stepsPerEpoch,
    List<EpochRecord> history,
    LossTrace trace,
    @Nullable BatchCompleted newestBatch,
    @Nullable Predictor predictor,
    double seconds,
    String message,
    @Nullable PruningRecord pruning,
    String note) {
  /** Copies the history. */
  public Run {
    history = List.copyOf(history);
  }

  /** A run that has not trained yet. */
  public static Run begin(RunId id, Experiment experiment) {
    return new Run(
        id,
        experiment,
        RunState.RUNNING,
        0,
        0,
        List.of(),
        LossTrace.EMPTY,
        null,
        null,
        0,
        "",
        null,
        "");
  }

  /** The name for people, unique in the session. */
  public String name() {
    return id.number() + " " + experiment.name();
  }

  /** This run after something it said. */
  public Run after(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      return new Run(
          id,
          experiment,
          RunState.RUNNING,
          started.trainRows(),
          started.stepsPerEpoch(),
          history,
          trace,
          newestBatch,
          predictor,
          seconds,
          message,
          pruning,
          note);
    } else if (event instanceof BatchCompleted batch) {
      return with(state, history, trace, batch, predictor, seconds, message);
    } else if (event instanceof TrainingEvent.EpochCompleted epoch) {
      List<EpochRecord> longer = new ArrayList<>(history);
      longer.add(epoch.record());
      return with(state, longer, trace, newestBatch, predictor, seconds, message);
    } else if (event instanceof TrainingEvent.Paused) {
      return withState(RunState.PAUSED, message);
    } else if (event instanceof TrainingEvent.Resumed) {
      return withState(RunState.RUNNING, message);
    } else if (event instanceof TrainingEvent.Ended ended) {
      TrainingResult result = ended.result();
      return with(
          stateAfter(result.outcome()),
          result.history(),
          trace,
          newestBatch,
          predictor,
          result.seconds(),
          result.message());
    }
    throw new IllegalArgumentException("unknown event " + event);
  }

  /** This run after something broke. */
  public Run failed(String reason) {
    return withState(RunState.FAILED, reason);
  }

  /** This run under another name; what it does stays. */
  public Run withExperiment(Experiment renamed) {
    return new Run(
        id,
        renamed,
        state,
        trainRows,
        stepsPerEpoch,
        history,
        trace,
        newestBatch,
        predictor,
        seconds,
        message,
        pruning,
        note);
  }

  /** This run with what the user wrote about it. */
  public Run withNote(String newNote) {
    return new Run(
        id,
        experiment,
        state,
        trainRows,
        stepsPerEpoch,
        history,
        trace,
        newestBatch,
        predictor,
        seconds,
        message,
        pruning,
        newNote);
  }

  /** This run with what has come of pruning. */
  public Run withPruning(PruningRecord newest) {
    return new Run(
        id,
        experiment,
        state,
        trainRows,
        stepsPerEpoch,
        history,
        trace,
        newestBatch,
        predictor,
        seconds,
        message,
        newest,
        note);
  }

  /** This run as it goes on from a checkpoint. */
  public Run resumed(Checkpoint checkpoint) {
    List<EpochRecord> done = history.subList(0, Math.min(history.size(), checkpoint.epochsDone()));
    return with(RunState.RUNNING, done, trace, null, predictor, 0, "");
  }

  /** This run with a newer copy of its model. */
  public Run withPredictor(Predictor newest) {
    return with(state, history, trace, newestBatch, newest, seconds, message);
  }

  /** This run with a newer trace. */
  public Run withTrace(LossTrace newest) {
    return with(state, history, newest, newestBatch, predictor, seconds, message);
  }

  /** Weights and biases that are not exactly 0, as far as it is known. */
  public int nonZeroParameters() {
    return pruning == null || pruning.tuned() == null
        ? experiment.model().parameterCount()
        : pruning.tuned().nonZeroParameters();
  }

  /** Share of its weights that are pruned, 0 to 1, as far as it is known. */
  public double sparsity() {
    long weights = 0;
    int inputs = experiment.model().inputs();
    for (DenseSpec layer : experiment.model().denseLayers()) {
      weights += (long) inputs * layer.units();
      inputs = layer.units();
    }
    return (experiment.model().parameterCount() - nonZeroParameters()) / (double) weights;
  }

  /** Bytes of the values of its network in a file, as far as it is known. */
  public long fileBytes() {
    return pruning == null || pruning.tuned() == null
        ? (long) Float.BYTES * experiment.model().parameterCount()
        : pruning.tuned().fileBytes();
  }

  /** The best accuracy on the validation data so far. */
  public OptionalDouble bestValidationAccuracy() {
    return history.stream()
        .mapToDouble(EpochRecord::validationAccuracy)
        .filter(a -> !Double.isNaN(a))
        .max();
  }

  /** The figures of the last epoch that is done, or null before the first. */
  public @Nullable EpochRecord lastEpoch() {
    return history.isEmpty() ? null : history.get(history.size() - 1);
  }

  /** Share of its batches that are done, 0 to 1. */
  public double progress() {
    if (state == RunState.COMPLETED) {
      return 1;
    }
    if (newestBatch == null || stepsPerEpoch == 0) {
      return 0;
    }
    return (double) newestBatch.step() / ((double) stepsPerEpoch * experiment.training().epochs());
  }

  private static RunState stateAfter(TrainingResult.Outcome outcome) {
    return switch (outcome) {
      case COMPLETED -> RunState.COMPLETED;
      case STOPPED_EARLY -> RunState.STOPPED_EARLY;
      case CANCELLED -> RunState.CANCELLED;
      case DIVERGED -> RunState.DIVERGED;
    };
  }

  private Run withState(RunState newState, String newMessage) {
    return with(newState, history, trace, newestBatch, predictor, seconds, newMessage);
  }

  private Run with(
      RunState newState,
      List<EpochRecord> newHistory,
      LossTrace newTrace,
      @Nullable BatchCompleted newBatch,
      @Nullable Predictor newPredictor,
      double newSeconds,
      String newMessage) {
    return new Run(
        id,
        experiment,
        newState,
        trainRows,
        stepsPerEpoch,
        newHistory,
        newTrace,
        newBatch,
        newPredictor,
        newSeconds,
        newMessage,
        pruning,
        note);
  }
}
