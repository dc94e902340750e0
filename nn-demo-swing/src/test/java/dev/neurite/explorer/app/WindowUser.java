package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import java.awt.AWTException;
import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.dnd.DragSource;
import java.awt.dnd.DragSourceAdapter;
import java.awt.dnd.DragSourceDragEvent;
import java.awt.dnd.DragSourceDropEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.text.JTextComponent;
import org.jspecify.annotations.Nullable;

/**
 * A user of the real window, with mouse and keyboard. Whatever it does, it then waits for what that
 * leads to and never for a time, so that it is right on a machine that is busy with other things.
 */
final class WindowUser implements AutoCloseable {
  /** Longest wait for one thing. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ExplorerApp app;
  private final ExplorerFrame frame;
  private final CountDownLatch closed;
  private final Robot robot;

  private WindowUser(ExplorerApp app, ExplorerFrame frame, CountDownLatch closed)
      throws AWTException {
    this.app = app;
    this.frame = frame;
    this.closed = closed;
    robot = new Robot();
  }

  /** Skips the test with a printed reason where no window can be shown. */
  static void requireDisplay(Class<?> test) {
    String reason = "no display: run under xvfb-run to test the real window";
    boolean display = System.getenv("DISPLAY") != null;
    if (!display) {
      System.out.println(test.getSimpleName() + " skipped: " + reason);
    }
    assumeTrue(display, reason);
  }

