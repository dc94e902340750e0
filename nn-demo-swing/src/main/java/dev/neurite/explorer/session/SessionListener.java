package dev.neurite.explorer.session;

/** Hears of changes of the session, on the event thread. */
public interface SessionListener {
  /** Another experiment is planned, or none that is valid. */
  default void plannedChanged() {}

  /** The data came, went, or is on its way. */
  default void dataChanged() {}

  /** Data is wanted that nobody has looked for yet. */
  default void dataWanted(String name) {}

  /** Other experiments wait for the runs before them to end. */
  default void queueChanged() {}

  /** A run was added or changed. */
  default void runChanged(Run run) {}

  /** Another run is looked at. */
  default void selectionChanged() {}

  /** Another digit is looked at, or none. */
  default void digitChanged() {}

  /** Somebody begins or ends to look at what the model says. */
  default void watchedChanged() {}

  /** A run can go on from here if the program is killed. */
  default void checkpointTaken(RunId id, Checkpoint checkpoint) {}

  /** There is a run to be offered back, or no longer. */
  default void offersChanged() {}
}
