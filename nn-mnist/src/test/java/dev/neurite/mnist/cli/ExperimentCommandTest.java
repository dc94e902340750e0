package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.prune.SparsityReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ExperimentCommandTest {
  private static final int TEST = 200;

  @TempDir private Path folder;
  private Path data;
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void prepare() throws IOException {
    // The name has to be escaped in the page and in the command.
    data = Files.createDirectory(folder.resolve("a <b> & 'c'"));
    SquareDigits.write(data, 600, TEST);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  private int experiment(Path report, String... more) {
    return Main.run(
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
    String[] lines = out.toString(StandardCharsets.UTF_8).strip().split("\n");
    JsonNode json = new ObjectMapper().readTree(lines[lines.length - 1]);
    assertThat(json.get("complete").asBoolean()).isTrue();
    assertThat(json.get("networks")).hasSize(3);
    assertThat(new ObjectMapper().readTree(report.resolve("results.json").toFile()))
        .isEqualTo(json);

    String html = Files.readString(report.resolve("index.html"));
    Document page = parsed(html);
    String text = page.getDocumentElement().getTextContent();
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
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2);
    assertNothingIsLoaded(page, html);
    assertThat(html).contains("prefers-color-scheme: dark");
    assertThat(page.getElementsByTagName("img").getLength())
        .isEqualTo(json.get("worstMistakes").size());
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

  private static Document parsed(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertNothingIsLoaded(Document page, String html) throws IOException {
    assertThat(html).doesNotContain("@import", "url(");
    Set<String> names = new HashSet<>();
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      names.add(element.getTagName());
      assertThat(element.hasAttribute("href")).isFalse();
      String source = element.getAttribute("src");
      if (!source.isEmpty()) {
        assertThat(source).startsWith("data:image/png;base64,");
        byte[] bytes = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(28);
      }
    }
    assertThat(names).contains("table", "svg", "polyline").doesNotContain("script", "link");
  }

  @Test
  void refusesBadInputBeforeAnyWorkAndLeavesOldFiles() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThat(experiment(file)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("is no folder");
    assertThat(Files.readString(file)).isEqualTo("mine");
    err.reset();
    assertThat(experiment(folder.resolve("r"), "--seeds", "0")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--seeds", "received 0")
        .hasLineCount(1);
    assertThat(folder.resolve("r")).doesNotExist();
    assertThat(Main.run("experiment", "--quick")).isEqualTo(2);
    assertThat(Main.run("experiment", "--help")).isZero();
  }
}
