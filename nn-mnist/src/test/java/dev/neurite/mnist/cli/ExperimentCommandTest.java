package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.prune.SparsityReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandTest {
  private static final int TEST = 200;

  @TempDir private Path folder;
  private Path data;
  @RegisterExtension private final TypedCommands commands = new TypedCommands();

  @BeforeEach
  void prepare() throws IOException {
    // The name has to be escaped in the page and in the command.
    data = Files.createDirectory(folder.resolve("a <b> & 'c'"));
    SquareDigits.write(data, 600, TEST);
  }

  private int experiment(Path report, String... more) {
    return commands.run(
        Stream.concat(
                Stream.of(
                    "experiment", "--quick", "--data", data.toString(), "--report", "" + report),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void writesAPageWithItsFiguresThatNeedsNothingElse() throws Exception {
    Path report = folder.resolve("report");
    assertThat(experiment(report, "--seeds", "2", "--json")).isZero();
    JsonNode json = commands.json();
    assertThat(json.get("complete").asBoolean()).isTrue();
    assertThat(json.get("networks")).hasSize(3);
    assertThat(new ObjectMapper().readTree(report.resolve("results.json").toFile()))
        .isEqualTo(json);

    WrittenPage page = new WrittenPage(report.resolve("index.html"));
    String text = page.text();
    for (JsonNode network : json.get("networks")) {
      double first = network.get("runs").get(0).get("testAccuracy").asDouble();
      double second = network.get("runs").get(1).get("testAccuracy").asDouble();
      double mean = (first + second) / 2;
      assertThat(network.get("testAccuracy").asDouble()).isEqualTo(mean, within(1e-12));
      assertThat(network.get("testAccuracyDeviation").asDouble())
          .isEqualTo(Math.abs(first - second) / Math.sqrt(2), within(1e-12));
      assertThat(network.get("binomialError").asDouble())
          .isEqualTo(Math.sqrt(mean * (1 - mean) / TEST), within(1e-12));
      assertThat(text)
          .contains("%.2f".formatted(100 * mean))
          .contains("%,d".formatted(network.get("nonZeroParameters").asInt()))
          .contains("%,d".formatted(network.get("storedBytes").asLong()));
      Path file = report.resolve(network.get("file").asText());
      assertThat(SparsityReport.of(ModelFile.read(file).model()).nonZeroParameters())
          .isEqualTo(network.get("nonZeroParameters").asInt());
      int sum = 0;
      for (JsonNode row : network.get("confusion")) {
        for (JsonNode count : row) {
          sum += count.asInt();
        }
      }
      assertThat(sum).isEqualTo(TEST);
    }
    assertThat(json.get("networks").get(2).get("nonZeroParameters").asInt())
        .isLessThanOrEqualTo(json.get("networks").get(0).get("parameters").asInt());
    assertThat(text).contains(json.get("command").asText(), json.get("machine").asText());
    assertThat(page.count("svg")).isEqualTo(2);
    assertThat(page.count("polyline")).isPositive();
    page.assertItNeedsNothingElse();
    assertThat(page.count("img")).isEqualTo(json.get("worstMistakes").size());
    try (Stream<Path> files = Files.list(report)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "index.html",
              "results.json",
              "simple.safetensors",
              "wide.safetensors",
              "pruned.safetensors");
    }
  }

  @Test
  void refusesBadInputBeforeAnyWorkAndLeavesOldFiles() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThat(experiment(file)).isEqualTo(1);
    assertThat(commands.error()).contains("is no folder");
    assertThat(Files.readString(file)).isEqualTo("mine");
    assertThat(experiment(folder.resolve("r"), "--seeds", "0")).isEqualTo(2);
    assertThat(commands.error()).contains("--seeds", "received 0").hasLineCount(1);
    assertThat(folder.resolve("r")).doesNotExist();
    assertThat(commands.run("experiment", "--quick")).isEqualTo(2);
    assertThat(commands.run("experiment", "--help")).isZero();
  }
}
