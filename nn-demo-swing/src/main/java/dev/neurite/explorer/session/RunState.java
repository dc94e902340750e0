package dev.neurite.explorer.session;

import dev.neurite.nn.train.TrainingResult.Outcome;

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

  /** The state of a run that ended so. */
  public static RunState after(Outcome outcome) {
    return switch (outcome) {
      case COMPLETED -> COMPLETED;
      case STOPPED_EARLY -> STOPPED_EARLY;
      case CANCELLED -> CANCELLED;
      case DIVERGED -> DIVERGED;
    };
  }

  /** How training ended, for the record; whatever has no end of its own was cancelled. */
  public Outcome outcome() {
    return switch (this) {
      case COMPLETED -> Outcome.COMPLETED;
      case STOPPED_EARLY -> Outcome.STOPPED_EARLY;
      case DIVERGED -> Outcome.DIVERGED;
      case RUNNING, PAUSED, CANCELLED, FAILED -> Outcome.CANCELLED;
    };
  }
}
