package dev.neurite.explorer.app;

import dev.neurite.explorer.ui.Painting;
import java.awt.EventQueue;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Posts a small task to the event thread every few milliseconds and notes how long each has waited:
 * what a click or a key stroke would have waited. Of the longest waits it notes what the event
 * thread did.
 */
final class EventThreadProbe implements AutoCloseable {
  private static final long PERIOD_MILLISECONDS = 5;
  private static final double NANOS_PER_MILLISECOND = 1e6;

  /** What has waited so long is worth a look. */
  private static final double LONG_MILLISECONDS = 40;

  private static final int STALLS_KEPT = 6;
  private static final int FRAMES = 24;

  /**
   * A long wait and what the event thread did meanwhile. Little processor time means that other
   * threads had the processors, or that the event thread slept.
   *
   * @param milliseconds what an event has waited
   * @param processorMilliseconds of the processor that the event thread had
   * @param processMilliseconds of processors that all threads of the process had
   * @param collectionMilliseconds that collections took
   * @param seconds since the probe began
   * @param stacks what the event thread was at, in turns
   */
  record Stall(
      double milliseconds,
      double processorMilliseconds,
      double processMilliseconds,
      long collectionMilliseconds,
      double seconds,
      List<String> stacks) {
    @Override
    public String toString() {
      return "waited %.1f ms at %.1f s: event thread %.1f ms of processor, process %.1f, collections %d ms%n%s"
          .formatted(
              milliseconds,
              seconds,
              processorMilliseconds,
              processMilliseconds,
              collectionMilliseconds,
              String.join("  --\n", stacks));
    }
  }

  /**
   * How long events waited.
   *
   * @param milliseconds of each event, ascending
   * @param stalls the longest waits, the longest first
   */
  record Waits(double[] milliseconds, List<Stall> stalls) {
    /** The share of events that waited no longer than this. */
    double shareWithin(double limitMilliseconds) {
      long within = Arrays.stream(milliseconds).filter(m -> m <= limitMilliseconds).count();
      return (double) within / milliseconds.length;
    }

    /** The longest wait. */
    double longest() {
      return milliseconds[milliseconds.length - 1];
    }

    /** The wait that this share of events does not exceed. */
    double quantile(double share) {
      return milliseconds[(int) Math.min(milliseconds.length - 1, share * milliseconds.length)];
    }

    /** What the event thread did in the longest waits. */
    String diagnosis() {
      return stalls.stream().map(Stall::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
      return "%,d events: median %.2f ms, 99 %% %.1f ms, longest %.1f ms, within 30 ms %.2f %%"
          .formatted(
              milliseconds.length, quantile(0.5), quantile(0.99), longest(), 100 * shareWithin(30));
    }
  }

  private final Thread poster = new Thread(this::post, "event-probe");
  private final Thread watcher = new Thread(this::watch, "event-probe-stacks");
  private final Thread eventThread = Painting.onEventThread(Thread::currentThread);
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final com.sun.management.OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final Queue<String> stacks = new ConcurrentLinkedQueue<>();
  private final List<Stall> stalls = new ArrayList<>();
  private final long begun = System.nanoTime();
  private double[] waits = new double[1 << 16];
  private int count;
  private volatile boolean closed;

  /** When the event thread answered last; what has waited since then waits for it. */
  private volatile long answeredNanos = System.nanoTime();

  private long processorNanos;
  private long processNanos;
  private long collected;

  /** Begins to measure. */
  static EventThreadProbe begin() {
    EventThreadProbe probe = new EventThreadProbe();
    probe.poster.setDaemon(true);
    probe.watcher.setDaemon(true);
    probe.poster.start();
    probe.watcher.start();
    return probe;
  }

  /**
   * Posts a task for every moment that was due: where a collection stopped this thread too, a user
   * would have waited all the same.
   */
  private void post() {
    long period = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLISECONDS);
    long due = System.nanoTime();
    while (!closed) {
      for (; System.nanoTime() >= due; due += period) {
        long posted = due;
        EventQueue.invokeLater(() -> note(posted));
      }
      try {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Looks at what the event thread does while it does not answer. */
  private void watch() {
    while (!closed) {
      if ((System.nanoTime() - answeredNanos) / NANOS_PER_MILLISECOND > LONG_MILLISECONDS / 2) {
        stacks.add(
            Arrays.stream(eventThread.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "    " + frame + "\n")
                .collect(Collectors.joining()));
      }
      try {
        Thread.sleep(PERIOD_MILLISECONDS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void note(long posted) {
    long now = System.nanoTime();
    double milliseconds = (now - posted) / NANOS_PER_MILLISECOND;
    double unanswered = (now - answeredNanos) / NANOS_PER_MILLISECOND;
    answeredNanos = now;
    long processorNow = threads.getCurrentThreadCpuTime();
    long processNow = process.getProcessCpuTime();
    long collectedNow =
        collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
    if (count > 0 && milliseconds > LONG_MILLISECONDS && unanswered > LONG_MILLISECONDS / 2) {
      stalls.add(
          new Stall(
              milliseconds,
              (processorNow - processorNanos) / NANOS_PER_MILLISECOND,
              (processNow - processNanos) / NANOS_PER_MILLISECOND,
              collectedNow - collected,
              (now - begun) / NANOS_PER_MILLISECOND / 1000,
              List.copyOf(stacks)));
      stalls.sort(Comparator.comparingDouble(Stall::milliseconds).reversed());
      if (stalls.size() > STALLS_KEPT) {
        stalls.remove(STALLS_KEPT);
      }
    }
    stacks.clear();
    processorNanos = processorNow;
    processNanos = processNow;
    collected = collectedNow;
    if (count == waits.length) {
      waits = Arrays.copyOf(waits, 2 * count);
    }
    waits[count++] = milliseconds;
  }

  /** What was measured so far. */
  synchronized Waits waits() {
    double[] sorted = Arrays.copyOf(waits, count);
    Arrays.sort(sorted);
    return new Waits(sorted, List.copyOf(stalls));
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    poster.join();
    watcher.join();
  }
}
