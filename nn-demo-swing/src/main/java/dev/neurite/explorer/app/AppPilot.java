package dev.neurite.explorer.app;

import dev.neurite.explorer.session.Run;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/**
 * Presses the buttons of an app and waits for what comes of it. For any thread but the event
 * thread.
 */
final class AppPilot {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int LOOK_MILLISECONDS = 20;

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

  /** Waits until all that was asked for is computed, written and shown; training may go on. */
  void awaitRest() throws InterruptedException {
    await("answers", app::isAtRest);
  }

  /**
   * Waits for a condition, which the event thread looks at again and again.
   *
   * @throws IllegalStateException if it takes longer than a minute
   */
  void await(String what, Callable<Boolean> condition) throws InterruptedException {
    CompletableFuture<Boolean> met = new CompletableFuture<>();
    Timer watch =
        new Timer(
            LOOK_MILLISECONDS,
            event -> {
              try {
                if (condition.call()) {
                  met.complete(true);
                }
              } catch (Exception e) { // the one who waits hears of it
                met.completeExceptionally(e);
              }
            });
    watch.setInitialDelay(0);
    watch.start();
    try {
      met.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "waited too long for the %s; the runs are %s".formatted(what, describeRuns()), e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      watch.stop();
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
      throw unwrapped(e);
    }
  }

  /** What was thrown on the event thread, to be thrown again. */
  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException fault) {
      return fault;
    }
    if (e.getCause() instanceof Error fault) {
      throw fault;
    }
    return new IllegalStateException("on the event thread: " + e.getCause(), e.getCause());
  }
}
