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

  /** After this time a thread goes back to its pool, however much there is to do. */
  private static final long LONGEST_NANOS = 100_000_000;

  private final Executor pool;
  private final long stayNanos;
  private final long longestNanos;

  /** The newest work that may be helped with, or null. */
  private final AtomicReference<@Nullable SharedWork> newest = new AtomicReference<>();

  /** Threads that look for work or will: asked for and not here yet, or staying. */
  private final AtomicInteger free = new AtomicInteger();

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
      callFor(shared);
      work.run();
    } finally {
      newest.compareAndSet(shared, null);
      shared.close();
    }
    shared.throwFailure();
  }

  /**
   * Asks the pool for the threads that are missing. One that has taken the work is counted before
   * it is no longer free, so none is called in its place; nor in that of one that is out again.
   */
  private void callFor(SharedWork work) {
    int called = 0;
    int waiting = free.get();
    while (called < work.others && waiting + work.helping() < work.others) {
      if (free.compareAndSet(waiting, waiting + 1)) {
        called++;
        try {
          pool.execute(this::serve);
        } catch (RejectedExecutionException e) { // without help it takes longer
          free.decrementAndGet();
          return;
        }
      }
      waiting = free.get();
    }
  }

  private void serve() {
    long start = System.nanoTime();
    SharedWork done = null;
    do {
      SharedWork work = awaitOther(done);
      boolean stays = work != null && work.help(free);
      done = work == null ? done : work;
      if (!stays && leaves(done)) {
        return;
      }
    } while (System.nanoTime() - start < longestNanos);
    free.decrementAndGet();
  }

  /** Whether this thread may go: not if a caller may just have counted on it. */
  private boolean leaves(@Nullable SharedWork done) {
    free.decrementAndGet();
    if (other(done) == null) {
      return true;
    }
    free.incrementAndGet();
    return false;
  }

  /** The next work, or null if none comes soon. */
  private @Nullable SharedWork awaitOther(@Nullable SharedWork done) {
    long start = System.nanoTime();
    SharedWork next = other(done);
    while (next == null
        && System.nanoTime() - start < stayNanos
        && !Thread.currentThread().isInterrupted()) {
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

    /** Threads that are at it besides the caller. */
    int helping() {
      return Math.max(0, helping.get());
    }

    /**
     * Helps if there is still something to do.
     *
     * @param free counts the calling thread but while it helps
     * @return false if there are as many threads at it as may be
     */
    boolean help(AtomicInteger free) {
      int inside = helping.get();
      while (inside != CLOSED && inside < others) {
        if (helping.compareAndSet(inside, inside + 1)) {
          free.decrementAndGet();
          runHere();
          free.incrementAndGet();
          helping.decrementAndGet();
          return true;
        }
        inside = helping.get();
      }
      return inside == CLOSED;
    }

    private void runHere() {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
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
