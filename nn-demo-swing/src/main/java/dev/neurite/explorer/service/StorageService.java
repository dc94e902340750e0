package dev.neurite.explorer.service;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Works on the {@code storage} thread. */
public final class StorageService implements Storage, AutoCloseable {
  private final EventThread eventThread;
  private final Worker worker = new Worker("storage");

  /**
   * A service without work; the thread starts with the first.
   *
   * @param eventThread where results go
   */
  public StorageService(EventThread eventThread) {
    this.eventThread = eventThread;
  }

  @Override
  public <T> void run(Callable<T> work, Consumer<T> receiver, Consumer<String> failed) {
    worker.expectAnswer();
    worker.execute(
        () -> {
          T result;
          try {
            result = work.call();
          } catch (Exception | OutOfMemoryError e) { // the user is told; the thread lives on
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            worker.answer(eventThread, () -> failed.accept(reason));
            return;
          }
          worker.answer(eventThread, () -> receiver.accept(result));
        });
  }

  /** Whether every request has been answered. */
  public boolean isAtRest() {
    return worker.isAtRest();
  }

  /** Ends the thread after all that it was given; returns at once. */
  @Override
  public void close() {
    worker.end();
  }

  /**
   * Waits until the thread has ended; not for the event thread.
   *
   * @return whether it has
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return worker.awaitEnd(longest);
  }
}
