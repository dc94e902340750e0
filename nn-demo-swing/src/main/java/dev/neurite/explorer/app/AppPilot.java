package dev.neurite.explorer.app;

import dev.neurite.explorer.session.Run;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import javax.swing.SwingUtilities;

/**
 * Presses the buttons of an app and waits for what comes of it. For any thread but the event
 * thread.
 */
final class AppPilot {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final ExplorerApp app;

  AppPilot(ExplorerApp app) {
    this.app = app;
  }

  /** Presses the only button of a text. */
  void click(String text) throws InterruptedException {
    onEventThread(
        () -> {
          Forms.button(app.content(), text).doClick(0);
          return null;
        });
  }

  /** Writes into a number field of the form. */
  void write(String accessibleName, String text) throws InterruptedException {
    onEventThread(
        () -> {
          Forms.field(app.content().config(), accessibleName).setText(text);
          return null;
        });
  }

  /** Waits until the run that is looked at is as wanted; gives it. */
  Run awaitRun(Predicate<Run> wanted) throws InterruptedException {
    await("run", () -> app.session().selected().filter(wanted).isPresent());
    return onEventThread(() -> app.session().selected().orElseThrow());
  }

  /**
   * Waits for a condition, which is asked on the event thread.
   *
   * @throws IllegalStateException if it takes longer than a minute
   */
  void await(String what, Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!onEventThread(condition)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "waited too long for the %s; the runs are %s".formatted(what, describeRuns()));
      }
      Thread.sleep(20);
    }
  }

  private String describeRuns() throws InterruptedException {
    return onEventThread(
        () ->
            app.session().runs().stream()
                .map(r -> r.name() + " " + r.state() + " " + r.message())
                .toList()
                .toString());
  }

  /** Does work on the event thread and waits for it; what it throws is thrown here. */
  static <T> T onEventThread(Callable<T> work) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    SwingUtilities.invokeLater(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      if (e.getCause() instanceof Error fault) {
        throw fault;
      }
      throw new IllegalStateException("on the event thread: " + e.getCause(), e.getCause());
    }
  }
}
