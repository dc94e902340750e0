package dev.neurite.mnist.experiment;

import dev.neurite.nn.train.TrainingEvent;

/** Hears of an experiment, on the thread that runs it. */
public interface ExperimentListener {
  /** A training said something. */
  void on(Contender contender, long seed, TrainingEvent event);

  /** A network is trained to its end. */
  void on(TrainedNetwork network);
}
