package dev.neurite.explorer.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.cli.CliCommand;
import dev.neurite.mnist.cli.CommonOptions;
import dev.neurite.mnist.cli.DataOptions;
import dev.neurite.mnist.cli.Main;
import dev.neurite.mnist.user.UserDataDirectory;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.train.EpochRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code nn explore}: the window, or the same experiment in the terminal where there is none; or a
 * check that the window works.
 */
@Command(
    name = "explore",
    description =
        "Open the MNIST explorer. Without a display it says so and runs its experiment (Simple, Wide,"
            + " pruned Wide) in the terminal, with a report in the directory of your models.")
public final class ExploreCliCommand implements CliCommand {
  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--self-check",
      description =
          "Open the window, train for one epoch in it on a few synthetic digits, close it, and say"
              + " whether that worked (exit code 0 or 1). Nothing is kept.")
  private boolean selfCheck;

  @Override
  public Integer call() throws InterruptedException {
    EngineSpec engine = options.engine();
    if (selfCheck) {
      return checkSelf(engine);
    }
    return new ExploreCommand(options.out(), () -> runExperiment(engine))
        .explore(data.words(), engine, options.seed());
  }

  private int checkSelf(EngineSpec engine) throws InterruptedException {
    if (data.words() != null) {
      throw options.wrongUsage("--self-check has its own digits and takes no --data");
    }
    SelfCheck.Result found = new SelfCheck(engine, options.seed()).run();
    EpochRecord epoch = found.epoch();
    options
        .out()
        .printf(
            "Self-check passed: the window opened, and in it a network trained for an epoch of %.2f s"
                + " with the kernel %s; it reads %.1f %% of the test images%n",
            epoch.seconds(), found.kernel(), 100 * epoch.testAccuracy());
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("kernel", found.kernel());
    result.put("threads", engine.threads());
    result.put("seconds", epoch.seconds());
    result.put("testAccuracy", epoch.testAccuracy());
    options.finish(result);
    return 0;
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
