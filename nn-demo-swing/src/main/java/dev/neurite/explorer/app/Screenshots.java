package dev.neurite.explorer.app;

import static dev.neurite.explorer.app.AppPilot.onEventThread;

import dev.neurite.explorer.service.MnistLoader;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.testbench.ImageFilter;
import dev.neurite.explorer.testbench.TestImagesPresenter;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Picture;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.mnist.dropin.NamedData;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Predictor;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;

/**
 * Paints the window with a really trained network, light and dark, in two sizes and in the states a
 * user meets. Needs MNIST, but no display.
 */
final class Screenshots {
  private static final int[][] SIZES = {{1280, 720}, {1440, 900}};
  private static final int[][] LARGE_SIZES = {{1280, 720}, {1920, 1080}};

  private final Path out;
  private final ExplorerApp app;
  private final AppPilot pilot;
  private int pictures;

  /** Paints into this directory; it is created. */
  Screenshots(Path out, EngineSpec engine) throws Exception {
    this.out = out;
    app =
        onEventThread(
            () -> {
              Theme.LIGHT.apply();
              return new ExplorerApp(
                  new MnistLoader(MnistSource.ofProcess()),
                  null,
                  engine,
                  1,
                  Files.createTempDirectory("neurite-screenshots"));
            });
    pilot = new AppPilot(app);
  }

  /** Paints everything; gives the number of pictures. */
  int takeAll() throws Exception {
    Files.createDirectories(out);
    onEventThread(
        () -> {
          app.begin();
          return null;
        });
    pilot.await("data", () -> app.session().data() instanceof DataState.Ready);
    takeBoth("1-empty");
    pilot.write("Epochs", "500");
    pilot.click("Start");
    pilot.awaitRun(r -> r.history().size() >= 2);
    draw(seven());
    pilot.click("Pause");
    pilot.awaitRun(r -> r.state() == RunState.PAUSED);
    takeBoth("2-paused");
    pilot.click("Resume");
    pilot.awaitRun(r -> r.history().size() >= 6);
    pilot.click("Stop");
    pilot.awaitRun(r -> r.state() == RunState.CANCELLED);
    pilot.click("Deep");
    pilot.write("Epochs", "14");
    onEventThread(
        () -> {
          Forms.choose(app.content(), ScheduleChoice.COSINE_RESTARTS);
          return null;
        });
    pilot.click("Start");
    pilot.awaitRun(r -> r.id().number() == 2 && r.history().size() >= 2);
    pilot.click("Stop");
    pilot.awaitRun(r -> r.state() == RunState.CANCELLED);
    takeBoth("3-stopped");
    pilot.write("Rate", "abc");
    takeBoth("4-invalid");
    pilot.write("Rate", "0.005");
    pilot.click("Wide");
    pilot.write("Epochs", "8");
    onEventThread(
        () -> {
          app.content().testbench().canvas().clear();
          return null;
        });
    draw(three());
    pilot.click("Start");
    pilot.awaitRun(r -> r.id().number() == 3 && r.history().size() >= 2);
    pilot.click("Queue");
    takeBoth("5-running");
    pilot.awaitRun(
        r -> (r.id().number() == 3 && r.state() == RunState.COMPLETED) || r.id().number() == 4);
    pilot.click("Stop");
    pilot.awaitRun(r -> !r.state().isActive());
    onEventThread(
        () -> {
          app.session().select(new RunId(3));
          Forms.table(app.content().compare()).selectAll();
          return null;
        });
    pilot.awaitRest();
    takeBoth("6-finished");
    tab("Layers");
    takeBoth("7-layers");
    tab("Curves");
    takeBoth("8-compare", app.content().compare().comparison(), 1000, 620);
    for (String page : List.of("Tour", "Pages", "Keys", "About")) {
      onEventThread(
          () -> {
            Forms.openTab(app.content().lessons(), page);
            return null;
          });
      takeBoth("9-" + page.toLowerCase(Locale.ROOT), app.content().lessons(), 620, 640);
    }
    takePruneAndLibrary();
    takeTestAndInspect();
    takeOtherData();
    onEventThread(
        () -> {
          app.close();
          return null;
        });
    app.awaitEnd(Duration.ofSeconds(10));
    return pictures;
  }

  private void takeTestAndInspect() throws Exception {
    onEventThread(
        () -> {
          app.session().select(new RunId(3));
          return null;
        });
    tab("Test images");
    pilot.awaitRest(); // the network reads ten thousand images
    takeBoth("16-test-images", LARGE_SIZES);
    pilot.click("Keep");
    List<Integer> mistakes = mistakes(3);
    images(p -> List.of(0, 1, 2, 3).forEach(p::keep));
    images(p -> mistakes.forEach(p::keep));
    takeBoth("17-test-slots", LARGE_SIZES);
    pilot.click("Predict all");
    onEventThread(
        () -> {
          Forms.choose(app.content().testbench(), "2 Deep");
          return null;
        });
    images(p -> p.choose(new ImageFilter(-1, -1, true)));
    images(p -> p.look(mistakes.get(0)));
    pilot.awaitRest();
    takeBoth("18-test-compared", LARGE_SIZES);
    tab("Inspect");
    for (String view : List.of("Weights", "Activations", "Pixels", "Map")) {
      onEventThread(
          () -> {
            Forms.openTab(app.content().inspect(), view);
            return null;
          });
      pilot.awaitRest(); // the map reads a thousand images
      takeBoth("19-inspect-" + view.toLowerCase(Locale.ROOT), LARGE_SIZES);
    }
  }

