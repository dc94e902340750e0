package dev.neurite.bench.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.bench.train.MnistInMemory;
import dev.neurite.mnist.cli.CliCommand;
import dev.neurite.mnist.cli.CommonOptions;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nn bench}: how fast this machine multiplies, trains and predicts. */
@Command(
    name = "bench",
    description =
        "Measure products, epochs and predictions on this machine; write bench.json and bench.png.")
public final class BenchCliCommand implements CliCommand {
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(names = "--quick", description = "Fewer products and rounds: under 2 minutes.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("bench-results");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Directory with the four IDX files (default: MNIST wherever it is found).")
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    EngineSpec engineSpec = options.engine();
    String kernel;
    try (Engine engine = new Engine(engineSpec)) {
      kernel = engine.kernelName();
    }
    makeDirectory();
    MnistData mnist = load();
    Environment environment = Environment.ofProcess();
    introduce(environment, kernel, engineSpec.threads());
    BenchPlan plan = quick ? BenchPlan.quick() : BenchPlan.thorough();
    BenchReport report =
        new Bench(plan, engineSpec, options.seed(), options.out()).run(mnist.train(), mnist.test());
    write(report, ReportJson.file(report, environment, kernel, engineSpec.threads(), quick));
    options.finish(ReportJson.object(report));
    return 0;
  }

  private void makeDirectory() throws IOException {
    try {
      Files.createDirectories(out);
    } catch (FileAlreadyExistsException e) {
      throw options.wrongUsage("--out must be a directory, received the file " + out);
    }
  }

  private MnistData load() throws IOException {
    Set<String> announced = new HashSet<>();
    return MnistInMemory.load(
        data,
        (file, done, total) -> {
          if (announced.add(file)) {
            options.out().printf("Downloading %s (%,d KB)%n", file, total / 1024);
          }
        });
  }

  private void introduce(Environment environment, String kernel, int threads) {
    options
        .out()
        .printf(
            "%s, %d cores, %s%nWorkloads run on the kernel %s with threads: %d%n",
            environment.processor(), environment.cores(), environment.java(), kernel, threads);
    if (environment.isBusy()) {
      options
          .out()
          .printf(
              "The machine is busy (load %.1f): figures will be too low and too scattered%n",
              environment.load());
    }
  }

  private void write(BenchReport report, ObjectNode json) throws IOException {
    options.out().println();
    ReportTable.lines(report).forEach(options.out()::println);
    Path file = out.resolve("bench.json");
    Files.writeString(file, json.toPrettyString() + System.lineSeparator());
    options.out().printf("%nWritten: %s%n", file);
    Path picture = out.resolve("bench.png");
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    try {
      ReportChart.write(report, picture);
      options.out().printf("Written: %s%n", picture);
    } catch (RuntimeException | LinkageError | InternalError e) {
      // A Java without fonts cannot draw; minutes of measurements are not lost for that.
      options.out().printf("No chart: this Java cannot draw text (%s)%n", e);
    }
  }
}
