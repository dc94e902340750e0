package dev.neurite.mnist.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFileTest {
  @TempDir private Path folder;

  private SweepSpec read(String json) throws IOException {
    return SweepFile.read(Files.writeString(folder.resolve("sweep.json"), json));
  }

  @Test
  void aGridHasItsWordsAsTheyAreTyped() throws IOException {
    SweepSpec spec =
        read(
            """
            {"settings": {"epochs": 5, "augment": "rotate=5,shift=1"},
             "grid": {"lr": [1e-3, 0.30, 2E1], "layers": [128, [256, 128], "64,32"]},
             "seeds": 2}""");
    assertThat(spec.fixed()).isEqualTo(Map.of("epochs", "5", "augment", "rotate=5,shift=1"));
    Search.Grid grid = (Search.Grid) spec.search();
    assertThat(grid.values())
        .isEqualTo(
            Map.of(
                "lr", List.of("0.001", "0.3", "20"), "layers", List.of("128", "256,128", "64,32")));
    List<Trial> trials = spec.trials(10);
    assertThat(trials).hasSize(18);
    assertThat(trials.get(0).words()).isEqualTo("lr=0.001 layers=128");
    assertThat(trials.get(3))
        .isEqualTo(
            new Trial(
                2,
                Map.of("lr", "0.001", "layers", "256,128"),
                Map.of(
                    "lr", "0.001",
                    "layers", "256,128",
                    "epochs", "5",
                    "augment", "rotate=5,shift=1"),
                11));
  }

  @Test
  void aRandomSearchHasItsRanges() throws IOException {
    SweepSpec spec =
        read(
            """
            {"random": {"trials": 6, "seed": 5, "ranges": {
              "lr": {"log-uniform": [1e-4, 1e-2]}, "dropout": {"uniform": [0, 0.5]},
              "batch": {"integers": [32, 256]}, "optimizer": {"choices": ["adam", "sgd"]}}}}""");
    assertThat(spec.seeds()).isEqualTo(1);
    assertThat(spec.fixed()).isEmpty();
    assertThat(spec.search())
        .isEqualTo(
            new Search.Draws(
                6,
                5,
                Map.of(
                    "lr", new ValueRange.LogUniform(1e-4, 1e-2),
                    "dropout", new ValueRange.Uniform(0, 0.5),
                    "batch", new ValueRange.Integers(32, 256),
                    "optimizer", new ValueRange.Choices(List.of("adam", "sgd")))));
    assertThat(spec.trials(1)).hasSize(6);
  }

  @Test
  void whatIsNoSweepIsSaidInWords() {
    String[][] wrong = {
      {"", "a sweep file is an object"},
      {"{", "no JSON"},
      {"[1]", "a sweep file is an object"},
      {"{} x", "no JSON"},
      {"{\"grid\": {\"lr\": [1]}, \"grid\": {\"lr\": [2]}}", "Duplicate field 'grid'"},
      {"{}", "either grid or random, received neither"},
      {"{\"grid\": {\"lr\": [1]}, \"random\": {}}", "received both"},
      {"{\"grids\": {\"lr\": [1]}}", "knows settings, grid, random, seeds; received grids"},
      {"{\"grid\": [1]}", "grid must be an object of settings, received [1]"},
      {"{\"grid\": {}}", "grid needs at least one setting"},
      {"{\"grid\": {\"lr\": 0.1}}", "grid: lr: needs a list of values, received 0.1"},
      {"{\"grid\": {\"lr\": [null]}}", "grid: lr: a value is a text or a number, received null"},
      {"{\"grid\": {\"lr\": [0.1, 0.10]}}", "lr needs values that all differ"},
      {"{\"settings\": {\"lr\": 1}, \"grid\": {\"lr\": [1]}}", "lr is both among the fixed"},
      {"{\"grid\": {\"lr\": [1]}, \"seeds\": 0}", "seeds must be 1...100, received 0"},
      {"{\"grid\": {\"lr\": [1]}, \"seeds\": 1.5}", "seeds must be a whole number, received 1.5"},
      {"{\"grid\": {\"lr\": [1]}, \"seeds\": 4294967297}", "32 bits, received 4294967297"},
      {"{\"random\": {\"trials\": 2}}", "random needs trials and ranges"},
      {"{\"random\": {\"trials\": 2, \"lr\": {}}}", "knows trials, seed, ranges; received lr"},
      {
        "{\"random\": {\"trials\": 2, \"ranges\": {\"lr\": {\"normal\": [0, 1]}}}}",
        "ranges: lr: needs one of uniform, log-uniform, integers and choices, received normal"
      },
      {
        "{\"random\": {\"trials\": 2, \"ranges\": {\"lr\": {\"uniform\": [1]}}}}",
        "ranges: lr: needs a list of two numbers, the smaller one first; received [1]"
      },
      {
        "{\"random\": {\"trials\": 2, \"ranges\": {\"lr\": {\"log-uniform\": [0, 1]}}}}",
        "ranges: lr: log-uniform needs ends above 0"
      },
      {
        "{\"random\": {\"trials\": 2, \"ranges\": {\"lr\": {\"integers\": [0.5, 1]}}}}",
        "ranges: lr: integers must be a whole number, received 0.5"
      },
    };
    int checked = 0;
    for (String[] one : wrong) {
      assertThatIllegalArgumentException()
          .as(one[0])
          .isThrownBy(() -> read(one[0]))
          .withMessageContaining(one[1]);
      checked++;
    }
    assertThat(checked).isEqualTo(23);
  }
}
