package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.PaintedFaults;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Picture;
import dev.neurite.explorer.ui.Screen;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.mnist.synthetic.SyntheticDigits;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.DataSplit;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.geom.Point2D;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.JComponent;
import javax.swing.JTable;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import javax.swing.plaf.FontUIResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every part of the window as a user sees it at 1280×720, painted light and dark, at 100 and 200 %,
 * before anything was done and with networks that were really trained, and compared with what it is
 * to show.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaintedWindowTest {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Pixels by which a component may lie elsewhere at 200 %. */
  private static final int MOST_MOVED = 20;

  /** A part of the window. */
  enum Part {
    WINDOW("Train", "Curves", c -> c),
    CONFIGURE("Train", ExplorerContent::config),
    TESTBENCH("Train", ExplorerContent::testbench),
    CURVES("Train", "Curves", ExplorerContent::training),
    LAYERS("Train", "Layers", ExplorerContent::training),
    RUNS("Train", ExplorerContent::compare),
    COMPARISON("Train", c -> c.compare().comparison()),
    PRUNE("Prune", ExplorerContent::prune),
    IMAGES("Test images", ExplorerContent::images),
    SLOTS("Test images", ExplorerContent::slots),
    WEIGHTS("Inspect", "Weights", ExplorerContent::inspect),
    FLOW("Inspect", "Activations", ExplorerContent::inspect),
    SALIENCY("Inspect", "Pixels", ExplorerContent::inspect),
    MAP("Inspect", "Map", ExplorerContent::inspect),
    LIBRARY("Library", ExplorerContent::library),
    TOUR("", "Tour", ExplorerContent::lessons),
    PAGES("", "Pages", ExplorerContent::lessons),
    KEYS("", "Keys", ExplorerContent::lessons),
    ABOUT("", "About", ExplorerContent::lessons);

    private final String tab;
    private final String innerTab;
    private final Function<ExplorerContent, JComponent> place;

    Part(String tab, Function<ExplorerContent, JComponent> place) {
      this(tab, "", place);
    }

    Part(String tab, String innerTab, Function<ExplorerContent, JComponent> place) {
      this.tab = tab;
      this.innerTab = innerTab;
      this.place = place;
    }

    /** Opens it and lays it out as in a window. */
    JComponent open(ExplorerContent content) {
      JComponent part = place.apply(content);
      if (!tab.isEmpty()) {
        Forms.openTab(content, tab);
      }
      if (!innerTab.isEmpty()) {
        Forms.openTab(part, innerTab);
      }
      layOut(content);
      Picture.asItStands(part, 1); // sliders and tabs hear of a new size only now
      return part;
    }

    /** Lays it out again: what it shows may have changed. */
    void layOut(ExplorerContent content) {
      JComponent part = place.apply(content);
      if (SwingUtilities.isDescendingFrom(part, content)) {
        Picture.layOut(content, WIDTH, HEIGHT);
      } else if (this == COMPARISON) {
        Picture.layOut(part, 1000, 620);
      } else {
        Picture.layOut(part, 620, 640);
      }
    }
  }

  @TempDir static Path folder;

  private final EventThreadRule rule = EventThreadRule.install();
  private ExplorerApp empty;
  private ExplorerApp full;

  /** Where all was at 100 %, and how the apps look now. */
  private final Map<List<Object>, List<Rectangle>> layouts = new HashMap<>();

  private final Map<ExplorerApp, List<Object>> dressed = new HashMap<>();

  @BeforeAll
  void trainReally() throws Exception {
    UIManager.put("defaultFont", new FontUIResource(Font.SANS_SERIF, Font.PLAIN, 14)); // usual
    empty = open(folder.resolve("empty"));
    full = open(folder.resolve("full"));
    train("Simple", ScheduleChoice.CONSTANT);
    train("Wide", ScheduleChoice.COSINE_RESTARTS);
    Painting.run(() -> full.lookAtAll());
    Painting.run(() -> empty.lookAtAll());
    awaitRest();
    click("Prune");
    awaitRun(r -> r.pruning() != null && r.state() == RunState.COMPLETED);
    Painting.run(
        () -> {
          full.content().testbench().canvas().addStroke(one());
          Forms.choose(full.content().testbench(), "1 Simple");
          for (int image = 0; image < 4; image++) {
            full.images().keep(image);
          }
          for (int run : new int[] {1, 3}) {
            full.session().select(new RunId(run));
            Forms.buttonFrom(full.content().library(), "Save ").doClick(0);
          }
        });
    awaitRest();
    click("Keep");
    click("Predict all");
    Painting.run(
        () -> {
          full.session().setQueue(List.of(full.session().planned().orElseThrow()));
        });
    awaitRest();
  }

  @AfterAll
  void close() throws InterruptedException {
    UIManager.put("defaultFont", null);
    for (ExplorerApp app : List.of(empty, full)) {
      Painting.run(app::close);
      assertThat(app.awaitEnd(PATIENCE)).isTrue();
    }
  }

  @AfterEach
  void onlyTheEventThreadTouchedSwing() {
    assertThat(rule.violations()).isEmpty();
  }

  static Stream<Arguments> parts() {
    List<Arguments> all = new ArrayList<>();
    for (Theme theme : Theme.values()) {
      for (int scale = 1; scale <= 2; scale++) {
        for (boolean filled : new boolean[] {false, true}) {
          for (Part part : Part.values()) {
            all.add(Arguments.of(part, theme, scale, filled));
          }
        }
      }
    }
    assertThat(all).hasSize(2 * 2 * 2 * 19);
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, {1}, scale {2}, full: {3}")
  @MethodSource("parts")
  void everyPartShowsWhatItIsToShow(Part part, Theme theme, int scale, boolean filled)
      throws Exception {
    ExplorerApp app = filled ? full : empty;
    Painting.run(
        () -> {
          dress(app, theme, scale);
          if (filled) { // pruning says nothing of gradients
            JTable runs = Forms.table(app.content().compare());
            runs.setRowSelectionInterval(0, part == Part.COMPARISON ? runs.getRowCount() - 1 : 0);
            app.session().select(new RunId(part == Part.LAYERS ? 2 : 3));
          }
          part.open(app.content());
        });
    awaitRest();
    Painting.run(
        () -> {
          part.layOut(app.content());
          JComponent shown = part.place.apply(app.content());
          PaintedPart painted = new PaintedPart(shown, scale, theme);
          assertThat(PaintedFaults.of(shown, painted.image(), scale)).isEmpty();
          assertThat(painted.share(page(theme)) + painted.share(theme.palette().background()))
              .as("the colours of the page and of what is written on")
              .isGreaterThan(0.3);
          PartChecks checks = new PartChecks(app, painted);
          if (filled) {
            checks.full(part);
          } else {
            checks.empty(part);
          }
          isLaidOutAsBefore(Arrays.asList(part, theme, filled), scale, painted.places());
        });
  }

  /** At 200 % all is where it is at 100 %, but that text is not quite twice as wide. */
  private void isLaidOutAsBefore(List<Object> what, int scale, List<Rectangle> places) {
    if (scale == 1) {
      layouts.put(what, places);
      return;
    }
    List<Rectangle> once = layouts.get(what);
    assertThat(places).hasSameSizeAs(once);
    for (int i = 0; i < places.size(); i++) {
      assertThat(distance(once.get(i), places.get(i)))
          .as("%s and %s", once.get(i), places.get(i))
          .isLessThan(MOST_MOVED);
    }
  }

  private static int distance(Rectangle a, Rectangle b) {
    return IntStream.of(a.x - b.x, a.y - b.y, a.width - b.width, a.height - b.height)
        .map(Math::abs)
        .max()
        .orElseThrow();
  }

  /** Puts all of an app onto a screen of a scale and into the colours of a theme. */
  private void dress(ExplorerApp app, Theme theme, int scale) {
    if (Theme.current() != theme) {
      theme.apply();
    }
    if (!Arrays.asList(theme, scale).equals(dressed.put(app, Arrays.asList(theme, scale)))) {
      for (JComponent whole :
          List.of(app.content(), app.content().lessons(), app.content().compare().comparison())) {
        Screen.put(whole, scale);
        SwingUtilities.updateComponentTreeUI(whole);
      }
    }
  }

  private static Color page(Theme theme) {
    return new Color(theme == Theme.DARK ? 0x1d2024 : 0xf5f6f8);
  }

  private static ExplorerApp open(Path userData) throws InterruptedException {
    ExplorerApp app =
        Painting.onEventThread(
            () -> {
              Theme.LIGHT.apply();
              return new ExplorerApp(
                  (name, listener) -> new DataState.Ready(digits()),
                  null,
                  new EngineSpec(KernelChoice.PLAIN, 2),
                  1,
                  userData);
            });
    Painting.run(app::begin);
    LiveWindow.await(() -> app.session().data() instanceof DataState.Ready && app.isAtRest());
    return app;
  }

  private static DataSplit digits() {
    SyntheticDigits digits = new SyntheticDigits(1);
    return new DataSplit(
        digits.dataset(0, 1000), digits.dataset(1000, 1200), digits.dataset(1200, 1400));
  }

  private void train(String preset, ScheduleChoice schedule) throws InterruptedException {
    form(p -> Forms.button(p, preset).doClick(0));
    form(p -> Forms.choose(p, schedule));
    form(p -> Forms.field(p, "Epochs").setText("4"));
    form(p -> Forms.field(p, "Batch").setText("50"));
    click("Start");
    awaitRun(r -> r.state() == RunState.COMPLETED);
  }

  private void form(Consumer<JComponent> change) {
    Painting.run(() -> change.accept(full.content().config()));
  }

  private void click(String button) {
    Painting.run(() -> Forms.button(full.content(), button).doClick(0));
  }

  private void awaitRun(Predicate<Run> condition) throws InterruptedException {
    LiveWindow.await(() -> full.session().selected().filter(condition).isPresent());
  }

  private void awaitRest() throws InterruptedException {
    LiveWindow.await(() -> full.isAtRest() && empty.isAtRest());
  }

  private static List<Point2D.Double> one() {
    return List.of(new Point2D.Double(0.55, 0.2), new Point2D.Double(0.45, 0.8));
  }
}
