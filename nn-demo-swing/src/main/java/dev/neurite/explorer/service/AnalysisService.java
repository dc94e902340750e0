package dev.neurite.explorer.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes on the {@code analysis} thread, apart from {@code inference}, so that a drawing is
 * answered while ten thousand images are.
 */
public final class AnalysisService implements Analysis, AutoCloseable {
  private final EventThread eventThread;
  private final Worker worker = new Worker("analysis");
  private final Map<String, Runnable> waiting = new LinkedHashMap<>();

  /**
   * A service without a request; the thread starts with the first one.
   *
   * @param eventThread where results go
   */
  public AnalysisService(EventThread eventThread) {
    this.eventThread = eventThread;
  }

  @Override
  public <T> void compute(
      String topic, Supplier<T> work, Consumer<T> receiver, Consumer<String> failed) {
    worker.expectAnswer();
    synchronized (waiting) {
      if (waiting.put(topic, () -> run(work, receiver, failed)) != null) {
        worker.forget();
      }
    }
    worker.execute(this::next);
  }

  private <T> void run(Supplier<T> work, Consumer<T> receiver, Consumer<String> failed) {
    T result;
    try {
      result = work.get();
    } catch (RuntimeException | OutOfMemoryError e) { // the user is told; the thread lives on
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      worker.answer(eventThread, () -> failed.accept(reason));
      return;
    }
    worker.answer(eventThread, () -> receiver.accept(result));
  }

  private void next() {
    @Nullable Runnable task = null;
    synchronized (waiting) {
      var oldest = waiting.entrySet().iterator();
      if (oldest.hasNext()) {
        task = oldest.next().getValue();
        oldest.remove();
      }
    }
    if (task != null) {
      task.run();
    }
  }

  /** Whether every request has been answered. */
  public boolean isAtRest() {
    return worker.isAtRest();
  }

  /** Drops what waits and ends the thread after what it works on; returns at once. */
  @Override
  public void close() {
    synchronized (waiting) {
      waiting.clear();
    }
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
