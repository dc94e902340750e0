package dev.neurite.explorer.service;

import dev.neurite.explorer.session.DataState;
import dev.neurite.mnist.source.DownloadListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads the images on a thread that ends with the load. Used on the event thread only; says there
 * how it goes.
 */
public final class DataService implements AutoCloseable {
  private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final DataLoader loader;
  private final EventThread eventThread;
  private final Consumer<DataState> receiver;
  private @Nullable Thread loading;

  /**
   * A service that has not loaded yet.
   *
   * @param receiver called on the event thread
   */
  public DataService(DataLoader loader, EventThread eventThread, Consumer<DataState> receiver) {
    this.loader = loader;
    this.eventThread = eventThread;
    this.receiver = receiver;
  }

  /**
   * Begins to load; a load that is going on is given up.
   *
   * @param directory where the images are, or null for the usual places
   */
  public void load(@Nullable Path directory) {
    begin(listener -> loader.load(directory, listener));
  }

  /** Begins to fetch the images from the network; a load that is going on is given up. */
  public void fetch() {
    begin(loader::fetch);
  }

  /** One way to come by the images. */
  @FunctionalInterface
  private interface Load {
    DataState.Ready run(DownloadListener listener) throws IOException;
  }

  private void begin(Load load) {
    close();
    receiver.accept(new DataState.Loading());
    Thread thread = Worker.daemon(() -> run(load), "data-loader");
    loading = thread;
    thread.start();
  }

  /** Gives up a load that is going on; returns at once. */
  @Override
  public void close() {
    Thread current = loading;
    loading = null;
    if (current != null) {
      current.interrupt();
    }
  }

  private void run(Load load) {
    Thread self = Thread.currentThread();
    long[] lastNanos = {System.nanoTime() - REPORT_NANOS};
    DataState result;
    try {
      result =
          load.run(
              (file, done, total) -> {
                if (System.nanoTime() - lastNanos[0] >= REPORT_NANOS) {
                  lastNanos[0] = System.nanoTime();
                  report(self, new DataState.Downloading(file, done, total));
                }
              });
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      String message = e.getMessage();
      result = new DataState.Missing(message == null ? e.toString() : message);
    }
    report(self, result);
  }

  private void report(Thread self, DataState state) {
    eventThread.execute(
        () -> {
          if (loading == self) { // a load that was given up says nothing any more
            receiver.accept(state);
          }
        });
  }
}
