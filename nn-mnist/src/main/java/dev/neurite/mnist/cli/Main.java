package dev.neurite.mnist.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: finds the command, runs it, turns failures into exit codes. */
@Command(
    name = "nn",
    versionProvider = Version.class,
    description = "Neural networks on MNIST: train, prune, test, look inside.",
    footer = "%nnn COMMAND --help explains a command.")
public final class Main implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          TrainCommand.class,
          PruneCommand.class,
          SensitivityCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          InfoCommand.class,
          ExportCommand.class,
          ImportCommand.class,
          DataCommand.class,
          RecipesCommand.class,
          ExperimentCommand.class,
          SweepCommand.class);

  private static final int FAILURE = 1;
  private static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  private Main() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Figures look alike everywhere, and as they do in files.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(run(arguments));
  }

  /** Runs a command line and returns its exit code. */
  public static int run(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setParameterExceptionHandler((e, rest) -> reportUsage(e));
    line.setExecutionExceptionHandler((e, command, result) -> reportFailure(e, command));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    try {
      String[] words = Recipe.expand(arguments);
      commands(words.length == 0 ? "" : words[0]).forEach(line::addSubcommand);
      return line.execute(words);
    } catch (OutOfMemoryError e) {
      System.err.println("nn: out of memory: " + e.getMessage());
      return FAILURE;
    }
  }

  /**
   * The command of a name, or all where there is none: to read what every command takes would be a
   * good part of the time until a window opens.
   */
  private static List<Class<?>> commands(String name) {
    List<Class<?>> all = new ArrayList<>(COMMANDS);
    ServiceLoader.load(CliCommand.class).stream()
        .map(ServiceLoader.Provider::type)
        .forEach(all::add);
    return all.stream()
        .filter(type -> isNamed(type, name))
        .findFirst()
        .map(type -> List.<Class<?>>of(type))
        .orElse(all);
  }

  private static boolean isNamed(Class<?> type, String name) {
    Command command = type.getAnnotation(Command.class);
    return command != null && command.name().equals(name);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }

  private static int reportUsage(ParameterException e) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    System.err.printf("%s: %s (%s --help explains)%n", name, oneLine(e.getMessage()), name);
    return WRONG_USAGE;
  }

  private static int reportFailure(Exception e, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    System.err.printf("%s: %s%n", name, oneLine(message(e)));
    if (System.getProperty("neurite.stacktrace") != null) {
      e.printStackTrace();
    }
    return FAILURE;
  }

  private static @Nullable String message(Exception e) {
    if (e instanceof NoSuchFileException missing) {
      return "no file " + missing.getFile();
    }
    if (e instanceof AccessDeniedException denied) {
      return "no access to " + denied.getFile();
    }
    if (e instanceof FileSystemException failure) {
      return failure.getReason() != null
          ? failure.getMessage()
          : "%s: %s".formatted(failure.getFile(), failure.getClass().getSimpleName());
    }
    boolean expected =
        e instanceof IOException
            || e instanceof IllegalArgumentException
            || e instanceof IllegalStateException;
    return expected && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
