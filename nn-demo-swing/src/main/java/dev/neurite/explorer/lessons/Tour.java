package dev.neurite.explorer.lessons;

/** Does the steps of the tour with the user; on the event thread. */
public interface Tour {
  /** Fills in the form for a step and begins it. */
  void begin(TourStep step);

  /** Whether a step can be begun now. */
  boolean canBegin(TourStep step);
}
