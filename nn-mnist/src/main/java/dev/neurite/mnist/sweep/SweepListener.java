package dev.neurite.mnist.sweep;

import dev.neurite.nn.train.TrainingEvent;

/** Hears of a sweep: one call at a time, on the threads that train. */
public interface SweepListener {
  /** A training said something. */
  void on(Trial trial, TrainingEvent event);

  /** A trial has ended and is in the journal. */
  void on(Trial trial, TrialRecord record);
}
