package dev.neurite.mnist.cli;

import dev.neurite.nn.train.TrainingControl;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, a process that is ended from outside stops its run and waits until what was
 * done is saved.
 */
final class InterruptHook implements AutoCloseable {
  /** Longest time that an interrupted process waits until all is saved, in seconds. */
  private static final int SAVE_SECONDS = 20;

  private final String command;
  private final TrainingControl control;
  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "nn-interrupt");

  /**
   * Begins to listen.
   *
   * @param command for messages, for example {@code nn train}
   * @param control of the run to stop
   */
  InterruptHook(String command, TrainingControl control) {
    this.command = command;
    this.control = control;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopAndWait() {
    control.cancel();
    try {
      if (!saved.await(SAVE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(command + ": not everything could be saved in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that everything is saved. */
  @Override
  public void close() {
    saved.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook is running and has been told.
    }
  }
}
