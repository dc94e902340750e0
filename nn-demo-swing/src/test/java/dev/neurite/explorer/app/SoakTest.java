package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.Painting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.swing.JTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether runs one after another leave memory or threads behind, while each is pruned, saved and
 * loaded too, and the charts are open. {@code -Dneurite.soak.runs=30} makes so many rounds with the
 * real images where they are; a build makes a few with small ones.
 */
@Tag("window")
class SoakTest {
  private static final boolean LONG = System.getProperty("neurite.soak.runs") != null;
  private static final int ROUNDS = Integer.getInteger("neurite.soak.runs", 7);

  /** After so many the newest runs that keep their networks and epochs are all there. */
  private static final int WARM_UP_ROUNDS = 4;

  private static final double SPREAD = 0.1;
  private static final int READINGS = 5;

  @TempDir Path userData;

  @Test
  void runsInARowLeaveNothingBehind() throws Exception {
    WindowUser.requireDisplay(SoakTest.class);
    Set<Thread> threadsBefore = threads();
    try (LiveWindow window =
        LONG ? LiveWindow.open(userData) : LiveWindow.open(TinyDigits.split(2000), userData)) {
      List<Double> megabytes = new ArrayList<>();
      Set<Thread> threadsWarm = Set.of();
      for (int round = 1; round <= ROUNDS; round++) {
        trainPruneSaveAndLoad(window, round);
        awaitRest(window);
        megabytes.add(megabytesAtRest());
        if (round == WARM_UP_ROUNDS) {
          threadsWarm = threads();
        }
      }
      System.out.println("memory after each round, in MB: " + megabytes);
      double first = megabytes.get(WARM_UP_ROUNDS - 1);
      assertThat(megabytes.subList(WARM_UP_ROUNDS, ROUNDS))
          .allSatisfy(m -> assertThat(m).isBetween(first * (1 - SPREAD), first * (1 + SPREAD)));
      assertThat(without(threads(), threadsWarm)).isEmpty();
      assertThat(Painting.onEventThread(() -> window.app.session().runs()))
          .hasSize(3 * ROUNDS)
          .allSatisfy(run -> assertThat(run.predictor().predict(new float[784])).hasSize(10));
    }
    assertThat(without(threads(), threadsBefore)).isEmpty();
  }

  private static void trainPruneSaveAndLoad(LiveWindow window, int round)
      throws InterruptedException {
    int runs = 3 * (round - 1);
    open(window, "Train");
    window.start("Simple", 4, 500);
    awaitCompleted(window, runs + 1);
    open(window, "Prune");
    Painting.run(
        () -> Forms.field(window.app.content().prune(), "Epochs after pruning").setText("2"));
    LiveWindow.await(() -> Forms.button(window.app.content().prune(), "Prune").isEnabled());
    Painting.run(() -> Forms.button(window.app.content().prune(), "Prune").doClick(0));
    awaitCompleted(window, runs + 2);
    open(window, "Library");
    Painting.run(() -> Forms.buttonFrom(window.app.content().library(), "Save ").doClick(0));
    JTable models = Painting.onEventThread(() -> Forms.table(window.app.content().library()));
    LiveWindow.await(() -> models.getRowCount() == round);
    Painting.run(
        () -> {
          models.setRowSelectionInterval(0, 0);
          Forms.button(window.app.content().library(), "Open").doClick(0);
        });
    awaitCompleted(window, runs + 3);
    open(window, "Train"); // its charts
  }

  private static void open(LiveWindow window, String tab) {
    Painting.run(() -> Forms.openTab(window.app.content(), tab));
  }

  private static void awaitCompleted(LiveWindow window, int number) throws InterruptedException {
    window.awaitRun(r -> r.id().number() == number && r.state() == RunState.COMPLETED);
  }

  /** Waits until all is on disk, and the old networks are only there. */
  private void awaitRest(LiveWindow window) throws InterruptedException {
    LiveWindow.await(
        () -> {
          List<Run> runs = window.app.session().runs();
          return runsOnDisk() == runs.size()
              && runs.stream().filter(r -> r.predictor().isInMemory()).count() <= 5;
        });
  }

  private long runsOnDisk() throws IOException {
    try (Stream<Path> all = Files.walk(userData)) {
      return all.filter(p -> p.getFileName().toString().matches("run-\\d+-.*safetensors")).count();
    }
  }

  /**
   * What is in use after a full collection, once the work that a tab had begun is over: the least
   * of what was seen, when it has not become less for some time.
   */
  private static double megabytesAtRest() throws InterruptedException {
    double[] least = {Double.POSITIVE_INFINITY};
    int[] since = new int[1];
    LiveWindow.await(
        () -> {
          System.gc();
          Runtime runtime = Runtime.getRuntime();
          double now = Math.round((runtime.totalMemory() - runtime.freeMemory()) / 1e5) / 10.0;
          since[0] = now < least[0] ? 0 : since[0] + 1;
          least[0] = Math.min(least[0], now);
          return since[0] == READINGS;
        });
    return least[0];
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  /** Those that are new; Java's own, which live as long as the process, do not count. */
  private static Set<String> without(Set<Thread> all, Set<Thread> known) {
    return all.stream()
        .filter(t -> !known.contains(t) && t.isAlive())
        .map(Thread::getName)
        .filter(
            n ->
                !n.startsWith("AWT-")
                    && !n.startsWith("Java2D")
                    && !n.startsWith("Swing-Shell")
                    && !n.startsWith("Image")
                    && !n.startsWith("ForkJoinPool.commonPool")
                    && !n.equals("TimerQueue")
                    && !n.equals("DestroyJavaVM"))
        .collect(Collectors.toSet());
  }
}
