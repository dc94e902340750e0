package dev.neurite.explorer.session;

/** Where a run is in its life. */
public enum RunState {
  /** It trains. */
  RUNNING,
  /** It waits between two batches. */
  PAUSED,
  /** All epochs are done. */
  COMPLETED,
  /** It ended before its last epoch because it no longer got better. */
  STOPPED_EARLY,
  /** The user stopped it; the model keeps what it has learned. */
  CANCELLED,
  /** The loss was not finite. */
  DIVERGED,
  /** Something broke. */
  FAILED;

  /** Whether the run can still change. */
  public boolean isActive() {
    return this == RUNNING || this == PAUSED;
  }
}
