package dev.neurite.explorer.app;

import dev.neurite.mnist.cli.CliCommand;
import dev.neurite.mnist.cli.CommonOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nn screenshots}: pictures of the explorer, without a display. */
@Command(
    name = "screenshots",
    description = "Paint the explorer, light and dark, with really trained networks, into files.")
public final class ScreenshotsCommand implements CliCommand {
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "screenshots",
      description = "Where the pictures go; default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("screenshots");

  @Override
  public Integer call() throws Exception {
    int pictures = new Screenshots(out, options.engine()).takeAll();
    options.out().printf("%d pictures in %s%n", pictures, out);
    return 0;
  }
}
