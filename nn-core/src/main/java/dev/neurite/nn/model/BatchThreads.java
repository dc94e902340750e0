package dev.neurite.nn.model;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads of a pool that share batches with their callers. After a batch they stay for a moment,
 * because the next one often follows at once, and a thread that sleeps takes up to a millisecond to
 * come; but not for long, for the pool is there for others too.
 *
 * <p>Any number of callers at a time; the newest batch is the one that is helped with. Nobody waits
 * for a thread that has not come: what it would have done, the caller does.
 */
final class BatchThreads {
  private static final long STAY_NANOS = 50_000;

  private static final long LONGEST_NANOS = 100_000_000;

  private final Executor pool;
  private final long stayNanos;
  private final long longestNanos;

  /** The newest work that may be helped with, or null. */
  private final AtomicReference<@Nullable SharedWork> newest = new AtomicReference<>();

  /** Threads that look for work or will: asked for and not here yet, helping, staying. */
  private final AtomicInteger present = new AtomicInteger();

  /** With the threads of the common pool. */
  BatchThreads() {
    this(ForkJoinPool.commonPool(), STAY_NANOS, LONGEST_NANOS);
  }

  /**
   * With the threads of a pool.
   *
   * @param stayNanos how long they stay after a batch
   * @param longestNanos after how long a thread goes back to its pool, however much there is to do
   */
  BatchThreads(Executor pool, long stayNanos, long longestNanos) {
    this.pool = pool;
    this.stayNanos = stayNanos;
    this.longestNanos = longestNanos;
  }

  /**
   * Runs work on this thread and, as they come, on others; returns when all of them are out of it.
   *
   * @param work takes parts until none is left; may run on several threads at a time
   * @param others largest number of other threads; none from 0 down
   * @throws RuntimeException the failure on this thread, or else the first of the others
   */
  void run(Runnable work, int others) {
    if (others <= 0) {
      work.run();
      return;
    }
    SharedWork shared = new SharedWork(work, others);
    newest.set(shared); // before the threads are counted: one that leaves looks once more
    try {
      call(others);
      work.run();
    } finally {
      newest.compareAndSet(shared, null);
      shared.close();
    }
    shared.throwFailure();
  }

  private void call(int others) {
    int missing = others - present.get();
    for (int i = 0; i < missing && callOne(); i++) {}
  }

  private boolean callOne() {
    present.incrementAndGet();
    try {
      pool.execute(this::serve);
      return true;
    } catch (RejectedExecutionException e) { // without help it takes longer
      present.decrementAndGet();
      return false;
    }
  }

  private void serve() {
    long start = System.nanoTime();
    SharedWork done = null;
    SharedWork work = awaitOther(null);
    while (work != null) {
      work.help();
      done = work;
      work = System.nanoTime() - start < longestNanos ? awaitOther(done) : null;
    }
    present.decrementAndGet();
    if (other(done) != null) { // its caller may still have counted on this thread
      callOne();
    }
  }

  /** The next work, or null if none comes soon. */
  private @Nullable SharedWork awaitOther(@Nullable SharedWork done) {
    long start = System.nanoTime();
    SharedWork next = other(done);
    while (next == null && System.nanoTime() - start < stayNanos) {
      Thread.onSpinWait();
      next = other(done);
    }
    return next;
  }

  private @Nullable SharedWork other(@Nullable SharedWork done) {
    SharedWork work = newest.get();
    return work == done ? null : work;
  }

  /** Work, and who is at it. */
  private static final class SharedWork {
    private static final int CLOSED = -1;
    private static final int SPINS = 20_000;

    private final Runnable work;
    private final int others;
    private final AtomicInteger helping = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    SharedWork(Runnable work, int others) {
      this.work = work;
      this.others = others;
    }

    /** Helps, if it is let in. */
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
      while (present != CLOSED && present < others) {
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
