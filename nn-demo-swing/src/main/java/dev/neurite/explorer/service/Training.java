package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.EpochRecord;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands to training; each is given on the event thread and returns at once. */
public interface Training {
  /** How a run begins. */
  enum Beginning {
    /** It trains. */
    RUN,
    /** It trains one batch and waits. */
    ONE_BATCH
  }

  /**
   * Begins a run.
   *
   * @param receiver hears of it on the event thread
   * @throws IllegalStateException if another run is still going on
   */
  void start(
      Experiment experiment, DataSplit data, Beginning beginning, Consumer<RunProgress> receiver);

  /**
   * Begins a run that prunes a network and trains it again.
   *
   * @param parent the network; it stays as it is
   * @param receiver hears of it on the event thread
   * @throws IllegalStateException if another run is still going on
   */
  void prune(PruningOrder order, Predictor parent, DataSplit data, Consumer<RunProgress> receiver);

  /**
   * Goes on with a run that was interrupted.
   *
   * @param experiment what the run does
   * @param checkpoint from where
   * @param order what it prunes, or null if it does not
   * @param history its epochs up to the checkpoint
   * @param receiver hears of it on the event thread
   * @throws IllegalStateException if another run is still going on
   */
  void goOn(
      Experiment experiment,
      Checkpoint checkpoint,
      @Nullable PruningOrder order,
      List<EpochRecord> history,
      DataSplit data,
      Consumer<RunProgress> receiver);

  /** Lets the run wait after the batch that runs now. */
  void pause();

  /** Lets the run go on. */
  void resume();

  /** Runs one batch and waits. */
  void step();

  /**
   * Somebody begins or ends to look at what the network in training answers. While nobody does, its
   * copies come less often.
   */
  void watch(boolean watched);

  /** Ends the run after the batch that runs now; its model is kept. */
  void stop();
}
