package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.RunState;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether runs one after another leave memory or threads behind. {@code -Dneurite.soak.runs=30}
 * makes more of them.
 */
@Tag("window")
class SoakTest {
  private static final int RUNS = Integer.getInteger("neurite.soak.runs", 6);
  private static final int BEFORE = 3;

  /**
   * What a finished run of this size keeps on purpose: its model, whose 101,770 parameters have a
   * gradient each, its trace and its row of the table.
   */
  private static final double KEPT_MEGABYTES_PER_RUN = 0.9;

  private static final double SPREAD = 0.1;

  @Test
  void runsInARowLeaveNothingBehind() throws Exception {
    assumeTrue(System.getenv("DISPLAY") != null, "no display");
    Set<String> threadsBefore = threads();
    try (LiveWindow window = LiveWindow.open(TinyDigits.split(2000))) {
      double first = 0;
      for (int run = 1; run <= RUNS; run++) {
        int number = run;
        window.start("Simple", 5, 50);
        window.awaitRun(r -> r.id().number() == number && r.state() == RunState.COMPLETED);
        if (run == BEFORE) {
          first = megabytesInUse();
        }
      }
      double last = megabytesInUse();
      System.out.printf(
          "memory: %.1f MB after %d runs, %.1f MB after %d%n", first, BEFORE, last, RUNS);
      assertThat(last - KEPT_MEGABYTES_PER_RUN * (RUNS - BEFORE))
          .isLessThanOrEqualTo(first * (1 + SPREAD));
    }
    assertThat(threads()).isSubsetOf(withSystem(threadsBefore));
  }

  private static double megabytesInUse() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  /** Java's own threads of windows, which live as long as the process. */
  private static Set<String> withSystem(Set<String> names) {
    Set<String> all = threads();
    all.removeIf(
        n ->
            !n.startsWith("AWT-")
                && !n.startsWith("Java2D")
                && !n.equals("TimerQueue")
                && !n.equals("DestroyJavaVM")
                && !n.startsWith("Swing-Shell")
                && !n.startsWith("Image"));
    all.addAll(names);
    return all;
  }
}
