package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import java.awt.Component;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.swing.JTabbedPane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user trains, prunes, saves, closes the window and finds everything again; needs a display. */
@Tag("window")
class PruneWindowTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EventThreadRule rule = EventThreadRule.install();

  @TempDir Path userData;

  /** A window and how to know that it has closed. */
  private record Opened(ExplorerApp app, ExplorerFrame frame, CountDownLatch closed) {}

  @Test
  void prunesSavesAndFindsItAgainAfterARestart() throws Exception {
    boolean display = System.getenv("DISPLAY") != null;
    if (!display) {
      System.out.println("PruneWindowTest skipped: no display; run under xvfb-run");
    }
    assumeTrue(display, "no display");
    Opened first = open();
    ExplorerApp app = first.app();
    Robot robot = new Robot();
    robot.setAutoWaitForIdle(true);
    robot.delay(300); // the window server places the window
    Painting.run(() -> Forms.field(app.content().config(), "Epochs").setText("3"));
    click(robot, Forms.button(app.content(), "Start"));
    await(() -> !app.session().runs().isEmpty() && selected(app).state() == RunState.COMPLETED);

    openTab(robot, app, "Prune");
    Component prune = Forms.button(app.content().prune(), "Prune");
    await(prune::isEnabled);
    click(robot, prune);
    await(() -> selected(app).pruning() != null && !selected(app).state().isActive());
    assertThat(Painting.onEventThread(() -> selected(app).state())).isEqualTo(RunState.COMPLETED);

    openTab(robot, app, "Library");
    click(robot, Forms.buttonFrom(app.content().library(), "Save "));
    await(() -> Forms.table(app.content().library()).getRowCount() == 1);
    robot.keyPress(KeyEvent.VK_TAB); // the keyboard goes on from there
    robot.keyRelease(KeyEvent.VK_TAB);
    close(first);

    Opened second = open();
    ExplorerApp again = second.app();
    assertThat(Painting.onEventThread(() -> again.session().runs())).hasSize(2);
    assertThat(Painting.onEventThread(() -> selected(again).pruning())).isNotNull();
    openTab(robot, again, "Library");
    await(() -> Forms.table(again.content().library()).getRowCount() == 1);
    Painting.run(() -> Forms.table(again.content().library()).setRowSelectionInterval(0, 0));
    click(robot, Forms.button(again.content().library(), "Open"));
    await(() -> again.session().runs().size() == 3);
    assertThat(Painting.onEventThread(() -> selected(again).predictor().model().isPruned()))
        .isTrue();
    close(second);
    assertThat(rule.violations()).isEmpty();
  }

  private Opened open() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    Opened opened =
        Painting.onEventThread(
            () -> {
              Theme.LIGHT.apply();
              ExplorerApp app =
                  new ExplorerApp(
                      (directory, listener) -> new DataState.Ready(TinyDigits.split(400)),
                      null,
                      new EngineSpec(KernelChoice.PLAIN, 1),
                      1,
                      userData);
              ExplorerFrame window = new ExplorerFrame(app, closed::countDown);
              window.setLocation(0, 0);
              window.setSize(1280, 720);
              window.setVisible(true);
              app.begin();
              return new Opened(app, window, closed);
            });
    await(
        () ->
            opened.app().session().data() instanceof DataState.Ready && opened.frame().isShowing());
    return opened;
  }

  private static void close(Opened opened) throws Exception {
    Painting.run(
        () ->
            opened
                .frame()
                .dispatchEvent(new WindowEvent(opened.frame(), WindowEvent.WINDOW_CLOSING)));
    assertThat(opened.closed().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(opened.app().awaitEnd(PATIENCE)).isTrue();
  }

  private static void openTab(Robot robot, ExplorerApp app, String title) throws Exception {
    JTabbedPane tabs = app.content().tabs();
    Point corner = Painting.onEventThread(tabs::getLocationOnScreen);
    Rectangle tab = Painting.onEventThread(() -> tabs.getBoundsAt(tabs.indexOfTab(title)));
    click(robot, corner.x + tab.x + tab.width / 2, corner.y + tab.y + tab.height / 2);
    await(() -> tabs.getTitleAt(tabs.getSelectedIndex()).equals(title));
  }

  private static void click(Robot robot, Component component) {
    Point corner = Painting.onEventThread(component::getLocationOnScreen);
    click(robot, corner.x + component.getWidth() / 2, corner.y + component.getHeight() / 2);
  }

  private static void click(Robot robot, int x, int y) {
    robot.mouseMove(x, y);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
  }

  private static Run selected(ExplorerApp app) {
    return app.session().selected().orElseThrow();
  }

  private static void await(Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Painting.onEventThread(condition)) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
