package dev.neurite.mnist.source;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the search for MNIST knows of its surroundings.
 *
 * @param variables environment variables
 * @param operatingSystem name of the operating system as in the property {@code os.name}
 * @param home the user's home directory
 */
public record MnistEnvironment(Map<String, String> variables, String operatingSystem, Path home) {
  /** Copies the variables. */
  public MnistEnvironment {
    variables = Map.copyOf(variables);
  }

  /** The surroundings of this process. */
  public static MnistEnvironment ofProcess() {
    return new MnistEnvironment(
        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
  }

  /** The directory that the variable {@code MNIST_DIR} names, if it is set and not blank. */
  public Optional<Path> mnistDirectory() {
    return path("MNIST_DIR");
  }

  /**
   * Where downloaded files are kept: {@code neurite/mnist} in the user's cache directory, which is
   * {@code %LOCALAPPDATA%} on Windows, {@code ~/Library/Caches} on macOS, and {@code
   * $XDG_CACHE_HOME} (if absolute) or {@code ~/.cache} elsewhere. It need not exist.
   */
  public Path cacheDirectory() {
    String system = operatingSystem.toLowerCase(Locale.ROOT);
    Path caches;
    if (system.startsWith("windows")) {
      caches = path("LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
    } else if (system.startsWith("mac")) {
      caches = home.resolve("Library").resolve("Caches");
    } else {
      caches = path("XDG_CACHE_HOME").filter(Path::isAbsolute).orElse(home.resolve(".cache"));
    }
    return caches.resolve("neurite").resolve("mnist");
  }

  private Optional<Path> path(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(s -> !s.isBlank()).map(Path::of);
  }
}
