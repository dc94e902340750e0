package dev.neurite.mnist.cli;

import dev.neurite.mnist.experiment.Spread;
import dev.neurite.mnist.report.RunContext;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.io.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written down about a run: when, with what, on which machine. */
final class RunRecords {
  private RunRecords() {}

  /** This second, as an ISO 8601 instant. */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Where a model made now comes from. */
  static Provenance provenance(String data, Engine engine, Provenance.@Nullable Parent parent) {
    return new Provenance(
        Version.producer(), now(), data, engine.kernelName(), engine.spec().threads(), parent);
  }

  /** The circumstances of figures made now. */
  static RunContext context(
      String command, DataOptions.Loaded loaded, String kernel, EngineSpec engine, long seed) {
    return new RunContext(
        command,
        loaded.name(),
        loaded.isSynthetic(),
        loaded.data().classNames(),
        kernel,
        engine.threads(),
        seed,
        Version.producer(),
        now(),
        machine());
  }

  /** Processor, system and Java in one line. */
  static String machine() {
    return "%s, %d processors; %s %s; Java %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"));
  }

  private static String processor() {
    String architecture = System.getProperty("os.arch");
    try {
      // Linux tells the model; elsewhere the architecture must do.
      List<String> lines =
          Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1);
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }

  /** A word as a shell takes it. */
  static String word(String text) {
    return text.matches("[\\w./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Mean and standard deviation in percent. */
  static String percent(Spread spread) {
    return spread.count() < 2
        ? "%.2f".formatted(100 * spread.mean())
        : "%.2f ± %.2f".formatted(100 * spread.mean(), 100 * spread.standardDeviation());
  }
}
