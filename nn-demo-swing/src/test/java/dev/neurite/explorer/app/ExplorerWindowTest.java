package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.ProbabilityBars;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import java.awt.AWTException;
import java.awt.Component;
import java.awt.Point;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real window, driven as a user would; needs a display. */
@Tag("window")
class ExplorerWindowTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch closed = new CountDownLatch(1);

  @Test
  void aUserTrainsDrawsPausesAndCloses() throws Exception {
    WindowUser.requireDisplay(ExplorerWindowTest.class);
    EventThreadRule rule = EventThreadRule.install();
    ExplorerApp[] made = new ExplorerApp[1];
    ExplorerFrame frame =
        Painting.onEventThread(
            () -> {
              Theme.LIGHT.apply();
              made[0] =
                  new ExplorerApp(
                      (directory, listener) -> new DataState.Ready(TinyDigits.split(400)),
                      null,
                      new EngineSpec(KernelChoice.PLAIN, 1),
                      1);
              ExplorerFrame window = new ExplorerFrame(made[0], closed::countDown);
              window.setLocation(0, 0);
              window.setSize(1280, 720);
              window.setVisible(true);
              made[0].begin();
              return window;
            });
    ExplorerApp app = made[0];
    ExplorerContent content = app.content();
    await(() -> app.session().data() instanceof DataState.Ready && frame.isShowing());
    Robot robot = robot();
    Painting.run(
        () -> {
          Forms.field(content, "Epochs").setText("1000");
          Forms.field(content, "Batch").setText("1"); // 400,000 batches: longer than the test
        });

    click(robot, Forms.button(content, "Start"));
    await(() -> !app.session().runs().isEmpty());
    await(() -> app.session().selected().orElseThrow().predictor() != null);

    String before = bars(content);
    Point canvas = onScreen(content.testbench().canvas());
    robot.mouseMove(canvas.x + 80, canvas.y + 60);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    for (int step = 1; step <= 20; step++) {
      robot.mouseMove(canvas.x + 80 + 2 * step, canvas.y + 60 + 5 * step);
      robot.delay(5);
    }
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    await(() -> !bars(content).equals(before));
    String drawn = bars(content);
    assertThat(drawn).contains("0: ").contains("9: ");

    type(robot, KeyEvent.VK_SPACE);
    await(() -> app.session().selected().orElseThrow().state() == RunState.PAUSED);
    long steps =
        Painting.onEventThread(() -> app.session().selected().orElseThrow().newestBatch().step());
    type(robot, KeyEvent.VK_RIGHT); // one batch, held to the number by the tests of TrainingControl
    await(() -> app.session().selected().orElseThrow().newestBatch().step() > steps);
    type(robot, KeyEvent.VK_DELETE);
    await(() -> content.testbench().canvas().isEmpty() && bars(content).isEmpty());

    type(robot, KeyEvent.VK_SPACE);
    await(() -> app.session().selected().orElseThrow().state() == RunState.RUNNING);
    Painting.run(() -> frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING)));
    assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(app.awaitEnd(PATIENCE)).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("trainer", "inference", "data-loader");
    assertThat(rule.violations()).isEmpty();
  }

  private static Robot robot() throws AWTException {
    Robot robot = new Robot();
    robot.setAutoWaitForIdle(true);
    robot.delay(300); // the window server places the window
    return robot;
  }

  /**
   * Presses a key and lets it go at once: where the window is slow, waiting for it in between makes
   * the window server repeat the key.
   */
  private static void type(Robot robot, int key) {
    robot.setAutoWaitForIdle(false);
    robot.keyPress(key);
    robot.keyRelease(key);
    robot.setAutoWaitForIdle(true);
    robot.waitForIdle();
  }

  private static void click(Robot robot, Component component) {
    Point corner = onScreen(component);
    robot.mouseMove(corner.x + component.getWidth() / 2, corner.y + component.getHeight() / 2);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
  }

  private static Point onScreen(Component component) {
    return Painting.onEventThread(component::getLocationOnScreen);
  }

  /** What a screen reader is told of the bars. */
  private static String bars(ExplorerContent content) {
    ProbabilityBars bars = Forms.bars(content);
    String text = bars.getAccessibleContext().getAccessibleDescription();
    return text == null ? "" : text;
  }

  private static void await(Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Painting.onEventThread(condition)) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
