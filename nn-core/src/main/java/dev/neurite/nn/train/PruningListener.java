package dev.neurite.nn.train;

/** Hears what a pruning run does, on the thread that runs it. */
@FunctionalInterface
public interface PruningListener {
  /** Hears nothing. */
  PruningListener NONE = event -> {};

  /** Something happened. */
  void on(PruningEvent event);
}
