package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program on its first day without a network: a process of its own, whose home and cache are
 * empty, whose variable MNIST_DIR is not set, and whose way to the mirrors is a closed port.
 */
class OfflineTest {
  private static final long MINUTES = 3;

  @TempDir private Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  private Path err() {
    return folder.resolve("err");
  }

  private int run(String... words) throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve("home"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=" + closedPort(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().remove("MNIST_DIR");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Process process = builder.redirectOutput(out().toFile()).redirectError(err().toFile()).start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("no end after minutes: " + String.join(" ", words));
    }
    return process.exitValue();
  }

  /** A port that nobody listens at: just given back. */
  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void trainingUsesSyntheticDigitsAndSaysSo() throws IOException, InterruptedException {
    assertThat(run("train", "--epochs", "1", "--layers", "16", "--out", "model.safetensors"))
        .as(Files.readString(err()))
        .isZero();
    assertThat(Files.readString(out()))
        .startsWith(
            "MNIST is not on this machine: using synthetic digits, made by this program."
                + " Fetch MNIST with: nn data download")
        .contains("Training 784-16-10", "on 55,000 images", "Test accuracy");
    assertThat(folder.resolve("home/model.safetensors")).isNotEmptyFile();

    assertThat(run("evaluate", "model.safetensors", "--json")).isZero();
    JsonNode evaluated = new ObjectMapper().readTree(Files.readString(out()));
    assertThat(evaluated.get("testAccuracy").asDouble()).isBetween(0.7, 0.99);
    assertThat(Files.readString(err())).contains("using synthetic digits");

    assertThat(run("data", "info")).isZero();
    assertThat(Files.readString(out()))
        .contains("No MNIST here yet", folder.resolve("cache/neurite/mnist").toString());
  }

  @Test
  void downloadingFailsInOneLine() throws IOException, InterruptedException {
    assertThat(run("data", "download")).isEqualTo(1);
    assertThat(Files.readString(err()).strip())
        .hasLineCount(1)
        .startsWith("nn data download: MNIST could not be downloaded (https://")
        .contains(
            "; https://",
            "no connection",
            "put these files (with or without .gz) into " + folder.resolve("cache/neurite/mnist"),
            "train-images-idx3-ubyte, train-labels-idx1-ubyte,"
                + " t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte");

    assertThat(run("train", "--data", "mnist", "--epochs", "1")).isEqualTo(1);
    assertThat(Files.readString(err()).strip())
        .hasLineCount(1)
        .startsWith("nn train: MNIST could not be downloaded");
    assertThat(run("train", "--data", "fashion", "--epochs", "1")).isEqualTo(1);
    assertThat(Files.readString(err()).strip())
        .hasLineCount(1)
        .startsWith("nn train: fashion is not on this machine");
  }
}
