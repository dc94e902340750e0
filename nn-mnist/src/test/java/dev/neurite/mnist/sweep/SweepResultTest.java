package dev.neurite.mnist.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepResultTest {
  private static final SweepSpec SPEC =
      new SweepSpec(
          Map.of("epochs", "3"),
          new Search.Grid(Map.of("lr", List.of("a", "b", "c", "d", "e"))),
          2);
  private final Map<Trial, TrialRecord> finished = new HashMap<>();

  static TrialRecord record(
      Trial trial, Outcome outcome, double validation, double loss, double test) {
    return new TrialRecord(
        Sweep.key(trial, "data", "plain"), outcome, "why", validation, loss, test, 100, 3, 2);
  }

  private void finish(String lr, int seed, double validation, double loss, double test) {
    boolean failed = Double.isNaN(validation);
    for (Trial trial : SPEC.trials(1)) {
      if (trial.varied().get("lr").equals(lr) && trial.seed() == seed) {
        Outcome outcome = failed ? Outcome.DIVERGED : Outcome.COMPLETED;
        finished.put(trial, record(trial, outcome, validation, loss, test));
      }
    }
  }

  private SweepResult result() {
    return SweepResult.of(SPEC, 1, trial -> Optional.ofNullable(finished.get(trial)));
  }

  private static List<String> order(SweepResult result) {
    return result.ranking().stream().map(f -> f.varied().get("lr")).toList();
  }

  @Test
  void meansOfValidationRankThenLossesAndFailuresComeLast() {
    // The test accuracy goes the other way round, and a single seed of a is the best of all.
    finish("a", 1, 0.99, 0.1, 0.70);
    finish("a", 2, 0.91, 0.1, 0.71);
    finish("b", 1, 0.96, 0.3, 0.80);
    finish("b", 2, 0.96, 0.3, 0.81);
    finish("c", 1, 0.96, 0.2, 0.50);
    finish("c", 2, 0.96, 0.2, 0.51);
    finish("d", 1, 0.999, 0.01, 0.99);
    finish("d", 2, Double.NaN, Double.NaN, Double.NaN);
    finish("e", 1, Double.NaN, Double.NaN, Double.NaN);
    SweepResult result = result();
    assertThat(order(result)).containsExactly("c", "b", "a", "d", "e");
    assertThat(result.best()).hasValueSatisfying(f -> assertThat(f.setting()).isEqualTo(3));
    assertThat(result.finished()).isEqualTo(9);
    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.trials()).isEqualTo(10);
    assertThat(result.isComplete()).isFalse();
    assertThat(result.seconds()).isEqualTo(18);

    SettingFigures a = result.ranking().get(2);
    assertThat(a.validation().mean()).isEqualTo(0.95, within(1e-12));
    assertThat(a.validation().standardDeviation()).isEqualTo(0.08 / Math.sqrt(2), within(1e-12));
    assertThat(a.test().mean()).isEqualTo(0.705, within(1e-12));
    assertThat(a.best().key().seed()).isEqualTo(1);
    assertThat(a.settings()).isEqualTo(Map.of("lr", "a", "epochs", "3"));
    SettingFigures d = result.ranking().get(3);
    assertThat(d.failed()).isEqualTo(1);
    assertThat(d.validation().count()).isEqualTo(1);
    assertThat(d.best().validationAccuracy()).isEqualTo(0.999);
  }

  @Test
  void theTestAccuracyRanksNothing() {
    for (double sign : new double[] {1, -1}) {
      finish("a", 1, 0.9, 0.5, 0.5 + 0.4 * sign);
      finish("b", 1, 0.9, 0.5, 0.5);
      finish("c", 1, 0.9, 0.5, 0.5 - 0.4 * sign);
      assertThat(order(result()))
          .as("equal ones stay in their order")
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void whereEverySettingFailedThereIsNoBest() {
    finish("a", 1, Double.NaN, Double.NaN, Double.NaN);
    finish("a", 2, 0.9, 0.5, 0.9);
    assertThat(result().best()).isEmpty();
    finished.clear();
    assertThat(result().ranking()).isEmpty();
    assertThat(result().best()).isEmpty();
  }
}
