package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.cli.Main;
import dev.neurite.mnist.user.UserDataDirectory;
import java.awt.GraphicsEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nn explore} on a machine without a display, as these tests run. */
class ExploreCliCommandTest {
  private static final int SIDE = 28;
  private static final int TRAIN = 240;
  private static final int TEST = 50;

  @TempDir private Path folder;
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path data;

  @BeforeEach
  void prepare() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    write("train", TRAIN);
    write("t10k", TEST);
    System.setProperty(UserDataDirectory.PROPERTY, folder.resolve("mine").toString());
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(realOut);
    System.setErr(realErr);
    System.clearProperty(UserDataDirectory.PROPERTY);
  }

  /** Images whose class is the row of pixels that is bright. */
  private void write(String part, int count) throws IOException {
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(images);
    for (int value : new int[] {0x0803, count, SIDE, SIDE}) {
      header.writeInt(value);
    }
    header = new DataOutputStream(labels);
    for (int value : new int[] {0x0801, count}) {
      header.writeInt(value);
    }
    for (int i = 0; i < count; i++) {
      int label = i % 10;
      labels.write(label);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        images.write(pixel / SIDE == 2 * label + 4 ? 255 - i % 7 : 0);
      }
    }
    Files.write(data.resolve(part + "-images-idx3-ubyte"), images.toByteArray());
    Files.write(data.resolve(part + "-labels-idx1-ubyte"), labels.toByteArray());
  }

  @Test
  void theExperimentRunsInTheTerminalWithTheOptionsThatWereGiven() throws IOException {
    assertThat(GraphicsEnvironment.isHeadless()).as("no display").isTrue();
    int code =
        Main.run(
            "explore", "--data=" + data, "--seed=5", "--threads=1", "--kernel=plain", "--json");
    String said = err.toString(StandardCharsets.UTF_8);
    assertThat(code).as(said).isZero();
    assertThat(said)
        .startsWith(Texts.get("app.noDisplay"))
        .contains("3 networks: Simple, Wide and pruned Wide, each with 1 seeds");

    String[] lines = out.toString(StandardCharsets.UTF_8).strip().split("\n");
    assertThat(lines).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(lines[0]);
    assertThat(json.get("networks")).hasSize(3);
    assertThat(json.at("/networks/0/runs/0/seed").asInt()).isEqualTo(5);
    assertThat(json.get("threads").asInt()).isEqualTo(1);
    assertThat(json.get("kernel").asText()).isEqualTo("plain");
    assertThat(json.get("data").asText()).isEqualTo(data.toString());
    assertThat(json.get("testImages").asInt()).isEqualTo(TEST);
    Path page = folder.resolve("mine/report/index.html");
    assertThat(json.get("report").asText()).isEqualTo(page.toString());
    assertThat(page).isNotEmptyFile();
  }

  @Test
  void withoutJsonItIsSaidOnTheOutputAndFailuresKeepTheirExitCode() {
    assertThat(Main.run("explore", "--data=" + folder.resolve("nowhere"))).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith(Texts.get("app.noDisplay"));
    assertThat(err.toString(StandardCharsets.UTF_8).strip())
        .startsWith("nn experiment: ")
        .hasLineCount(1);
  }

  @Test
  void theSelfCheckSaysThatItNeedsADisplayAndItsOwnDigits() {
    assertThat(Main.run("explore", "--self-check")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo("nn explore: self-check: there is no display to open the window on");
    err.reset();
    assertThat(Main.run("explore", "--self-check", "--data=" + data)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).strip())
        .startsWith("nn explore: --self-check has its own digits and takes no --data")
        .hasLineCount(1);
    assertThat(out.size()).isZero();
    assertThat(Main.run("explore", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--self-check");
  }
}
