package dev.neurite.nn.train;

/** Hears what a run says, on the thread that runs it; it should return quickly. */
@FunctionalInterface
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = event -> {};

  /** Something happened. */
  void on(TrainingEvent event);
}
