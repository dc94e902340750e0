package dev.neurite.explorer.service;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One daemon thread that does one task after another; it starts with the first. */
final class Worker {
  private final ExecutorService tasks;
  private volatile @Nullable Thread thread;
  private final AtomicInteger unanswered = new AtomicInteger();

  /**
   * A worker that has not started.
   *
   * @param name of its thread
   */
  Worker(String name) {
    tasks =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread started = daemon(work, name);
              thread = started;
              return started;
            });
  }

  /** A daemon thread that has not started. */
  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Takes a task; after {@link #end} it is dropped. */
  void execute(Runnable task) {
    if (!tasks.isShutdown()) {
      tasks.execute(task);
    }
  }

  /**
   * Notes a request whose answer will be {@linkplain #answer given} or {@linkplain #forget not}.
   */
  void expectAnswer() {
    unanswered.incrementAndGet();
  }

  /** Gives the answer to a request on the event thread. */
  void answer(EventThread eventThread, Runnable answer) {
    eventThread.execute(
        () -> {
          try {
            answer.run();
          } finally {
            unanswered.decrementAndGet();
          }
        });
  }

  /** A request will not be answered: a newer one stands in its place. */
  void forget() {
    unanswered.decrementAndGet();
  }

  /** Whether all requests have been answered. */
  boolean isAtRest() {
    return unanswered.get() == 0;
  }

  /** Takes no more tasks; the thread ends after those that it has. */
  void end() {
    tasks.shutdown();
  }

  /** Waits until the thread itself has ended, not only its last task. */
  boolean awaitEnd(Duration longest) throws InterruptedException {
    if (!tasks.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    Thread last = thread;
    if (last != null) {
      last.join(longest.toMillis());
    }
    return last == null || !last.isAlive();
  }
}
