package dev.neurite.mnist.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The programs of {@code src/test/node} with the packages that they need, in {@code target/node}.
 *
 * <p>Where there is no Node or no registry, tests are skipped with the reason, unless the
 * environment has {@code NEURITE_REQUIRE_NODE=1}.
 */
final class NodeProject {
  private static final Path SOURCES = Path.of("src/test/node");
  private static final Path FOLDER = Path.of("target/node");
  private static final int INSTALL_SECONDS = 300;
  private static final int RUN_SECONDS = 120;

  private NodeProject() {}

  /** Prepares the project, or skips the test that asks. */
  static synchronized void prepare(Path logs) throws IOException, InterruptedException {
    Path log = logs.resolve("prepare.log");
    if (!succeeds(log, Path.of("."), RUN_SECONDS, "node", "--version")) {
      skip("no Node on this machine", log);
    }
    Files.createDirectories(FOLDER);
    Path lock = FOLDER.resolve("package-lock.json");
    boolean installed =
        Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
            && Files.exists(lock)
            && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) < 0;
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!installed
        && !succeeds(
            log,
            FOLDER,
            INSTALL_SECONDS,
            npm(),
            "ci",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts")) {
      skip("npm ci did not succeed", log);
    }
  }

  private static String npm() {
    return System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
  }

  private static void skip(String reason, Path log) throws IOException {
    String output = Files.exists(log) ? Files.readString(log).strip() : "";
    String text =
        "skipped: TensorFlow.js cannot be run, %s%s"
            .formatted(reason, output.isEmpty() ? "" : " (" + output + ")");
    System.out.println(text);
    if ("1".equals(System.getenv("NEURITE_REQUIRE_NODE"))) {
      Assertions.fail(text);
    }
    Assumptions.abort(text);
  }

  /** Runs a program of the project; it must succeed. */
  static void run(Path logs, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("node", FOLDER.resolve(program).toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    Path log = logs.resolve(program + ".log");
    if (!succeeds(log, FOLDER, RUN_SECONDS, command.toArray(String[]::new))) {
      Assertions.fail(program + " failed: " + Files.readString(log));
    }
  }

  private static boolean succeeds(Path log, Path folder, int seconds, String... command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      return false; // there is no such program
    }
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
