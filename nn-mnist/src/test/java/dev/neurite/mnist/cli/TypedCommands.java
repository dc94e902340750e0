package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Commands as a user types them, and what the last of them said. */
final class TypedCommands implements BeforeEachCallback, AfterEachCallback {
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  /** Runs a command line and gives its exit code. */
  int run(String... words) {
    out.reset();
    err.reset();
    return Main.run(words);
  }

  /** The output of the last command. */
  String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The error stream of the last command, without space at its ends. */
  String error() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  /** The last line of the output, which is JSON. */
  JsonNode json() throws IOException {
    String[] lines = said().strip().split("\n");
    return new ObjectMapper().readTree(lines[lines.length - 1]);
  }
}
