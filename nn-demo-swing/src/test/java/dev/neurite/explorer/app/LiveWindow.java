package dev.neurite.explorer.app;

import dev.neurite.explorer.service.DataLoader;
import dev.neurite.explorer.service.MnistLoader;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.ByteDataset;
import dev.neurite.nn.data.DataSplit;
import java.awt.event.WindowEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The real window on a display, for probes and tests. */
final class LiveWindow implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private final CountDownLatch closed = new CountDownLatch(1);
  final ExplorerApp app;
  final ExplorerFrame frame;

  private LiveWindow(DataLoader loader, @Nullable Path userData) throws InterruptedException {
    ExplorerApp[] made = new ExplorerApp[1];
    frame =
        Painting.onEventThread(
            () -> {
              Theme.LIGHT.apply();
              made[0] = new ExplorerApp(loader, null, EngineSpec.defaults(), 1, userData);
              ExplorerFrame window = new ExplorerFrame(made[0], closed::countDown);
              window.setLocation(0, 0);
              window.setSize(1280, 720);
              window.setVisible(true);
              made[0].begin();
              return window;
            });
    app = made[0];
    await(() -> app.session().data() instanceof DataState.Ready && frame.isShowing());
  }

  /** A window that keeps nothing, with MNIST if it is there, else with as many made-up images. */
  static LiveWindow open() throws InterruptedException {
    return open((Path) null);
  }

  /**
   * A window with MNIST if it is there, else with as many made-up images.
   *
   * @param userData where models and the session are kept, or null to keep nothing
   */
  static LiveWindow open(@Nullable Path userData) throws InterruptedException {
    String directory = System.getenv("MNIST_DIR");
    boolean real = directory != null && Files.isDirectory(Path.of(directory));
    return new LiveWindow(
        real
            ? new MnistLoader(MnistSource.ofProcess())
            : (folder, listener) -> new DataState.Ready(madeUp()),
        userData);
  }

  /**
   * A window with these images.
   *
   * @param userData where models and the session are kept, or null to keep nothing
   */
  static LiveWindow open(DataSplit data, @Nullable Path userData) throws InterruptedException {
    return new LiveWindow((folder, listener) -> new DataState.Ready(data), userData);
  }

  /** As many images as MNIST has, a fifth of the pixels set. */
  private static DataSplit madeUp() {
    return new DataSplit(madeUp(55_000), madeUp(5_000), madeUp(10_000));
  }

  private static ByteDataset madeUp(int rows) {
    Random random = new Random(rows);
    byte[] pixels = new byte[rows * 784];
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = (byte) (row % 10);
      for (int i = 0; i < 150; i++) {
        pixels[row * 784 + random.nextInt(784)] = (byte) (random.nextInt(128) + labels[row]);
      }
    }
    return new ByteDataset(pixels, 784, labels, 10);
  }

  /** Chooses a preset. */
  void plan(String preset, int epochs, int batchSize) {
    Painting.run(
        () -> {
          Forms.button(app.content(), preset).doClick(0);
          Forms.field(app.content(), "Epochs").setText(String.valueOf(epochs));
          Forms.field(app.content(), "Batch").setText(String.valueOf(batchSize));
        });
  }

  /** Starts a preset. */
  void start(String preset, int epochs, int batchSize) {
    plan(preset, epochs, batchSize);
    Painting.run(() -> Forms.button(app.content(), "Start").doClick(0));
  }

  /** Waits until the run that is looked at is as wanted. */
  Run awaitRun(Predicate<Run> wanted) throws InterruptedException {
    await(() -> app.session().selected().filter(wanted).isPresent());
    return Painting.onEventThread(() -> app.session().selected().orElseThrow());
  }

  static void await(Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Painting.onEventThread(condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited too long");
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void close() throws InterruptedException {
    Painting.run(() -> frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING)));
    closed.await();
    if (!app.awaitEnd(PATIENCE)) {
      throw new AssertionError("a thread of the app is left");
    }
  }
}
