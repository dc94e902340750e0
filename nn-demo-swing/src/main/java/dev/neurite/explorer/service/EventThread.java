package dev.neurite.explorer.service;

/** The way to the event thread, from any thread; neither method waits. */
public interface EventThread {
  /** Runs a task on the event thread, after those that were given before. */
  void execute(Runnable task);

  /**
   * Runs a task on the event thread, later; called on the event thread.
   *
   * @param milliseconds how much later, at least 0
   */
  void executeLater(long milliseconds, Runnable task);
}
