package dev.neurite.explorer.session;

import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingEvent.BatchCompleted;
import dev.neurite.nn.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
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
 * @param size how much of its network is there, where it was looked at, or null
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
    String note,
    @Nullable NetworkSize size) {
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
        "",
        null);
  }

  /** The name for people, unique in the session. */
  public String name() {
    return id.number() + " " + experiment.name();
  }

  /** This run after something it said. */
  public Run after(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      return with(
          p -> {
            p.state = RunState.RUNNING;
            p.trainRows = started.trainRows();
            p.stepsPerEpoch = started.stepsPerEpoch();
          });
    } else if (event instanceof BatchCompleted batch) {
      return with(p -> p.newestBatch = batch);
    } else if (event instanceof TrainingEvent.EpochCompleted epoch) {
      List<EpochRecord> longer = new ArrayList<>(history);
      longer.add(epoch.record());
      return with(p -> p.history = longer);
    } else if (event instanceof TrainingEvent.Paused) {
      return with(p -> p.state = RunState.PAUSED);
    } else if (event instanceof TrainingEvent.Resumed) {
      return with(p -> p.state = RunState.RUNNING);
    } else if (event instanceof TrainingEvent.Ended ended) {
      TrainingResult result = ended.result();
      return with(
          p -> {
            p.state = RunState.after(result.outcome());
            p.history = result.history();
            p.seconds = result.seconds();
            p.message = result.message();
          });
    }
    throw new IllegalArgumentException("unknown event " + event);
  }

  /** This run after something broke. */
  public Run failed(String reason) {
    return with(
        p -> {
          p.state = RunState.FAILED;
          p.message = reason;
        });
  }

  /** This run under another name; what it does stays. */
  public Run withExperiment(Experiment renamed) {
    return with(p -> p.experiment = renamed);
  }

  /** This run with what the user wrote about it. */
  public Run withNote(String newNote) {
    return with(p -> p.note = newNote);
  }

  /** This run with what has come of pruning. */
  public Run withPruning(PruningRecord newest) {
    return with(p -> p.pruning = newest);
  }

  /** This run as it goes on from a checkpoint. */
  public Run resumed(Checkpoint checkpoint) {
    return with(
        p -> {
          p.state = RunState.RUNNING;
          p.history = history.subList(0, Math.min(history.size(), checkpoint.epochsDone()));
          p.newestBatch = null;
          p.seconds = 0;
          p.message = "";
          p.size = null;
        });
  }

  /** This run with a newer copy of its model. */
  public Run withPredictor(Predictor newest) {
    return with(p -> p.predictor = newest);
  }

  /** This run with a newer trace. */
  public Run withTrace(LossTrace newest) {
    return with(p -> p.trace = newest);
  }

  /** Weights and biases that are not exactly 0, as far as it is known. */
  public int nonZeroParameters() {
    if (pruning != null && pruning.tuned() != null) {
      return pruning.tuned().nonZeroParameters();
    }
    return size == null ? experiment.model().parameterCount() : size.nonZeroParameters();
  }

  /** Whether it prunes, or its network is known to be pruned. */
  public boolean isPruned() {
    return pruning != null || (size != null && size.prunedWeights() > 0);
  }

  /** Share of its weights that are pruned, 0 to 1, as far as it is known. */
  public double sparsity() {
    int pruned =
        pruning == null && size != null
            ? size.prunedWeights()
            : experiment.model().parameterCount() - nonZeroParameters();
    return pruned / (double) experiment.model().weightCount();
  }

  /** Bytes of the values of its network in a file, as far as it is known. */
  public long fileBytes() {
    if (pruning != null && pruning.tuned() != null) {
      return pruning.tuned().fileBytes();
    }
    return size == null
        ? (long) Float.BYTES * experiment.model().parameterCount()
        : size.fileBytes();
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

  /** This run with some of its parts changed. */
  private Run with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.run();
  }

  /** What can change of a run, while it is being changed. */
  private static final class Parts {
    private final Run run;
    private Experiment experiment;
    private RunState state;
    private int trainRows;
    private int stepsPerEpoch;
    private List<EpochRecord> history;
    private LossTrace trace;
    private @Nullable BatchCompleted newestBatch;
    private @Nullable Predictor predictor;
    private double seconds;
    private String message;
    private @Nullable PruningRecord pruning;
    private String note;
    private @Nullable NetworkSize size;

    Parts(Run run) {
      this.run = run;
      experiment = run.experiment;
      state = run.state;
      trainRows = run.trainRows;
      stepsPerEpoch = run.stepsPerEpoch;
      history = run.history;
      trace = run.trace;
      newestBatch = run.newestBatch;
      predictor = run.predictor;
      seconds = run.seconds;
      message = run.message;
      pruning = run.pruning;
      note = run.note;
      size = run.size;
    }

    Run run() {
      return new Run(
          run.id,
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
          note,
          size);
    }
  }
}
