package dev.neurite.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.mnist.cli.CliCommand;
import dev.neurite.mnist.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCliCommandTest {
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(realErr);
  }

  @Test
  void isACommandOfTheProgram() {
    assertThat(ServiceLoader.load(CliCommand.class))
        .hasAtLeastOneElementOfType(BenchCliCommand.class);
  }

  @Test
  void saysInOneLineThatMnistIsMissing() {
    int code = Main.run("bench", "--quick", "--json", "--out", out(), "--data", out());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("nn bench: MNIST is not complete in " + out());
  }

  @Test
  void refusesAFileAsDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("taken"));

    assertThat(Main.run("bench", "--out", file.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--out must be a directory");
  }

  @Test
  void refusesWrongOptionsBeforeItMeasures() {
    assertThat(Main.run("bench", "--threads", "0", "--out", out())).isEqualTo(2);
    assertThat(directory.resolve("results")).doesNotExist();
  }

  private String out() {
    return directory.resolve("results").toString();
  }
}
