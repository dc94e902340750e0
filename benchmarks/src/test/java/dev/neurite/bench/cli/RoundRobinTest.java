package dev.neurite.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
  /** Work of 2 ms in turns of 1 ms: one call a turn. */
  @Test
  void worksTakeTurnsAfterTheirWarmUp() {
    List<String> log = new ArrayList<>();
    List<Samples> samples =
        new RoundRobin(new Pace(0, 3, 0.001))
            .secondsPerCall(List.of(() -> spin(log, "a"), () -> spin(log, "b")));

    assertThat(log).containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
    assertThat(samples).hasSize(2);
    for (Samples each : samples) {
      assertThat(each.values()).hasSize(3);
      assertThat(each.quantile(0.01)).isGreaterThanOrEqualTo(0.002);
    }
  }

  @Test
  void shortWorkIsRepeatedToFillATurn() {
    int[] calls = new int[1];
    Samples samples =
        new RoundRobin(new Pace(0.001, 2, 0.002)).secondsPerCall(List.of(() -> calls[0]++)).get(0);

    assertThat(calls[0]).isGreaterThan(1000);
    assertThat(samples.median()).isBetween(0.0, 1e-4);
  }

  @Test
  void settlingIsALongerWarmUpAndOneRound() {
    assertThat(new Pace(0.5, 9, 0.25).settling()).isEqualTo(new Pace(2.5, 1, 0.25));
  }

  @Test
  void refusesAPaceWithoutTurns() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace(0, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace(0, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace(-1, 1, 1));
  }

  private static void spin(List<String> log, String name) {
    log.add(name);
    long end = System.nanoTime() + 2_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
