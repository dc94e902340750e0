package dev.neurite.explorer.app;

import dev.neurite.mnist.cli.CliCommand;
import dev.neurite.mnist.cli.CommonOptions;
import dev.neurite.mnist.cli.DataOptions;
import dev.neurite.mnist.cli.Main;
import dev.neurite.mnist.user.UserDataDirectory;
import dev.neurite.nn.autodiff.EngineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nn explore}: the window, or the same experiment in the terminal where there is none. */
@Command(
    name = "explore",
    description =
        "Open the MNIST explorer. Without a display it says so and runs its experiment (Simple, Wide,"
            + " pruned Wide) in the terminal, with a report in the directory of your models.")
public final class ExploreCliCommand implements CliCommand {
  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Override
  public Integer call() {
    EngineSpec engine = options.engine();
    return new ExploreCommand(options.out(), () -> runExperiment(engine))
        .explore(data.words(), engine, options.seed());
  }

  private int runExperiment(EngineSpec engine) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "experiment",
                "--quick",
                "--seeds",
                "1",
                "--report",
                UserDataDirectory.ofProcess().path().resolve("report").toString(),
                "--seed",
                Long.toString(options.seed()),
                "--threads",
                Integer.toString(engine.threads()),
                "--kernel",
                engine.kernel().name().toLowerCase(Locale.ROOT)));
    String where = data.words();
    if (where != null) {
      words.addAll(List.of("--data", where));
    }
    if (options.json()) {
      words.add("--json");
    }
    return Main.run(words.toArray(String[]::new));
  }
}
