package dev.neurite.nn.model;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads of the common pool that help callers with work in parts. After it they stay for a moment,
 * because the next batch often follows at once, and a thread that sleeps takes up to a millisecond
 * to come.
 *
 * <p>Any number of callers at a time. Nobody waits for a thread that has not come: what it would
 * have done, the caller does.
 */
final class BatchHelpers {
  private static final long STAY_NANOS = 50_000;

  /** The newest work that may be helped with, or null. */
  private final AtomicReference<@Nullable SharedWork> newest = new AtomicReference<>();

  private final AtomicInteger staying = new AtomicInteger();

  /**
   * Runs work on this thread and, as they come, on others; returns when all of them are out of it.
   *
   * @param work takes parts until none is left; may run on several threads at a time
   * @param helpers largest number of other threads
   * @throws RuntimeException the first failure on any thread
   */
  void run(Runnable work, int helpers) {
    SharedWork shared = new SharedWork(work, helpers);
    newest.set(shared);
    for (int i = staying.get(); i < helpers; i++) {
      ForkJoinPool.commonPool().execute(() -> help(shared));
    }
    try {
      work.run();
    } finally {
      newest.compareAndSet(shared, null);
      shared.close();
    }
    shared.throwFailure();
  }

  private void help(SharedWork first) {
    SharedWork work = first;
    while (work != null) {
      work.help();
      work = awaitOther(work);
    }
  }

  /** The next work, or null if none comes soon. */
  private @Nullable SharedWork awaitOther(SharedWork done) {
    staying.incrementAndGet();
    try {
      long since = System.nanoTime();
      do {
        SharedWork next = newest.get();
        if (next != null && next != done) {
          return next;
        }
        Thread.onSpinWait();
      } while (System.nanoTime() - since < STAY_NANOS);
      return null;
    } finally {
      staying.decrementAndGet();
    }
  }

  /** Work, and who is at it. */
  private static final class SharedWork {
    private static final int CLOSED = -1;
    private static final int SPINS = 20_000;

    private final Runnable work;
    private final int helpers;
    private final AtomicInteger helping = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    SharedWork(Runnable work, int helpers) {
      this.work = work;
      this.helpers = helpers;
    }

    void help() {
      if (!enter()) {
        return;
      }
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        helping.decrementAndGet();
      }
    }

    private boolean enter() {
      int present = helping.get();
      while (present != CLOSED && present < helpers) {
        if (helping.compareAndSet(present, present + 1)) {
          return true;
        }
        present = helping.get();
      }
      return false;
    }

    /** Lets nobody in any more and waits until all are out. */
    void close() {
      for (int spins = 0; !helping.compareAndSet(0, CLOSED); spins++) {
        Thread.onSpinWait();
        if (spins > SPINS) {
          Thread.yield();
        }
      }
    }

    void throwFailure() {
      Throwable thrown = failure.get();
      if (thrown instanceof RuntimeException e) {
        throw e;
      } else if (thrown instanceof Error e) {
        throw e;
      }
    }
  }
}
