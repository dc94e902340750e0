package dev.neurite.explorer.service;

import dev.neurite.explorer.session.DataState;
import dev.neurite.mnist.source.DownloadListener;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Loads images, each data set on a thread that ends with the load. Used on the event thread only;
 * says there how it goes.
 */
public final class DataService implements AutoCloseable {
  private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final DataLoader loader;
  private final EventThread eventThread;
  private final BiConsumer<String, DataState> receiver;
  private final Map<String, Thread> loading = new HashMap<>();

  /**
   * A service that has not loaded yet.
   *
   * @param receiver called on the event thread with the name of the data
   */
  public DataService(
      DataLoader loader, EventThread eventThread, BiConsumer<String, DataState> receiver) {
    this.loader = loader;
    this.eventThread = eventThread;
    this.receiver = receiver;
  }

  /** Begins to load data of a name; a load of the same that is going on is given up. */
  public void load(String name) {
    begin(name, listener -> loader.load(name, listener));
  }

  /** Begins to fetch it from the network; a load of the same that is going on is given up. */
  public void fetch(String name) {
    begin(name, listener -> loader.fetch(name, listener));
  }

  /** One way to come by the images. */
  @FunctionalInterface
  private interface Load {
    DataState.Ready run(DownloadListener listener) throws IOException;
  }

  private void begin(String name, Load load) {
    giveUp(name);
    receiver.accept(name, new DataState.Loading());
    Thread thread = Worker.daemon(() -> run(name, load), "data-loader");
    loading.put(name, thread);
    thread.start();
  }

  private void giveUp(String name) {
    Thread current = loading.remove(name);
    if (current != null) {
      current.interrupt();
    }
  }

  /** Gives up the loads that are going on; returns at once. */
  @Override
  public void close() {
    Set.copyOf(loading.keySet()).forEach(this::giveUp);
  }

  private void run(String name, Load load) {
    Thread self = Thread.currentThread();
    long[] lastNanos = {System.nanoTime() - REPORT_NANOS};
    DataState result;
    try {
      result =
          load.run(
              (file, done, total) -> {
                if (System.nanoTime() - lastNanos[0] >= REPORT_NANOS) {
                  lastNanos[0] = System.nanoTime();
                  report(name, self, new DataState.Downloading(file, done, total));
                }
              });
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      String message = e.getMessage();
      result = new DataState.Missing(message == null ? e.toString() : message);
    }
    report(name, self, result);
  }

  private void report(String name, Thread self, DataState state) {
    eventThread.execute(
        () -> {
          if (self.equals(loading.get(name))) { // a load that was given up says nothing any more
            receiver.accept(name, state);
          }
        });
  }
}
