package dev.neurite.mnist.user;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the directory for models and sessions.
 *
 * @param property the system property {@value #PROPERTY}, or null
 * @param variables environment variables
 * @param operatingSystem name of the operating system as in the property {@code os.name}
 * @param home the user's home directory
 */
public record UserDataDirectory(
    @Nullable String property, Map<String, String> variables, String operatingSystem, Path home) {
  /** Names another directory; goes before the variable. */
  public static final String PROPERTY = "neurite.data";

  /** Names another directory. */
  public static final String VARIABLE = "NEURITE_DATA";

  /** Copies the variables. */
  public UserDataDirectory {
    variables = Map.copyOf(variables);
  }

  /** As this process sees it. */
  public static UserDataDirectory ofProcess() {
    return new UserDataDirectory(
        System.getProperty(PROPERTY),
        System.getenv(),
        System.getProperty("os.name"),
        Path.of(System.getProperty("user.home")));
  }

  /**
   * The directory that property or variable names; else {@code neurite} in {@code %APPDATA%} on
   * Windows, in {@code ~/Library/Application Support} on macOS, and in {@code $XDG_DATA_HOME} (if
   * absolute) or {@code ~/.local/share} elsewhere. It need not exist.
   */
  public Path path() {
    if (property != null && !property.isBlank()) {
      return Path.of(property);
    }
    return variable(VARIABLE).orElseGet(() -> usualParent().resolve("neurite"));
  }

  private Path usualParent() {
    String system = operatingSystem.toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return variable("APPDATA").orElse(home.resolve("AppData").resolve("Roaming"));
    } else if (system.startsWith("mac")) {
      return home.resolve("Library").resolve("Application Support");
    }
    return variable("XDG_DATA_HOME")
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".local").resolve("share"));
  }

  private Optional<Path> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(s -> !s.isBlank()).map(Path::of);
  }
}
