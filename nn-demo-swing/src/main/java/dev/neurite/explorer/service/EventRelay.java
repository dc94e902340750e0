package dev.neurite.explorer.service;

import dev.neurite.explorer.session.LossTrace;
import dev.neurite.nn.train.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Brings what a run says from the trainer thread to the event thread.
 *
 * <p>The trainer never waits for the event thread: it leaves an event and goes on. Of batches and
 * of frozen models only the newest is kept; the losses of all batches go into the trace, and every
 * other event arrives, in order. The event thread is bothered at most once in a period.
 */
public final class EventRelay {
  private static final int TRACE_POINTS = 600;
  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  private final EventThread eventThread;
  private final LongSupplier nanoClock;
  private final LongSupplier periodMilliseconds;
  private final Consumer<RunProgress> receiver;

  private final Object lock = new Object();
  private final List<RunEvent> pending = new ArrayList<>();
  private final LossBuckets losses = new LossBuckets(TRACE_POINTS);
  private boolean deliveryIsDue;

  /** When the last delivery was; only the event thread uses it. */
  private long lastNanos;

  private boolean delivered;

  /**
   * A relay for one run.
   *
   * @param eventThread the way to the event thread
   * @param nanoClock a clock like {@link System#nanoTime}
   * @param periodMilliseconds shortest time between two deliveries, asked on the event thread
   * @param receiver called on the event thread
   */
  public EventRelay(
      EventThread eventThread,
      LongSupplier nanoClock,
      LongSupplier periodMilliseconds,
      Consumer<RunProgress> receiver) {
    this.eventThread = eventThread;
    this.periodMilliseconds = periodMilliseconds;
    this.nanoClock = nanoClock;
    this.receiver = receiver;
  }

  /** Takes an event; called on the trainer thread, returns at once. */
  public void offer(RunEvent event) {
    boolean ask;
    synchronized (lock) { // held for a few assignments, or for a copy of the trace
      if (isBatch(event)) {
        losses.add((TrainingEvent.BatchCompleted) ((RunEvent.Trained) event).event());
        pending.removeIf(EventRelay::isBatch);
      } else if (event instanceof RunEvent.Frozen) {
        pending.removeIf(RunEvent.Frozen.class::isInstance);
      } else if (event instanceof RunEvent.Checkpointed) {
        pending.removeIf(RunEvent.Checkpointed.class::isInstance);
      } else if (event instanceof RunEvent.Observed) {
        pending.removeIf(RunEvent.Observed.class::isInstance);
      }
      pending.add(event);
      ask = !deliveryIsDue;
      deliveryIsDue = true;
    }
    if (ask) {
      eventThread.execute(this::deliverWhenTime);
    }
  }

  private static boolean isBatch(RunEvent event) {
    return event instanceof RunEvent.Trained trained
        && trained.event() instanceof TrainingEvent.BatchCompleted;
  }

  private void deliverWhenTime() {
    long waited = (nanoClock.getAsLong() - lastNanos) / NANOS_PER_MILLISECOND;
    long period = periodMilliseconds.getAsLong();
    if (delivered && waited < period) {
      eventThread.executeLater(period - waited, this::deliver);
    } else {
      deliver();
    }
  }

  private void deliver() {
    List<RunEvent> events;
    LossTrace trace;
    synchronized (lock) {
      events = List.copyOf(pending);
      pending.clear();
      trace = losses.trace();
      deliveryIsDue = false;
    }
    lastNanos = nanoClock.getAsLong();
    delivered = true;
    receiver.accept(new RunProgress(events, trace));
  }
}
