package dev.neurite.explorer.app;

import java.awt.EventQueue;
import java.util.Arrays;

/**
 * Posts a small task to the event thread every few milliseconds and notes how long each has waited:
 * what a click or a key stroke would have waited.
 */
final class EventThreadProbe implements AutoCloseable {
  private static final long PERIOD_MILLISECONDS = 5;
  private static final double NANOS_PER_MILLISECOND = 1e6;

  /**
   * How long events waited.
   *
   * @param milliseconds of each event, ascending
   */
  record Waits(double[] milliseconds) {
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

    @Override
    public String toString() {
      return "%,d events: median %.2f ms, 99 %% %.1f ms, longest %.1f ms, within 30 ms %.2f %%"
          .formatted(
              milliseconds.length, quantile(0.5), quantile(0.99), longest(), 100 * shareWithin(30));
    }
  }

  private final Thread poster = new Thread(this::post, "event-probe");
  private double[] waits = new double[1 << 16];
  private int count;
  private volatile boolean closed;

  /** Begins to measure. */
  static EventThreadProbe begin() {
    EventThreadProbe probe = new EventThreadProbe();
    probe.poster.setDaemon(true);
    probe.poster.start();
    return probe;
  }

  private void post() {
    while (!closed) {
      long posted = System.nanoTime();
      EventQueue.invokeLater(() -> note((System.nanoTime() - posted) / NANOS_PER_MILLISECOND));
      try {
        Thread.sleep(PERIOD_MILLISECONDS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void note(double milliseconds) {
    if (count == waits.length) {
      waits = Arrays.copyOf(waits, 2 * count);
    }
    waits[count++] = milliseconds;
  }

  /** What was measured so far. */
  synchronized Waits waits() {
    double[] sorted = Arrays.copyOf(waits, count);
    Arrays.sort(sorted);
    return new Waits(sorted);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    poster.join();
  }
}
