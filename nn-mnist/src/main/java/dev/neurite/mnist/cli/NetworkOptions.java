package dev.neurite.mnist.cli;

import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.ModelSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the network is. */
final class NetworkOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "simple (128), deep (128,64,32) or wide (512) (default: simple).")
  private @Nullable NetworkPreset preset;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "UNITS",
      description = "Units of the hidden layers instead of a preset, for example 512,256.")
  private @Nullable List<Integer> layers;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "relu, leaky_relu, elu, selu, gelu, silu, softplus, sigmoid, tanh or linear (default:"
              + " relu).")
  private String activation = "relu";

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "Share of units switched off after every hidden layer (default: 0).")
  private float dropout;

  @Option(
      names = "--input-dropout",
      paramLabel = "RATE",
      description = "Share of pixels switched off (default: 0).")
  private float inputDropout;

  /**
   * The network.
   *
   * @throws IllegalArgumentException if a value is not valid
   */
  ModelSpec spec(int classes) {
    if (preset != null && layers != null) {
      throw new IllegalArgumentException("--preset and --layers exclude each other");
    }
    Activation hidden = Activation.of(activation);
    List<Integer> units =
        layers != null ? layers : (preset == null ? NetworkPreset.SIMPLE : preset).hiddenUnits();
    List<DenseSpec> dense = units.stream().map(unit -> new DenseSpec(unit, hidden)).toList();
    return DigitNetwork.spec(dense, inputDropout, dropout, classes);
  }
}