  /**
   * Opens the window with a few digits and waits until it can be used.
   *
   * @param userData where models and sessions are kept, or null to keep nothing
   */
  static WindowUser open(@Nullable Path userData) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    AtomicReference<ExplorerApp> made = new AtomicReference<>();
    ExplorerFrame frame =
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
              made.set(app);
              ExplorerFrame window = new ExplorerFrame(app, closed::countDown);
              window.setLocation(0, 0);
              window.setSize(1280, 720);
              window.setVisible(true);
              app.begin();
              return window;
            });
    WindowUser user = new WindowUser(made.get(), frame, closed);
    await("data", () -> user.app.session().data() instanceof DataState.Ready);
    user.awaitPlaced();
    return user;
  }

  /** The window server has placed the window when the mouse finds it where it thinks to be. */
  private void awaitPlaced() throws Exception {
    int[] turn = new int[1];
    await(
        "window",
        () -> {
          if (!frame.isShowing()) {
            return false;
          }
          Point corner = frame.getContentPane().getLocationOnScreen();
          robot.mouseMove(corner.x + 300 + turn[0]++ % 2, corner.y + 20);
          return frame.getMousePosition() != null;
        });
  }

  ExplorerApp app() {
    return app;
  }

  ExplorerContent content() {
    return app.content();
  }

  /** The run that is looked at. */
  Run selected() {
    return app.session().selected().orElseThrow();
  }

  /** Waits for a state of the app; asked on the event thread. */
  static void await(String what, Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Painting.onEventThread(condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited too long for: " + what + "; see " + photograph());
      }
      Thread.sleep(15);
    }
  }

  /** What is on the screen, as a file. */
  private static Path photograph() {
    Path file = Path.of("target", "screen-of-failed-test.png").toAbsolutePath();
    try {
      Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
      ImageIO.write(new Robot().createScreenCapture(screen), "png", file.toFile());
    } catch (AWTException | IOException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }

  /** Waits for words on the screen. */
  void awaitText(Container parent, String part) throws InterruptedException {
    await("“" + part + "” on the screen", () -> isShown(parent, part));
  }

  private static boolean isShown(Component component, String part) {
    if (!component.isShowing()) {
      return false;
    }
    String text =
        component instanceof JLabel label
            ? label.getText()
            : component instanceof JTextComponent area ? area.getText() : null;
    if (text != null && text.contains(part)) {
      return true;
    }
    if (component instanceof Container container) {
      for (Component child : container.getComponents()) {
        if (isShown(child, part)) {
          return true;
        }
      }
    }
    return false;
  }

  /** All components of a kind, in order. */
  static <T extends Component> List<T> all(Container parent, Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (Component child : parent.getComponents()) {
      if (kind.isInstance(child)) {
        found.add(kind.cast(child));
      } else if (child instanceof Container container) {
        found.addAll(all(container, kind));
      }
    }
    return found;
  }

  /** Presses the left button in the middle of a component, once it can be pressed. */
  void click(JComponent component) throws InterruptedException {
    await("enabled: " + component, () -> component.isEnabled() && component.isShowing());
    Painting.run(
        () -> { // a field would only scroll its own text
          if (component.getParent() instanceof JComponent parent) {
            parent.scrollRectToVisible(component.getBounds());
          }
        });
    Point place = placeIn(component, 0.5, 0.5);
    clickAt(place.x, place.y);
  }

  private void clickAt(int x, int y) {
    robot.mouseMove(x, y);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
  }

  /** Where on the screen a place of a component is, in shares of its size. */
  static Point placeIn(Component component, double x, double y) {
    return Painting.onEventThread(
        () -> {
          Point corner = component.getLocationOnScreen();
          corner.translate((int) (x * component.getWidth()), (int) (y * component.getHeight()));
          return corner;
        });
  }

  /** Opens a tab of the pane that has it. */
  void openTab(String title) throws InterruptedException {
    JTabbedPane tabs =
        Painting.onEventThread(
            () ->
                all(content(), JTabbedPane.class, t -> t.indexOfTab(title) >= 0).stream()
                    .findFirst()
                    .orElseThrow());
    await("tab " + title, tabs::isShowing);
    Point corner = placeIn(tabs, 0, 0);
    Rectangle tab = Painting.onEventThread(() -> tabs.getBoundsAt(tabs.indexOfTab(title)));
    clickAt(corner.x + tab.x + tab.width / 2, corner.y + tab.y + tab.height / 2);
    await("tab " + title, () -> tabs.getTitleAt(tabs.getSelectedIndex()).equals(title));
  }

  /** All components of a kind that are wanted, also those within another of the kind. */
  private static <T extends Component> List<T> all(
      Container parent, Class<T> kind, Predicate<T> wanted) {
    List<T> found = new ArrayList<>();
    for (Component child : parent.getComponents()) {
      if (kind.isInstance(child) && wanted.test(kind.cast(child))) {
        found.add(kind.cast(child));
      }
      if (child instanceof Container container) {
        found.addAll(all(container, kind, wanted));
      }
    }
    return found;
  }

  /**
   * Presses a key and lets it go at once: where the window is slow, waiting for it in between makes
   * the window server repeat the key.
   */
  void type(int key) {
    robot.keyPress(key);
    robot.keyRelease(key);
  }

  /** Writes digits into a field in the place of what it holds. */
  void write(JTextField field, String digits) throws InterruptedException {
    click(field);
    await("focus in the field", field::isFocusOwner);
    robot.keyPress(KeyEvent.VK_CONTROL);
    robot.keyPress(KeyEvent.VK_A);
    robot.keyRelease(KeyEvent.VK_A);
    robot.keyRelease(KeyEvent.VK_CONTROL);
    await(
        "all of the field chosen",
        () -> field.getText().equals(field.getSelectedText()) || field.getText().isEmpty());
    for (char digit : digits.toCharArray()) {
      type(KeyEvent.VK_0 + digit - '0');
    }
    await("“" + digits + "” in the field", () -> field.getText().equals(digits));
  }

  /** Draws a line on a component, in shares of its size. */
  void draw(Component component, double fromX, double fromY, double toX, double toY) {
    int steps = 24;
    Point begin = placeIn(component, fromX, fromY);
    robot.mouseMove(begin.x, begin.y);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    for (int step = 1; step <= steps; step++) {
      double share = step / (double) steps;
      Point place =
          placeIn(component, fromX + share * (toX - fromX), fromY + share * (toY - fromY));
      robot.mouseMove(place.x, place.y);
    }
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
  }

  /**
   * Drags from a place of one component into the middle of another; says whether it was taken. The
   * button stays down until the drag has begun and the other component says that it takes it.
   */
  boolean drag(Component source, int x, int y, Component target) throws InterruptedException {
    DragWatch watch = new DragWatch();
    DragSource drags = DragSource.getDefaultDragSource();
    drags.addDragSourceListener(watch);
    try {
      Point from = placeIn(source, 0, 0);
      Point to = placeIn(target, 0.5, 0.4);
      Rectangle goal =
          Painting.onEventThread(
              () -> new Rectangle(target.getLocationOnScreen(), target.getSize()));
      robot.mouseMove(from.x + x, from.y + y);
      robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
      int[] turn = new int[1];
      await(
          "drag over its target",
          () -> {
            int i = turn[0]++;
            if (i < 12) { // away from where it was pressed, as a hand would
              robot.mouseMove(from.x + x + 2 * i, from.y + y + i);
            } else {
              robot.mouseMove(to.x + i % 3, to.y + i % 2);
            }
            Point over = watch.over;
            return over != null && goal.contains(over);
          });
      robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
      await("end of the drag", () -> watch.taken != null);
      return Boolean.TRUE.equals(watch.taken);
    } finally {
      robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
      drags.removeDragSourceListener(watch);
    }
  }

  /** Closes the window as the window server would, and waits until every thread has ended. */
  @Override
  public void close() throws InterruptedException {
    Painting.run(() -> frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING)));
    assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("closed").isTrue();
    assertThat(app.awaitEnd(PATIENCE)).as("threads ended").isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("trainer", "inference", "analysis", "storage", "data-loader");
  }

  /** Notes where a drag is taken, and how it ends. */
  private static final class DragWatch extends DragSourceAdapter {
    private volatile @Nullable Point over;
    private volatile @Nullable Boolean taken;

    @Override
    public void dragEnter(DragSourceDragEvent event) {
      over = event.getLocation();
    }

    @Override
    public void dragOver(DragSourceDragEvent event) {
      over = event.getLocation();
    }

    @Override
    public void dragDropEnd(DragSourceDropEvent event) {
      taken = event.getDropSuccess();
    }
  }
}
