package dev.neurite.mnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.mnist.sweep.Search;
import dev.neurite.mnist.sweep.Sweep;
import dev.neurite.mnist.sweep.SweepResult;
import dev.neurite.mnist.sweep.SweepSpec;
import dev.neurite.mnist.sweep.Trial;
import dev.neurite.mnist.sweep.TrialRecord;
import dev.neurite.mnist.sweep.ValueRange;
import dev.neurite.nn.train.TrainingResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SweepReportTest {
  private static final RunContext CONTEXT =
      new RunContext(
          "nn sweep", "data", false, List.of("0"), "plain", 2, 1, "nn", "2026-01-02", "machine");

  /** A page of one setting whose values come to these accuracies. */
  private static String page(Map<String, Double> accuracies) {
    List<String> values = accuracies.keySet().stream().sorted().toList();
    SweepSpec spec = new SweepSpec(Map.of(), new Search.Grid(Map.of("lr", values)), 1);
    SweepResult result =
        SweepResult.of(
            spec,
            1,
            trial -> Optional.of(record(trial, accuracies.get(trial.words().substring(3)))));
    return new SweepReport(result, "nn train", 100, 100, CONTEXT).html();
  }

  private static TrialRecord record(Trial trial, double accuracy) {
    return new TrialRecord(
        Sweep.key(trial, "data", "plain"),
        TrainingResult.Outcome.COMPLETED,
        "done",
        accuracy,
        0.1,
        accuracy,
        10,
        1,
        1);
  }

  private static List<Double> heights(String page) {
    return Pattern.compile("<circle class=\"f\\d\" cx=\"[^\"]*\" cy=\"([^\"]*)\"")
        .matcher(page)
        .results()
        .map((MatchResult m) -> Double.parseDouble(m.group(1)))
        .toList();
  }

  /** What stands far below does not press the others together, and the page says where it is. */
  @Test
  void theGoodSettingsKeepTheirRoom() {
    String page = page(Map.of("0.1", 0.98, "0.2", 0.97, "0.3", 0.96, "0.4", 0.11, "0.5", 0.12));
    assertThat(page).contains("What is below 90.00 % stands at that height.", "lr=0.4: 11.00 %");
    List<Double> heights = heights(page); // the best one last, larger is lower
    assertThat(heights).hasSize(5);
    assertThat(heights.get(0)).isEqualTo(heights.get(1)).isGreaterThan(heights.get(2));
    assertThat(heights.get(2) - heights.get(4)).isGreaterThan(50);
    assertThat(page(Map.of("0.1", 0.98, "0.2", 0.97))).doesNotContain("What is below");
  }

  @Test
  void numbersOfManySizesStandOnALogarithmicAxisAndWordsSideBySide() {
    assertThat(page(Map.of("0.0001", 0.9, "0.01", 0.91, "0.1", 0.92)))
        .contains(">2e-4</text>", ">0.002</text>", ">0.1</text>");
    assertThat(page(Map.of("128", 0.9, "256,128", 0.91)))
        .contains(">128</text>", ">256,128</text>")
        .doesNotContain(">150</text>");
  }

  @Test
  void choicesStandInTheOrderOfTheFile() {
    SweepSpec spec =
        new SweepSpec(
            Map.of(),
            new Search.Draws(
                3, 2, Map.of("optimizer", new ValueRange.Choices(List.of("sgd", "adam", "adamw")))),
            1);
    SweepResult result = SweepResult.of(spec, 1, trial -> Optional.of(record(trial, 0.9)));
    assertThat(result.ranking().get(0).varied())
        .as("drawn first")
        .isNotEqualTo(Map.of("optimizer", "sgd"));
    String page = new SweepReport(result, "", 100, 100, CONTEXT).html();
    assertThat(page).containsSubsequence(">sgd</text>", ">adam</text>", ">adamw</text>");
  }
}
