package dev.neurite.explorer.app;

import dev.neurite.explorer.config.ConfigPanel;
import dev.neurite.explorer.inspect.InspectTab;
import dev.neurite.explorer.service.MnistLoader;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.nn.autodiff.EngineSpec;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.swing.SwingUtilities;

/**
 * Takes pictures of the real window with a really trained network, light and dark, in two sizes and
 * in the states a user meets. Needs a display and MNIST: {@code Screenshots OUT_DIR}.
 */
final class Screenshots {
  private final Path out;
  private ExplorerApp app;
  private ExplorerFrame frame;

  private Screenshots(Path out) {
    this.out = out;
  }

  /** Takes all pictures. */
  public static void main(String[] args) throws Exception {
    Path out = Path.of(args.length > 0 ? args[0] : "target/screenshots");
    Files.createDirectories(out);
    new Screenshots(out).takeAll();
    System.exit(0);
  }

  private void takeAll() throws Exception {
    onEventThread(
        () -> {
          Theme.LIGHT.apply();
          app =
              new ExplorerApp(
                  new MnistLoader(MnistSource.ofProcess()), null, EngineSpec.defaults(), 1);
          frame = new ExplorerFrame(app, () -> {});
          frame.setSize(1280, 720);
          frame.setVisible(true);
          app.begin();
          return null;
        });
    await("data", () -> app.session().data() instanceof DataState.Ready);
    takeBoth("1-empty");
    setEpochs("5");
    click("Start");
    awaitRun(r -> r.history().size() >= 2 && r.newestBatch().batch() > 40);
    draw(seven());
    click("Pause");
    awaitRun(r -> r.state() == RunState.PAUSED);
    takeBoth("2-paused");
    click("Resume");
    awaitRun(r -> r.state() == RunState.COMPLETED);
    click("Deep");
    setEpochs("5");
    click("Start");
    awaitRun(r -> r.history().size() >= 1);
    click("Stop");
    awaitRun(r -> r.state() == RunState.CANCELLED);
    takeBoth("3-stopped");
    setRate("abc");
    takeBoth("4-invalid");
    setRate("0.005");
    click("Wide");
    setEpochs("4");
    onEventThread(
        () -> {
          app.content().testbench().canvas().clear();
          return null;
        });
    draw(three());
    click("Start");
    awaitRun(r -> r.history().size() >= 2 && r.newestBatch().batch() > 60);
    takeBoth("5-running");
    awaitRun(r -> r.state() == RunState.COMPLETED);
    takeBoth("6-finished");
    tab(1);
    Thread.sleep(1500);
    takeBoth("7-images");
    tab(2);
    for (InspectTab look : InspectTab.values()) {
      onEventThread(
          () -> {
            app.content().inspect().open(look);
            return null;
          });
      Thread.sleep(1200);
      takeBoth("8-inspect-" + look.name().toLowerCase(Locale.ROOT));
    }
    tab(0);
    onEventThread(
        () -> {
          frame.dispose();
          return null;
        });
    app.awaitEnd(Duration.ofSeconds(10));
  }

  private void takeBoth(String name) throws Exception {
    for (Theme theme : Theme.values()) {
      for (int[] size : new int[][] {{1280, 720}, {1440, 900}}) {
        onEventThread(
            () -> {
              theme.apply();
              frame.setSize(size[0], size[1]);
              frame.validate();
              return null;
            });
        Thread.sleep(250);
        BufferedImage image =
            onEventThread(
                () -> {
                  BufferedImage picture =
                      new BufferedImage(
                          frame.getContentPane().getWidth(),
                          frame.getContentPane().getHeight(),
                          BufferedImage.TYPE_INT_RGB);
                  Graphics2D g = picture.createGraphics();
                  frame.getContentPane().printAll(g);
                  g.dispose();
                  return picture;
                });
        Path file =
            out.resolve(
                "%s-%s-%d.png".formatted(name, theme.name().toLowerCase(Locale.ROOT), size[0]));
        ImageIO.write(image, "png", file.toFile());
      }
    }
  }

  private void tab(int index) throws Exception {
    onEventThread(
        () -> {
          app.content().tabs().setSelectedIndex(index);
          return null;
        });
  }

  private void setEpochs(String text) throws Exception {
    form(p -> Forms.field(p, "Epochs").setText(text));
  }

  private void setRate(String text) throws Exception {
    form(p -> Forms.field(p, "Rate").setText(text));
  }

  private void form(Consumer<ConfigPanel> change) throws Exception {
    onEventThread(
        () -> {
          change.accept(app.content().config());
          return null;
        });
  }

  private void click(String text) throws Exception {
    onEventThread(
        () -> {
          Forms.button(app.content(), text).doClick(0);
          return null;
        });
  }

  private void draw(List<Point2D.Double> stroke) throws Exception {
    onEventThread(
        () -> {
          app.content().testbench().canvas().addStroke(stroke);
          return null;
        });
    Thread.sleep(200);
  }

  private static List<Point2D.Double> seven() {
    return List.of(
        new Point2D.Double(0.28, 0.25),
        new Point2D.Double(0.5, 0.23),
        new Point2D.Double(0.72, 0.24),
        new Point2D.Double(0.62, 0.45),
        new Point2D.Double(0.5, 0.65),
        new Point2D.Double(0.43, 0.82));
  }

  private static List<Point2D.Double> three() {
    List<Point2D.Double> points = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      double angle = Math.toRadians(-150 + 235 * i / 20.0);
      points.add(new Point2D.Double(0.49 + 0.17 * Math.cos(angle), 0.33 + 0.15 * Math.sin(angle)));
    }
    for (int i = 0; i <= 20; i++) {
      double angle = Math.toRadians(-85 + 235 * i / 20.0);
      points.add(new Point2D.Double(0.49 + 0.19 * Math.cos(angle), 0.65 + 0.17 * Math.sin(angle)));
    }
    return points;
  }

  private void awaitRun(Predicate<Run> condition) throws Exception {
    await("run", () -> app.session().selected().filter(condition).isPresent());
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!onEventThread(condition)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited too long for " + what);
      }
      Thread.sleep(20);
    }
  }

  private static <T> T onEventThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    SwingUtilities.invokeLater(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException("on the event thread", e.getCause());
    }
  }
}
