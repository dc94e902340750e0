package dev.neurite.mnist.cli;

import dev.neurite.nn.model.Activation;
import picocli.CommandLine.Option;

/** What stands between the layers of a PyTorch file, which does not say it. */
final class ChainOptions {
  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "Activation behind the hidden layers of a PyTorch file (default: ${DEFAULT-VALUE}).")
  private String hidden = "relu";

  @Option(
      names = "--output-activation",
      paramLabel = "NAME",
      description =
          "Activation behind the last layer of a PyTorch file (default: ${DEFAULT-VALUE}).")
  private String output = "softmax";

  /** Behind all layers but the last. */
  Activation hidden(CommonOptions options) {
    return activation(options, "--activation", hidden);
  }

  /** Behind the last layer. */
  Activation output(CommonOptions options) {
    return activation(options, "--output-activation", output);
  }

  private static Activation activation(CommonOptions options, String option, String name) {
    try {
      return Activation.of(name);
    } catch (IllegalArgumentException e) {
      throw options.wrongUsage(option + ": " + e.getMessage());
    }
  }
}
