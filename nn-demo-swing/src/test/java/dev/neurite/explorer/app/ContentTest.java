package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.compare.RunRow;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.KeyPress;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.awt.Color;
import java.awt.Container;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JLabel;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole window without a frame: real panels, presenters and services. */
class ContentTest {
  private static final EngineSpec ENGINE = new EngineSpec(KernelChoice.PLAIN, 2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EventThreadRule rule = EventThreadRule.install();

  @AfterEach
  void onlyTheEventThreadTouchedSwingAndNoThreadIsLeft() {
    assertThat(rule.violations()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("trainer", "inference", "data-loader");
  }

  @Test
  void trainsDrawsStopsAndClosesWhileTraining() throws Exception {
    ExplorerApp app = open();
    Painting.run(app::begin);
    await(() -> app.session().data() instanceof DataState.Ready);
    Painting.run(
        () -> {
          Painting.paint(app.content(), 1280, 720, 1);
          Forms.field(app.content(), "Epochs").setText("1000");
          Forms.field(app.content(), "Batch").setText("20");
          Forms.button(app.content(), "Start").doClick(0);
          app.content().testbench().canvas().addStroke(stroke());
        });
    await(() -> selected(app).history().size() >= 1);
    BufferedImage running = image(app, 1280, 720, 1);
    assertThat(Painting.count(running, Theme.LIGHT.palette().train())).isGreaterThan(50);
    await(() -> Forms.answer(app.content()).matches("\\d"));
    Painting.run(() -> Forms.button(app.content(), "Pause").doClick(0));
    await(() -> selected(app).state() == RunState.PAUSED);
    Painting.run(
        () -> {
          AbstractButton resume = Forms.button(app.content(), "Resume");
          assertThat(resume.isEnabled()).isTrue();
          resume.doClick(0);
        });
    await(() -> selected(app).state() == RunState.RUNNING);
    Painting.run(app::close); // in the middle of training
    assertThat(app.awaitEnd(PATIENCE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void everyStateOfTheWindowIsPainted(Theme theme, int scale) throws Exception {
    ExplorerApp app = open();
    Painting.run(theme::apply);
    Color page = Painting.onEventThread(() -> app.content().getBackground());
    BufferedImage waiting = image(app, 1280, 720, scale);
    assertThat(Painting.count(waiting, page))
        .isGreaterThan(waiting.getWidth() * waiting.getHeight() / 4);
    assertThat(Painting.colors(waiting)).isGreaterThan(50);

    set(app, new DataState.Missing("four files belong into a folder"));
    assertThat(Painting.count(image(app, 1280, 720, scale), theme.palette().bad()))
        .as("the cross of the message")
        .isGreaterThan(Painting.count(waiting, theme.palette().bad()));

    set(app, new DataState.Ready(TinyDigits.split(200)));
    BufferedImage ready = image(app, 1280, 720, scale);
    for (Outcome outcome : Outcome.values()) {
      Painting.run(
          () -> {
            Run run = app.session().begin(TinyDigits.experiment(3)).after(Events.started());
            run = run.after(Events.batch(1, 10, 2)).after(Events.epochCompleted(1));
            run = run.after(Events.epochCompleted(2));
            app.session()
                .update(
                    run.after(Events.ended(outcome, List.of(Events.epoch(1), Events.epoch(2)))));
          });
      BufferedImage ended = image(app, 1440, 900, scale);
      Color sign =
          switch (outcome) {
            case COMPLETED, STOPPED_EARLY -> theme.palette().good();
            case CANCELLED -> theme.palette().warning();
            case DIVERGED -> theme.palette().bad();
          };
      assertThat(Painting.count(ended, sign, 0, 30 * scale, 700 * scale, 90 * scale))
          .as("the sign of %s beside the title", outcome)
          .isGreaterThan(10);
      assertThat(Painting.count(ended, theme.palette().validation()))
          .as("a curve")
          .isGreaterThan(Painting.count(ready, theme.palette().validation()) + 30);
    }
    Painting.run(app::close);
    assertThat(app.awaitEnd(PATIENCE)).isTrue();
  }

  @Test
  void whatRunsAreComparedByIsSeenWithoutScrolling() throws Exception {
    ExplorerApp app = open();
    Painting.run(() -> app.session().begin(TinyDigits.experiment(3)));
    image(app, 1280, 720, 1);
    Painting.run(
        () -> {
          JTable runs = Forms.table(app.content().compare());
          for (RunRow.Column column :
              List.of(
                  RunRow.Column.NAME,
                  RunRow.Column.NON_ZERO,
                  RunRow.Column.TEST,
                  RunRow.Column.TIME)) {
            assertThat(runs.getVisibleRect().contains(runs.getCellRect(0, column.ordinal(), true)))
                .as("%s is seen", column)
                .isTrue();
          }
          app.close();
        });
    assertThat(app.awaitEnd(PATIENCE)).isTrue();
  }

  @Test
  void anInvalidFieldIsMarkedWithItsReason() throws Exception {
    ExplorerApp app = open();
    set(app, new DataState.Ready(TinyDigits.split(200)));
    Color bad = Theme.LIGHT.palette().bad();
    int before = Painting.count(image(app, 1280, 720, 1), bad);
    Painting.run(
        () -> {
          Forms.field(app.content(), "Rate").setText("fast");
          assertThat(Forms.button(app.content(), "Start").isEnabled()).isFalse();
        });
    assertThat(Painting.count(image(app, 1280, 720, 1), bad)).isGreaterThan(before + 50);
    Painting.run(app::close);
    assertThat(app.awaitEnd(PATIENCE)).isTrue();
  }

  @Test
  void theTourTrainsBothNetworksAndPrunesTheSecondByItself() throws Exception {
    ExplorerApp app = open();
    Painting.run(app::begin);
    await(() -> app.session().data() instanceof DataState.Ready);
    Painting.run(() -> Forms.button(app.content().lessons(), "Take the tour").doClick(0));
    await(
        () ->
            app.session().runs().size() == 3
                && app.session().runs().get(2).state() == RunState.COMPLETED);
    List<Run> runs = Painting.onEventThread(() -> app.session().runs());
    assertThat(runs)
        .extracting(Run::name)
        .containsExactly("1 Simple", "2 Wide", "3 Wide, 90 % pruned");
    assertThat(runs.get(2).pruning().order().parent()).isEqualTo(runs.get(1).id());
    Painting.run(app::close);
    assertThat(app.awaitEnd(PATIENCE)).isTrue();
  }

  @Test
  void theQuestionMarkTurnsToThePageOfKeysWhichNamesAllOfThem() throws Exception {
    ExplorerApp app = open();
    Painting.run(
        () -> {
          JTabbedPane tabs = WindowUser.all(app.content().lessons(), JTabbedPane.class).get(0);
          assertThat(tabs.getTitleAt(tabs.getSelectedIndex())).isEqualTo("Tour");
          KeyPress.pressInWindow(app.content(), "typed ?");
          assertThat(tabs.getTitleAt(tabs.getSelectedIndex())).isEqualTo("Keys");
          List<String> labels =
              WindowUser.all((Container) tabs.getSelectedComponent(), JLabel.class).stream()
                  .map(JLabel::getText)
                  .toList();
          assertThat(labels)
              .containsAll(Stream.of(Keys.values()).map(Keys::label).toList())
              .contains("Ctrl+Z", "?");
          app.close();
        });
    assertThat(app.awaitEnd(PATIENCE)).isTrue();
  }

  @Test
  void withoutADisplayItSaysSoAndTrainsInTheTerminal() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int code = new ExploreCommand(out, () -> 42).explore(null, ENGINE, 1);
    assertThat(code).isEqualTo(42);
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "No display found: training Simple, Wide and pruned Wide in the terminal instead.");
  }

  private static ExplorerApp open() {
    return Painting.onEventThread(
        () -> {
          Theme.LIGHT.apply();
          return new ExplorerApp(
              (name, listener) -> {
                if (!name.equals("mnist")) {
                  throw new IOException("not there");
                }
                return new DataState.Ready(TinyDigits.split(200));
              },
              null,
              ENGINE,
              1);
        });
  }

  private static void set(ExplorerApp app, DataState state) {
    Painting.run(() -> app.session().setData(state));
  }

  private static Run selected(ExplorerApp app) {
    return app.session().selected().orElseThrow();
  }

  private static List<Point2D.Double> stroke() {
    return List.of(new Point2D.Double(0.3, 0.2), new Point2D.Double(0.6, 0.8));
  }

  private static BufferedImage image(ExplorerApp app, int width, int height, int scale) {
    return Painting.onEventThread(() -> Painting.paint(app.content(), width, height, scale));
  }

  private static void await(Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Painting.onEventThread(condition)) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      Thread.sleep(10);
    }
  }
}
