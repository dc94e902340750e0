package dev.neurite.nn.io;

import java.time.Instant;
import java.util.Objects;

/**
 * A model of a {@link ModelLibrary}, without its weights.
 *
 * @param id unique for ever; the name may change
 * @param name for people; not blank
 * @param savedAt when it came into the library
 * @param description what its file says
 * @param nonZeroParameters its weights and biases that are not exactly 0
 * @param fileBytes size of its file
 */
public record LibraryEntry(
    String id,
    String name,
    Instant savedAt,
    ModelFile.Description description,
    int nonZeroParameters,
    long fileBytes) {
  /** Longest name. */
  public static final int MAX_NAME = 80;

  /** Checks the name. */
  public LibraryEntry {
    Objects.requireNonNull(savedAt, "savedAt");
    Objects.requireNonNull(description, "description");
    requireName(name);
  }

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException if it is blank, too long, or of several lines
   */
  static void requireName(String name) {
    if (name.isBlank()
        || name.length() > MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a name has 1...%d characters in one line, received \"%s\"".formatted(MAX_NAME, name));
    }
  }
}
