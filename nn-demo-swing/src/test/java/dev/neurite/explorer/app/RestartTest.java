package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.io.ModelFile;
import java.awt.Component;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.swing.JMenuItem;
import javax.swing.JTable;
import javax.swing.TransferHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole app without a frame, closed and opened again. */
class RestartTest {
  private static final EngineSpec ENGINE = new EngineSpec(KernelChoice.PLAIN, 2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EventThreadRule rule = EventThreadRule.install();

  @TempDir Path userData;

  @AfterEach
  void onlyTheEventThreadTouchedSwingAndNoThreadIsLeft() {
    assertThat(rule.violations()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("trainer", "inference", "analysis", "storage", "data-loader");
  }

  @Test
  void runsFormAndPrunedNetworksAreBackAndAnInterruptedRunGoesOn() throws Exception {
    ExplorerApp first = open();
    Painting.run(
        () -> {
          Forms.field(first.content().config(), "Epochs").setText("2");
          Forms.button(first.content(), "Start").doClick(0);
        });
    await(() -> selected(first).state() == RunState.COMPLETED);
    Painting.run(
        () -> {
          first.lookAtAll();
          Forms.field(first.content().prune(), "Epochs after pruning").setText("2");
          Forms.button(first.content().prune(), "Prune").doClick(0);
        });
    await(() -> selected(first).pruning() != null && !selected(first).state().isActive());
    Run pruned = Painting.onEventThread(() -> selected(first));
    assertThat(pruned.state()).as(pruned.message()).isEqualTo(RunState.COMPLETED);
    assertThat(pruned.pruning().order().parent()).isEqualTo(new RunId(1));
    assertThat(pruned.nonZeroParameters())
        .isLessThan(pruned.experiment().model().parameterCount() / 5);
    Painting.run(
        () -> {
          Forms.field(first.content().config(), "Epochs").setText("1000");
          Forms.field(first.content().config(), "Batch").setText("2");
          Forms.button(first.content(), "Start").doClick(0);
        });
    await(() -> selected(first).history().size() > 20);
    Set<String> earlier = checkpoints();
    await(() -> !earlier.containsAll(checkpoints()));
    assertThat(Painting.onEventThread(() -> selected(first).state())).isEqualTo(RunState.RUNNING);
    Painting.run(() -> Forms.field(first.content().config(), "Seed").setText("77"));
    close(first); // in the middle of training

    ExplorerApp second = open();
    List<Run> back = Painting.onEventThread(() -> second.session().runs());
    assertThat(back).extracting(r -> r.id().number()).containsExactly(1, 2, 3);
    assertThat(back.get(1).pruning()).isEqualTo(pruned.pruning());
    assertThat(back.get(1).history()).isEqualTo(pruned.history());
    assertThat(back.get(1).predictor().model().prunedWeights())
        .isEqualTo(pruned.predictor().model().prunedWeights())
        .isPositive();
    assertThat(Forms.field(second.content().config(), "Seed").getText()).isEqualTo("77");
    Painting.run(
        () -> { // the settings of a run of the session before
          assertThat(Forms.field(second.content().config(), "Batch").getText()).isEqualTo("2");
          JTable runs = Forms.table(second.content().compare());
          runs.setRowSelectionInterval(2, 2); // the first one is the last in the table
          useSettings(runs);
          assertThat(Forms.field(second.content().config(), "Epochs").getText()).isEqualTo("2");
          assertThat(Forms.field(second.content().config(), "Batch").getText()).isEqualTo("512");
        });
    assertThat(Painting.onEventThread(() -> second.content().recovery().isVisible())).isTrue();
    int done = back.get(2).history().size();
    assertThat(done).isPositive();
    Painting.run(() -> Forms.button(second.content(), "Go on").doClick(0));
    await(() -> selected(second).history().size() > done + 2);
    assertThat(Painting.onEventThread(() -> second.content().recovery().isVisible())).isFalse();
    Painting.run(() -> Forms.button(second.content(), "Stop").doClick(0));
    await(() -> selected(second).state() == RunState.CANCELLED);
    close(second);

    ExplorerApp third = open();
    assertThat(Painting.onEventThread(() -> third.content().recovery().isVisible())).isFalse();
    assertThat(Painting.onEventThread(() -> selected(third).id())).isEqualTo(new RunId(3));
    close(third);
  }

  /** The names of the checkpoint files of the third run; each checkpoint has a name of its own. */
  private Set<String> checkpoints() {
    try (Stream<Path> files = Files.walk(userData)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("run-3-") && name.endsWith(".checkpoint"))
          .collect(Collectors.toSet());
    } catch (IOException | UncheckedIOException e) {
      return Set.of(); // a file went away meanwhile
    }
  }

  private static void useSettings(JTable runs) {
    for (Component item : runs.getComponentPopupMenu().getComponents()) {
      if (item instanceof JMenuItem entry && entry.getText().equals("Use these settings")) {
        assertThat(entry.isEnabled()).isTrue();
        entry.doClick(0);
      }
    }
  }

  @Test
  void twoWindowsKeepTheirOwnSessions() throws Exception {
    ExplorerApp one = open();
    ExplorerApp two = open();
    Painting.run(() -> Forms.field(one.content().config(), "Seed").setText("11"));
    Painting.run(() -> Forms.field(two.content().config(), "Seed").setText("22"));
    close(one);
    age(); // file systems keep time in ticks: both could be closed within one
    close(two);
    ExplorerApp again = open();
    assertThat(Forms.field(again.content().config(), "Seed").getText()).isEqualTo("22");
    ExplorerApp other = open();
    assertThat(Forms.field(other.content().config(), "Seed").getText()).isEqualTo("11");
    close(again);
    close(other);
    try (Stream<Path> sessions = Files.list(userData.resolve("sessions"))) {
      assertThat(sessions).hasSize(2);
    }
  }

  @Test
  void aModelIsSavedAndAFileDroppedOnTheWindowIsOpened() throws Exception {
    ExplorerApp app = open();
    Painting.run(
        () -> {
          Forms.field(app.content().config(), "Epochs").setText("1");
          Forms.button(app.content(), "Start").doClick(0);
        });
    await(() -> selected(app).state() == RunState.COMPLETED);
    Painting.run(
        () -> {
          app.lookAtAll();
          Forms.buttonFrom(app.content().library(), "Save ").doClick(0);
        });
    await(() -> Forms.table(app.content().library()).getRowCount() == 1);
    Path file;
    try (Stream<Path> all = Files.walk(userData.resolve("models"))) {
      file = all.filter(p -> p.toString().endsWith(".safetensors")).findFirst().orElseThrow();
    }
    assertThat(ModelFile.describe(file).training().result().history()).hasSize(1);
    Painting.run(
        () ->
            assertThat(
                    app.content()
                        .getTransferHandler()
                        .importData(new TransferHandler.TransferSupport(app.content(), drop(file))))
                .isTrue());
    await(() -> app.session().runs().size() == 2);
    assertThat(Painting.onEventThread(() -> selected(app).history())).hasSize(1);
    close(app);
  }

  private static Transferable drop(Path file) {
    return new Transferable() {
      @Override
      public DataFlavor[] getTransferDataFlavors() {
        return new DataFlavor[] {DataFlavor.javaFileListFlavor};
      }

      @Override
      public boolean isDataFlavorSupported(DataFlavor flavor) {
        return flavor.equals(DataFlavor.javaFileListFlavor);
      }

      @Override
      public Object getTransferData(DataFlavor flavor) {
        return List.of(file.toFile());
      }
    };
  }

  private ExplorerApp open() throws Exception {
    ExplorerApp app =
        Painting.onEventThread(
            () -> {
              Theme.LIGHT.apply();
              return new ExplorerApp(
                  (directory, listener) -> new DataState.Ready(TinyDigits.split(400)),
                  null,
                  ENGINE,
                  1,
                  userData);
            });
    Painting.run(app::begin);
    await(() -> app.session().data() instanceof DataState.Ready);
    return app;
  }

  /** Makes what is on disk ten seconds older. */
  private void age() throws IOException {
    try (Stream<Path> files = Files.walk(userData)) {
      for (Path file : files.filter(f -> f.endsWith("session.json")).toList()) {
        long then = Files.getLastModifiedTime(file).toMillis() - 10_000;
        Files.setLastModifiedTime(file, FileTime.fromMillis(then));
      }
    }
  }

  private static void close(ExplorerApp app) throws Exception {
    Painting.run(app::close);
    assertThat(app.awaitEnd(PATIENCE)).isTrue();
  }

  private static Run selected(ExplorerApp app) {
    return app.session().selected().orElseThrow();
  }

  private static void await(Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Painting.onEventThread(condition)) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      Thread.sleep(10);
    }
  }
}
