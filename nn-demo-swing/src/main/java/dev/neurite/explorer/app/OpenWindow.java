package dev.neurite.explorer.app;

import dev.neurite.explorer.ui.Theme;
import java.awt.event.WindowEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javax.swing.SwingUtilities;

/** The window on a display, from its opening to the end of its app. */
final class OpenWindow {
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExplorerApp app;
  private final ExplorerFrame frame;

  private OpenWindow(ExplorerApp app) {
    this.app = app;
    frame = new ExplorerFrame(app, closed::countDown);
    frame.setVisible(true);
    SwingUtilities.invokeLater(app::begin); // the window first: both want the processor
  }

  /**
   * Opens the window in the look of the system. Not for the event thread.
   *
   * @param app makes the app; called on the event thread
   */
  static OpenWindow open(Supplier<ExplorerApp> app) throws InterruptedException {
    Theme theme = SystemTheme.find();
    return AppPilot.onEventThread(
        () -> {
          theme.apply();
          return new OpenWindow(app.get());
        });
  }

  ExplorerApp app() {
    return app;
  }

  /** Whether it is on the screen; on the event thread. */
  boolean isShowing() {
    return frame.isShowing();
  }

  /** Closes it as its user would; returns at once. */
  void close() {
    SwingUtilities.invokeLater(
        () -> frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING)));
  }

  /**
   * Waits until the window is closed and the threads of the app have ended.
   *
   * @return whether they have, within ten seconds of the closing
   */
  boolean awaitEnd() throws InterruptedException {
    closed.await();
    return app.awaitEnd(LONGEST_END);
  }
}
