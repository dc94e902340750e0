package dev.neurite.nn.train;

/**
 * Commands to a run, from any thread; they take effect before the next batch.
 *
 * <p>A cancelled control stays cancelled.
 */
public final class TrainingControl {
  private enum State {
    RUNNING,
    PAUSED,
    ONE_STEP,
    CANCELLED
  }

  private volatile State state = State.RUNNING;

  /** Waits after the batch that runs now. */
  public void pause() {
    change(State.PAUSED);
  }

  /** Goes on after a pause. */
  public void resume() {
    change(State.RUNNING);
  }

  /** Runs one batch, then waits. */
  public void step() {
    change(State.ONE_STEP);
  }

  /** Ends the run after the batch that runs now; the model keeps what it has learned. */
  public void cancel() {
    change(State.CANCELLED);
  }

  /** Whether the run waits or will wait after the batch that runs now. */
  public boolean isPaused() {
    return state == State.PAUSED || state == State.ONE_STEP;
  }

  /** Whether {@link #cancel} was called. */
  public boolean isCancelled() {
    return state == State.CANCELLED;
  }

  private synchronized void change(State next) {
    if (state != State.CANCELLED) {
      state = next;
      notifyAll();
    }
  }

  /** Whether the trainer would have to wait now. */
  boolean mustWait() {
    return state == State.PAUSED;
  }

  /**
   * Waits while paused and takes the permission for one batch.
   *
   * @return whether the next batch may run; false once cancelled or interrupted
   */
  boolean awaitBatch() {
    if (state == State.RUNNING) {
      return true;
    }
    synchronized (this) {
      while (state == State.PAUSED) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          state = State.CANCELLED;
        }
      }
      if (state == State.ONE_STEP) {
        state = State.PAUSED;
        return true;
      }
      return state == State.RUNNING;
    }
  }
}