  /**
   * Fashion-MNIST with the names of its classes; where it is not there, what the form says then.
   */
  private void takeOtherData() throws Exception {
    tab("Train");
    onEventThread(
        () -> {
          Forms.choose(app.content().config(), NamedData.FASHION);
          return null;
        });
    pilot.await(
        "Fashion-MNIST",
        () ->
            app.session().data() instanceof DataState.Ready
                || app.session().data() instanceof DataState.Missing);
    if (onEventThread(() -> app.session().data() instanceof DataState.Missing)) {
      takeBoth("20-data-missing");
      return;
    }
    pilot.write("Epochs", "2");
    pilot.click("Start");
    pilot.awaitRun(
        r ->
            r.experiment().data().name().equals(NamedData.FASHION)
                && r.state() == RunState.COMPLETED);
    takeBoth("20-data-fashion");
    tab("Test images");
    pilot.awaitRest(); // the network reads ten thousand images
    images(p -> List.of(0, 1, 2, 3).forEach(p::keep));
    images(p -> p.choose(new ImageFilter(-1, -1, true)));
    pilot.click("Predict all");
    pilot.awaitRest();
    takeBoth("21-fashion-test", LARGE_SIZES);
    tab("Inspect");
    for (String view : List.of("Activations", "Pixels", "Map")) {
      onEventThread(
          () -> {
            Forms.openTab(app.content().inspect(), view);
            return null;
          });
      pilot.awaitRest(); // the map reads a thousand images
      takeBoth("22-fashion-" + view.toLowerCase(Locale.ROOT), LARGE_SIZES);
    }
  }

  private void images(Consumer<TestImagesPresenter> deed) throws Exception {
    onEventThread(
        () -> {
          deed.accept(app.images());
          return null;
        });
  }

  /** The first test images that the network of the run looked at takes for something else. */
  private List<Integer> mistakes(int count) throws Exception {
    Predictor predictor = onEventThread(() -> app.session().answering().orElseThrow().predictor());
    Dataset test = onEventThread(() -> app.session().split().orElseThrow().test());
    List<Integer> found = new ArrayList<>();
    float[] pixels = new float[test.features()];
    for (int i = 0; i < test.size() && found.size() < count; i++) {
      test.copyFeatures(i, pixels, 0);
      if (Predictor.argMax(predictor.predict(pixels)) != test.label(i)) {
        found.add(i);
      }
    }
    return found;
  }

  private void takePruneAndLibrary() throws Exception {
    onEventThread(
        () -> {
          app.session().select(new RunId(3));
          app.lookAtAll();
          return null;
        });
    tab("Library");
    takeBoth("10-library-empty");
    tab("Prune");
    pilot.awaitRest(); // the curve is being measured
    takeBoth("11-prune-ready");
    pilot.click("Prune");
    pilot.awaitRun(r -> r.pruning() != null && r.history().size() >= 2);
    takeBoth("12-prune-running");
    pilot.awaitRun(r -> r.pruning() != null && r.state() == RunState.COMPLETED);
    pilot.awaitRest();
    takeBoth("13-prune-finished");
    tab("Library");
    for (int run : new int[] {1, 3, 5}) {
      onEventThread(
          () -> {
            app.session().select(new RunId(run));
            Forms.buttonFrom(app.content().library(), "Save ").doClick(0);
            return null;
          });
    }
    pilot.await("the library", () -> Forms.table(app.content().library()).getRowCount() == 3);
    onEventThread(
        () -> {
          Forms.table(app.content().library()).setRowSelectionInterval(0, 0);
          app.content()
              .recovery()
              .showOffer(Texts.format("recovery.offer", "3 Wide", 7, 10), true, "");
          return null;
        });
    takeBoth("14-library");
    onEventThread(
        () -> {
          app.content().recovery().showOffer("", false, "");
          return null;
        });
    tab("Train");
    takeBoth("15-pruned-run");
  }

  private void tab(String title) throws Exception {
    onEventThread(
        () -> {
          Forms.openTab(app.content(), title);
          return null;
        });
  }

  private void takeBoth(String name, JComponent panel, int width, int height) throws Exception {
    for (Theme theme : Theme.values()) {
      BufferedImage image =
          onEventThread(
              () -> {
                theme.apply();
                SwingUtilities.updateComponentTreeUI(panel);
                return Picture.of(panel, width, height, 1);
              });
      Path file = out.resolve("%s-%s.png".formatted(name, theme.name().toLowerCase(Locale.ROOT)));
      ImageIO.write(image, "png", file.toFile());
      pictures++;
    }
  }

  private void takeBoth(String name) throws Exception {
    takeBoth(name, SIZES);
  }

  private void takeBoth(String name, int[][] sizes) throws Exception {
    for (Theme theme : Theme.values()) {
      for (int[] size : sizes) {
        onEventThread(
            () -> {
              theme.apply();
              SwingUtilities.updateComponentTreeUI(app.content());
              return null;
            });
        // sliders and tabs hear of a new size only after the first painting
        onEventThread(() -> Picture.of(app.content(), size[0], size[1], 1));
        BufferedImage image = onEventThread(() -> Picture.of(app.content(), size[0], size[1], 1));
        Path file =
            out.resolve(
                "%s-%s-%d.png".formatted(name, theme.name().toLowerCase(Locale.ROOT), size[0]));
        ImageIO.write(image, "png", file.toFile());
        pictures++;
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

  private void draw(List<Point2D.Double> stroke) throws Exception {
    onEventThread(
        () -> {
          app.content().testbench().canvas().addStroke(stroke);
          return null;
        });
    pilot.awaitRest();
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
}
