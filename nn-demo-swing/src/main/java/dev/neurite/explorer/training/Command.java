package dev.neurite.explorer.training;

/** What the user can ask of training. */
public enum Command {
  /** Begin a run. */
  START,
  /** Train the planned run once those before it are over. */
  QUEUE,
  /** Wait after this batch. */
  PAUSE,
  /** Go on. */
  RESUME,
  /** Train one batch and wait; begins a run if there is none. */
  STEP,
  /** End the run and keep its model. */
  STOP
}
