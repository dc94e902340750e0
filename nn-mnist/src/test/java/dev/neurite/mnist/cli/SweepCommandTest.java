package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neurite.mnist.sweep.SweepLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real sweep of small networks on made-up images. */
class SweepCommandTest {
  private static final String GRID =
      """
      {"settings": {"batch": 50, "epochs": 4},
       "grid": {"lr": [0.0001, 0.01], "layers": ["12", "12,8"]},
       "seeds": 2}""";

  @TempDir private Path folder;
  private Path data;
  private Path file;
  private Path report;
  @RegisterExtension private final TypedCommands commands = new TypedCommands();

  @BeforeEach
  void prepare() throws IOException {
    // The name has to be escaped in the page and in the command.
    data = Files.createDirectory(folder.resolve("a <b> & 'c'"));
    SquareDigits.write(data, 600, 100);
    file = folder.resolve("sweep.json");
    report = folder.resolve("report");
  }

  private int sweep(String json, String... more) throws IOException {
    Files.writeString(file, json);
    return commands.run(
        Stream.concat(
                Stream.of("sweep", "" + file, "--report=" + report, "--data=" + data, "--json"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void aGridIsTrainedRankedAndReported() throws Exception {
    assertThat(sweep(GRID, "--threads=2", "--seed=3")).as(commands.error()).isZero();
    JsonNode json = commands.json();
    assertThat(json.get("complete").asBoolean()).isTrue();
    assertThat(json.get("trials").asInt()).isEqualTo(8);
    assertThat(json.get("computed").asInt()).isEqualTo(8);
    assertThat(json.get("threads").asInt()).isEqualTo(2);
    assertThat(json.get("ranking")).hasSize(4);
    double before = 2;
    for (JsonNode one : json.get("ranking")) {
      assertThat(one.get("validationAccuracy").asDouble()).isBetween(0.0, before);
      before = one.get("validationAccuracy").asDouble();
      assertThat(one.get("finished").asInt()).isEqualTo(2);
    }
    JsonNode best = json.get("best");
    assertThat(best.at("/settings/lr").asText()).isEqualTo("0.01");
    assertThat(best.at("/settings/epochs").asText()).isEqualTo("4");
    assertThat(best.get("validationAccuracy")).isEqualTo(json.at("/ranking/0/validationAccuracy"));
    assertThat(commands.error())
        .contains("8 trials: 4 settings of lr, layers, 2 for each; 2 at once", "8/8", "s left");

    WrittenPage page = new WrittenPage(report.resolve("index.html"));
    page.assertItNeedsNothingElse();
    assertThat(page.count("svg")).as("one chart for each setting that varies").isEqualTo(2);
    assertThat(page.count("circle")).isEqualTo(2 * (4 + 8));
    assertThat(page.text())
        .contains("Sweep of lr, layers", best.get("command").asText(), json.get("command").asText())
        .contains(json.get("machine").asText(), "batch=50 epochs=4")
        .contains("ranked on 50 validation images, tested on 100 images")
        .doesNotContain("stopped early", "diverged:");
    assertThat(page.elements("tr").item(1).getTextContent().replaceAll("\\s", ""))
        .startsWith("10.01" + best.at("/settings/layers").asText())
        .contains("%.2f±".formatted(100 * best.get("validationAccuracy").asDouble()))
        .contains("%.2f±".formatted(100 * best.get("testAccuracy").asDouble()));

    List<String> csv = Files.readAllLines(report.resolve("trials.csv"));
    assertThat(csv).hasSize(9);
    assertThat(csv.get(0))
        .isEqualTo(
            "rank,setting,lr,layers,batch,epochs,seed,outcome,validationAccuracy,validationLoss,"
                + "testAccuracy,parameters,completedEpochs,seconds,message");
    assertThat(csv.subList(1, 9)).allMatch(line -> line.contains(",50,4,"));
    assertThat(csv).anyMatch(line -> line.contains(",0.0001,\"12,8\",50,4,4,completed,"));
    assertThat(Files.readAllLines(report.resolve("trials.jsonl"))).hasSize(8);
    try (Stream<Path> files = Files.list(report)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("index.html", "trials.csv", "trials.jsonl", ".lock");
    }
  }

  @Test
  void aFolderIsOfOneSweepAtATime() throws IOException {
    try (SweepLock lock = SweepLock.of(report)) {
      assertThat(sweep(GRID)).isEqualTo(1);
      assertThat(commands.error().strip())
          .endsWith(
              report + " is being written by another sweep; wait for it or take another folder");
      assertThat(report.resolve("trials.jsonl")).doesNotExist();
    }
    SweepLock.of(report).close();
  }

  /** The command in the page trains the best network again, with the figures of its trial. */
  @Test
  void theBestCommandTrainsTheSameNetwork() throws IOException {
    assertThat(sweep(GRID)).isZero();
    JsonNode best = commands.json().get("best");
    String command = best.get("command").asText();
    int at = command.indexOf(" --data ");
    assertThat(command.substring(at)).contains("'\\''c'\\'''"); // for a shell, so not split here
    List<String> words = new ArrayList<>(List.of(command.substring(0, at).split(" ")));
    assertThat(words.subList(0, 2)).containsExactly("bin/nn", "train");
    assertThat(words).contains("--lr", "--layers", "--batch", "--seed", "--kernel");
    words.addAll(List.of("--data", data.toString(), "--json"));
    assertThat(commands.run(words.subList(1, words.size()).toArray(String[]::new))).isZero();
    double accuracy = commands.json().get("validationAccuracy").asDouble();
    String seed = "\"seed\":" + best.get("seed").asLong() + ",";
    String layers = "\"layers\":\"" + best.at("/settings/layers").asText() + "\"";
    List<String> trials =
        Files.readAllLines(report.resolve("trials.jsonl")).stream()
            .filter(l -> l.contains("\"lr\":\"0.01\"") && l.contains(layers) && l.contains(seed))
            .toList();
    assertThat(trials).hasSize(1);
    assertThat(trials.get(0)).contains("\"validationAccuracy\":" + accuracy + ",");
  }

  @Test
  void whatIsFinishedIsNotTrainedAgainAndOtherTrialsStay() throws IOException {
    assertThat(sweep(GRID)).isZero();
    JsonNode first = commands.json();
    List<String> lines = Files.readAllLines(report.resolve("trials.jsonl"));

    assertThat(sweep(GRID)).isZero();
    assertThat(commands.json().get("computed").asInt()).isZero();
    assertThat(commands.json().get("ranking")).isEqualTo(first.get("ranking"));
    assertThat(commands.error()).contains("8 of them are finished already");
    assertThat(Files.readAllLines(report.resolve("trials.jsonl"))).isEqualTo(lines);

    // A longer grid: only what is new is trained. The order of the settings does not matter.
    assertThat(
            sweep(
                """
                {"settings": {"epochs": 4, "batch": 50},
                 "grid": {"layers": ["12", "12,8"], "lr": [0.0001, 0.01, 0.02]}, "seeds": 2}"""))
        .isZero();
    assertThat(commands.json().get("computed").asInt()).isEqualTo(4);
    assertThat(commands.json().get("finished").asInt()).isEqualTo(12);

    // Another length of training: nothing is the same, and nothing is lost.
    assertThat(sweep(GRID.replace("\"epochs\": 4", "\"epochs\": 2"))).isZero();
    assertThat(commands.json().get("computed").asInt()).isEqualTo(8);
    assertThat(commands.error()).contains("12 trials of other sweeps, data or kernels stay in");
    assertThat(Files.readAllLines(report.resolve("trials.jsonl"))).hasSize(20).containsAll(lines);
    assertThat(Files.readAllLines(report.resolve("trials.csv"))).hasSize(9);
  }

  @Test
  void theNumberOfThreadsChangesNoFigure() throws IOException {
    assertThat(sweep(GRID, "--threads=1")).isZero();
    JsonNode one = commands.json().get("ranking");
    report = folder.resolve("other");
    assertThat(sweep(GRID, "--threads=3")).isZero();
    JsonNode three = commands.json().get("ranking");
    for (int i = 0; i < 4; i++) {
      for (String figure : List.of("settings", "validationAccuracy", "validationLoss")) {
        assertThat(three.get(i).get(figure)).as(figure).isEqualTo(one.get(i).get(figure));
      }
    }
  }

  @Test
  void aTrialThatDivergesIsRecordedAndStopsNothing() throws Exception {
    String json =
        """
        {"settings": {"layers": 12, "optimizer": "sgd", "activation": "linear", "epochs": 3},
         "grid": {"lr": [1e30, 0.1]}}""";
    assertThat(sweep(json)).as(commands.error()).isZero();
    JsonNode result = commands.json();
    assertThat(result.get("complete").asBoolean()).isTrue();
    assertThat(result.get("failed").asInt()).isEqualTo(1);
    assertThat(result.at("/best/settings/lr").asText()).isEqualTo("0.1");
    assertThat(result.at("/ranking/1/validationAccuracy").isNull()).isTrue();
    assertThat(commands.error()).contains("failed: the loss is not finite");
    assertThat(Files.readAllLines(report.resolve("trials.csv")).get(2))
        .startsWith("2,1,1000000000000000000000000000000,12,sgd,linear,3,1,diverged,,,,");
    assertThat(new WrittenPage(report.resolve("index.html")).text())
        .contains("Trials that diverged: 1", "1, 1 diverged");
    assertThat(sweep(json)).isZero();
    assertThat(commands.json().get("computed").asInt()).as("it would only fail again").isZero();

    report = folder.resolve("other");
    assertThat(sweep(json.replace(", 0.1]", "]"))).isEqualTo(1);
    assertThat(commands.error()).contains("all 1 trials failed: the loss is not finite");
    assertThat(commands.json().get("best").isNull()).isTrue();
    assertThat(report.resolve("index.html")).exists();
  }

  @Test
  void aRandomSearchRepeats() throws IOException {
    String json =
        """
        {"settings": {"layers": 8, "epochs": 1},
         "random": {"trials": 5, "seed": 4, "ranges": {
           "lr": {"log-uniform": [0.001, 0.1]}, "optimizer": {"choices": ["adam", "nesterov"]}}}}""";
    assertThat(sweep(json)).as(commands.error()).isZero();
    JsonNode first = commands.json().get("ranking");
    assertThat(first).hasSize(5);
    report = folder.resolve("other");
    assertThat(sweep(json)).isZero();
    for (int i = 0; i < 5; i++) {
      assertThat(commands.json().get("ranking").get(i).get("settings"))
          .isEqualTo(first.get(i).get("settings"));
    }
    assertThat(sweep(json.replace("\"trials\": 5", "\"trials\": 7"))).isZero();
    assertThat(commands.json().get("computed").asInt()).as("only the new ones").isEqualTo(2);
  }

  @Test
  void whatIsWrongIsSaidAsTrainSaysItBeforeAnyWork() throws IOException {
    String[][] wrong = {
      {"{\"grid\": {\"lr\": [0.1, \"much\"]}}", "lr=much: Invalid value for option '--lr'"},
      {"{\"grid\": {\"learning-rate\": [0.1]}}", "Unknown option: '--learning-rate=0.1'"},
      {"{\"grid\": {\"optimizer\": [\"newton\"]}}", "Invalid value for option '--optimizer'"},
      {"{\"grid\": {\"schedule\": [\"soft\"]}}", "--schedule must be one of"},
      {"{\"grid\": {\"dropout\": [0.2, 1.5]}}", "dropout=1.5: "},
      {"{\"grid\": {\"lr\": [0.1]}, \"settings\": {\"batch\": 0}}", "lr=0.1: "},
      {"{\"grid\": {\"lr\": [0.1]}, \"settings\": {\"train-on\": \"all\"}}", "leaves none"},
      {"{\"grid\": {\"augment\": [\"much\"]}}", "augment=much: "},
      {"{\"grid\": {\"seed\": [1, 2]}}", "seed is the same for all trials"},
      {"{\"grid\": {\"data\": [\"mnist\"]}}", "give it as nn sweep --data"},
      {"{\"grid\": {\"--lr\": [1]}}", "without dashes, received --lr"},
      {"{\"grid\": {\"out\": [\"x\"]}}", "Unknown option: '--out=x'"},
      {"{\"grid\": {}}", "grid needs at least one setting"},
      {"grid", "no JSON"},
    };
    data = folder.resolve("nowhere"); // it is not even looked for
    int checked = 0;
    for (String[] one : wrong) {
      assertThat(sweep(one[0])).as(one[0]).isEqualTo(2);
      assertThat(commands.error())
          .as(one[0])
          .startsWith("nn sweep: " + file + ": ")
          .contains(one[1])
          .hasLineCount(1);
      checked++;
    }
    assertThat(checked).isEqualTo(14);
    assertThat(report).doesNotExist();
    // The same words as of train itself.
    assertThat(commands.run("train", "--lr=much")).isEqualTo(2);
    String said = commands.error().substring("nn train: ".length());
    assertThat(sweep("{\"grid\": {\"lr\": [\"much\"]}}")).isEqualTo(2);
    assertThat(commands.error())
        .contains("lr=much: " + said.substring(0, said.indexOf(" (nn train --help")));

    assertThat(commands.run("sweep", "" + folder.resolve("none"), "--report=x")).isEqualTo(1);
    assertThat(commands.error()).isEqualTo("nn sweep: no file " + folder.resolve("none"));
    assertThat(commands.run("sweep", "" + file)).isEqualTo(2);
    Files.writeString(report, "mine");
    assertThat(sweep(GRID)).isEqualTo(1);
    assertThat(commands.error()).contains("is no folder");
    assertThat(report).hasContent("mine");
  }

  /** As by Ctrl-C: the process is asked to end while it trains. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // where a process cannot be asked
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aProcessThatIsEndedLeavesAPageAndGoesOn() throws Exception {
    StringBuilder rates = new StringBuilder("0.001");
    for (int i = 2; i <= 50; i++) {
      rates.append(", ").append("%.3f".formatted(i / 1000.0));
    }
    Files.writeString(
        file,
        "{\"settings\": {\"epochs\": 20}, \"grid\": {\"lr\": [%s]}, \"seeds\": 40}"
            .formatted(rates));
    int first = endAfter("1/2000 ");
    List<String> before = Files.readAllLines(report.resolve("trials.jsonl"));
    assertThat(first).isEqualTo(143); // 128 + SIGTERM
    assertThat(before).hasSizeBetween(1, 1999);
    WrittenPage page = new WrittenPage(report.resolve("index.html"));
    page.assertItNeedsNothingElse();
    assertThat(page.text())
        .contains("The sweep was stopped early", before.size() + " of 2,000 trials")
        .contains("of 40");

    endAfter((before.size() + 1) + "/2000 ");
    List<String> after = Files.readAllLines(report.resolve("trials.jsonl"));
    assertThat(after).hasSizeGreaterThan(before.size()).startsWith(before.toArray(String[]::new));
    assertThat(Files.readAllLines(report.resolve("trials.csv"))).hasSize(after.size() + 1);
  }

  /** Runs the sweep in a process, ends it once a line begins like this, gives its exit code. */
  private int endAfter(String beginning) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "sweep",
            file.toString(),
            "--report=" + report,
            "--data=" + data,
            "--threads=2");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectError(folder.resolve("err").toFile()).start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      do {
        line = said.readLine();
        assertThat(line).as(Files.readString(folder.resolve("err"))).isNotNull();
      } while (!line.strip().startsWith(beginning));
      process.toHandle().destroy(); // the other way would close what it says
      while (line != null) { // so that it is never blocked
        line = said.readLine();
      }
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }
}
