package dev.neurite.mnist.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The content of an IDX file is not what it should be: says which file, what came, what it takes.
 */
public final class IdxFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String received;
  private final String needed;

  /**
   * Describes a fault.
   *
   * @param file the file, as the user knows it
   * @param received what was found there, for example {@code "59 labels"}
   * @param needed what belongs there, for example {@code "60 labels, one for each image"}
   */
  public IdxFormatException(String file, String received, String needed) {
    this(file, received, needed, null);
  }

  /** The same with the exception that brought it to light. */
  public IdxFormatException(
      String file, String received, String needed, @Nullable Throwable cause) {
    super("%s: received %s, needed %s".formatted(file, received, needed), cause);
    this.file = file;
    this.received = received;
    this.needed = needed;
  }

  /** The file at fault, as the user knows it. */
  public String file() {
    return file;
  }

  /** What was found. */
  public String received() {
    return received;
  }

  /** What belongs there. */
  public String needed() {
    return needed;
  }
}
