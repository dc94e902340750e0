package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Experiment;
import dev.neurite.nn.data.DataSplit;
import java.util.function.Consumer;

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

  /** Lets the run wait after the batch that runs now. */
  void pause();

  /** Lets the run go on. */
  void resume();

  /** Runs one batch and waits. */
  void step();

  /** Ends the run after the batch that runs now; its model is kept. */
  void stop();
}
