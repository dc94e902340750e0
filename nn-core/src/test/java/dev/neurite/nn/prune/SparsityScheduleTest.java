package dev.neurite.nn.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The sparsities of gradual pruning and of rounds. */
class SparsityScheduleTest {
  private static final double EXACT = 1e-12;
  private static final WeightPruning GLOBAL = WeightPruning.global();

  /** By hand from s(t) = s_f + (s_i - s_f)·(1 - (t - t0)/(n·Δt))³. */
  @Test
  void followsTheCubeOfZhuAndGupta() {
    GradualPruning pruning = new GradualPruning(GLOBAL, 0, 0.8, 100, 500, 100);
    assertThat(pruning.sparsity(99)).isZero();
    assertThat(pruning.sparsity(100)).isZero();
    assertThat(pruning.sparsity(200)).isEqualTo(0.8 * (1 - 0.421875), within(EXACT)); // 0.75³
    assertThat(pruning.sparsity(300)).isEqualTo(0.7, within(EXACT)); // 0.8·(1 - 1/8)
    assertThat(pruning.sparsity(400)).isEqualTo(0.7875, within(EXACT)); // 0.8·(1 - 1/64)
    assertThat(pruning.sparsity(500)).isEqualTo(0.8);
    assertThat(pruning.sparsity(1_000_000)).isEqualTo(0.8);
    GradualPruning later = new GradualPruning(GLOBAL, 0.4, 0.8, 0, 10, 1);
    assertThat(later.sparsity(0)).isEqualTo(0.4, within(EXACT));
    assertThat(later.sparsity(5)).isEqualTo(0.75, within(EXACT));
  }

  @Test
  void changesAtTheBeginEveryFrequencyAndAtTheEnd() {
    GradualPruning pruning = new GradualPruning(GLOBAL, 0, 0.8, 3, 10, 3);
    List<Long> due = new ArrayList<>();
    for (long step = 0; step < 40; step++) {
      if (pruning.isDue(step)) {
        due.add(step);
      }
    }
    assertThat(due).containsExactly(3L, 6L, 9L, 10L);
    GradualPruning atOnce = new GradualPruning(GLOBAL, 0, 0.8, 0, 0, 100);
    assertThat(atOnce.isDue(0)).isTrue();
    assertThat(atOnce.isDue(100)).isFalse();
    assertThat(atOnce.sparsity(0)).isEqualTo(0.8);
  }

  @Property(tries = 300)
  void neverFalls(
      @ForAll @IntRange(min = 0, max = 50) int begin,
      @ForAll @IntRange(min = 0, max = 80) int span) {
    GradualPruning pruning = new GradualPruning(GLOBAL, 0.1, 0.95, begin, begin + span, 7);
    double last = 0;
    for (long step = 0; step < 150; step++) {
      assertThat(pruning.sparsity(step)).isGreaterThanOrEqualTo(last);
      last = pruning.sparsity(step);
    }
    assertThat(last).isEqualTo(0.95);
    assertThat(pruning.isDue(begin + span)).isTrue();
  }

  /** Frankle and Carbin: 20 % of what is left in each round. */
  @Test
  void everyRoundKeepsTheSameShare() {
    PruningRounds rounds = new PruningRounds(0, 1 - Math.pow(0.8, 15), 15);
    for (int round = 1; round <= 15; round++) {
      assertThat(rounds.sparsity(round)).isEqualTo(1 - Math.pow(0.8, round), within(EXACT));
    }
    assertThat(new PruningRounds(0.5, 0.875, 2).sparsity(1)).isEqualTo(0.75, within(EXACT));
    assertThat(new PruningRounds(0, 0.9, 1).sparsity(1)).isEqualTo(0.9);
  }

  @Test
  void refusesWhatMakesNoSense() {
    List<Runnable> wrong =
        List.of(
            () -> new GradualPruning(GLOBAL, 0, 1, 0, 10, 1),
            () -> new GradualPruning(GLOBAL, -0.1, 0.5, 0, 10, 1),
            () -> new GradualPruning(GLOBAL, 0.6, 0.5, 0, 10, 1),
            () -> new GradualPruning(GLOBAL, 0, 0.5, -1, 10, 1),
            () -> new GradualPruning(GLOBAL, 0, 0.5, 11, 10, 1),
            () -> new GradualPruning(GLOBAL, 0, 0.5, 0, 10, 0),
            () -> new PruningRounds(0, 1, 3),
            () -> new PruningRounds(0.5, 0.4, 3),
            () -> new PruningRounds(0, 0.4, 0),
            () -> new PruningRounds(0, 0.4, 101),
            () -> new PruningRounds(0, 0.4, 3).sparsity(0),
            () -> new PruningRounds(0, 0.4, 3).sparsity(4));
    for (Runnable construction : wrong) {
      assertThatThrownBy(construction::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(".*(received|is wanted, but).*");
    }
    assertThat(wrong).hasSize(12);
  }
}
