package dev.neurite.explorer.lessons;

/** The steps of the experiment "start big, train smart, prune", in their order. */
public enum TourStep {
  /** Train a small network. */
  SIMPLE,
  /** Train a large network with dropout and a schedule. */
  WIDE,
  /** Switch most of its weights off. */
  PRUNE
}
