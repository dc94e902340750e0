package dev.neurite.nn.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fixed group of threads that share ranges of outputs; the calling thread is one of them.
 *
 * <p>One caller at a time. With one thread nothing is started and nothing waits. The helpers are
 * daemon threads; they spin for a moment after each task, because the next one usually follows
 * within microseconds, then sleep until called. What a helper has not begun when the caller is done
 * with its own part, the caller does too, rather than wait for the helper to wake up. {@link
 * #close()} ends them.
 */
public final class Workers implements AutoCloseable {
  /** Splits fall on multiples of this, so that vector loops have no needless tails. */
  private static final int ALIGNMENT = 32;

  private static final long SPIN_NANOS = 50_000;

  /** A helper ends within microseconds, unless it is still at work. */
  private static final long LONGEST_END_MILLISECONDS = 500;

  private final Kernels own;
  private final Helper[] helpers;
  private volatile boolean closed;

  /**
   * Makes the group and starts its helpers.
   *
   * @param threads number of threads with the caller, at least 1
   * @param kernels makes the arithmetic of one thread
   * @throws IllegalArgumentException if {@code threads} is below 1
   */
  public Workers(int threads, Supplier<Kernels> kernels) {
    if (threads < 1) {
      throw new IllegalArgumentException("needs at least 1 thread, received " + threads);
    }
    own = kernels.get();
    helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(kernels.get(), i + 1);
      helpers[i].start();
    }
  }

  /** Number of threads, with the caller. */
  public int threads() {
    return helpers.length + 1;
  }

  /** The calling thread's arithmetic, for work that is not worth splitting. */
  public Kernels kernels() {
    return own;
  }

  /**
   * Runs a task over {@code [0, size)}, split over the threads where the parts are large enough,
   * and returns when all of it is done.
   *
   * @param task read by every thread that takes part
   * @param size number of outputs; 0 runs nothing
   * @param smallestPart a part below this size is not worth another thread
   * @throws RuntimeException the first failure of any part
   * @throws IllegalStateException if the group is closed and the work would be split
   */
  public void run(RangeTask task, int size, int smallestPart) {
    int parts = Math.max(1, Math.min(helpers.length + 1, size / Math.max(1, smallestPart)));
    if (parts == 1) {
      if (size > 0) {
        task.run(own, 0, size);
      }
      return;
    }
    if (closed) {
      throw new IllegalStateException("the threads were closed before the work began");
    }
    int called = 0;
    for (int part = 1; part < parts; part++) {
      int from = bound(size, part, parts);
      int to = bound(size, part + 1, parts);
      if (from < to) {
        helpers[called++].call(task, from, to);
      }
    }
    Throwable failure = null;
    try {
      task.run(own, 0, bound(size, 1, parts));
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (int i = 0; i < called; i++) {
      Throwable other = helpers[i].takeBack() ? helpers[i].runTask(own) : helpers[i].await();
      failure = failure == null ? other : failure;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }

  private static int bound(int size, int part, int parts) {
    if (part == parts) {
      return size;
    }
    int exact = (int) ((long) size * part / parts);
    return size < 4 * ALIGNMENT * parts ? exact : exact / ALIGNMENT * ALIGNMENT;
  }

  /**
   * Ends the helper threads and waits a moment for them to be gone; the group must not be used
   * afterwards. Closing twice does nothing.
   */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      helper.end();
    }
    for (Helper helper : helpers) {
      helper.awaitEnd();
    }
  }

  /** A helper thread and the one task it may have. */
  private static final class Helper extends Thread {
    private static final int IDLE = 0;
    private static final int CALLED = 1;
    private static final int BUSY = 2;

    private final Kernels kernels;
    private @Nullable RangeTask task;
    private int from;
    private int to;
    private @Nullable Throwable failure;
    private final AtomicInteger state = new AtomicInteger(IDLE);
    private volatile boolean ended;
    private volatile boolean asleep;

    Helper(Kernels kernels, int number) {
      super("neurite-worker-" + number);
      this.kernels = kernels;
      setDaemon(true);
    }

    void call(RangeTask newTask, int newFrom, int newTo) {
      task = newTask;
      from = newFrom;
      to = newTo;
      failure = null;
      state.set(CALLED);
      if (asleep) {
        LockSupport.unpark(this);
      }
    }

    /** Takes the task back, if it has not begun. */
    boolean takeBack() {
      return state.compareAndSet(CALLED, IDLE);
    }

    /** Waits for the end of the task, which has begun, and returns its failure, if any. */
    @Nullable Throwable await() {
      int spins = 0;
      while (state.get() != IDLE) {
        Thread.onSpinWait();
        if (++spins > 20_000) {
          // The helper may have lost its core to another process: give ours away for a moment.
          Thread.yield();
        }
      }
      return failure;
    }

    void end() {
      ended = true;
      LockSupport.unpark(this);
    }

    void awaitEnd() {
      try {
        join(LONGEST_END_MILLISECONDS);
      } catch (InterruptedException e) {
        currentThread().interrupt(); // it ends all the same, unseen
      }
    }

    @Override
    public void run() {
      long idleSince = System.nanoTime();
      while (!ended) {
        if (state.compareAndSet(CALLED, BUSY)) {
          failure = runTask(kernels);
          state.set(IDLE);
          idleSince = System.nanoTime();
        } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          sleepUntilCalled();
          idleSince = System.nanoTime();
        }
      }
    }

    private void sleepUntilCalled() {
      asleep = true;
      while (state.get() != CALLED && !ended) {
        LockSupport.park(this);
      }
      asleep = false;
    }

    /** Runs the task and returns its failure, if any. */
    @Nullable Throwable runTask(Kernels arithmetic) {
      RangeTask current = task;
      task = null;
      try {
        if (current != null) {
          current.run(arithmetic, from, to);
        }
        return null;
      } catch (RuntimeException | Error e) {
        return e;
      }
    }
  }
}
