package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command understands, and where it writes. */
public final class CommonOptions {
  /** The seed of a run that was given none. */
  public static final long DEFAULT_SEED = 1;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--json", description = "End the output with one line of JSON.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all random numbers (default: 1).")
  private @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Number of threads; changes no result (default: all cores).")
  private @Nullable Integer threads;

  @Option(
      names = "--kernel",
      paramLabel = "KERNEL",
      description = "auto, plain or simd (default: auto).")
  private @Nullable String kernel;

  /** Whether the output ends with a line of JSON. */
  public boolean json() {
    return json;
  }

  /** The seed that was asked for, or the default. */
  public long seed() {
    return seed == null ? DEFAULT_SEED : seed;
  }

  /**
   * The engine that was asked for.
   *
   * @throws ParameterException if an option has no valid value
   */
  public EngineSpec engine() {
    try {
      EngineSpec defaults = EngineSpec.defaults();
      return new EngineSpec(
          kernel == null ? defaults.kernel() : kernelChoice(kernel),
          threads == null ? defaults.threads() : threads);
    } catch (IllegalArgumentException e) {
      throw wrongUsage(e.getMessage());
    }
  }

  /**
   * The engine that was asked for, with the kernel of a record where none was asked for.
   *
   * @param recordedKernel for example {@code simd}
   * @throws ParameterException if an option has no valid value
   */
  public EngineSpec engineOr(String recordedKernel) {
    EngineSpec asked = engine();
    return kernel == null ? new EngineSpec(kernelChoice(recordedKernel), asked.threads()) : asked;
  }

  private static KernelChoice kernelChoice(String word) {
    try {
      return KernelChoice.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--kernel must be auto, plain or simd, received " + word, e);
    }
  }

  /** Where lines for people go: the output, or the error stream if the output is JSON. */
  public PrintStream out() {
    return json ? System.err : System.out;
  }

  /** Ends the output with a result, if JSON was asked for. */
  public void finish(ObjectNode result) {
    if (json) {
      System.out.println(result);
    }
  }

  /** An error in how the command was called; it ends with exit code 2. */
  public ParameterException wrongUsage(@Nullable String message) {
    if (command == null) {
      throw new IllegalStateException("options were used outside a command: " + message);
    }
    return new ParameterException(command.commandLine(), String.valueOf(message));
  }
}
