package dev.neurite.nn.io;

import java.io.IOException;

/** A file is not the model file that it should be. */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final long offset;

  /**
   * Says what is wrong.
   *
   * @param file the file's name
   * @param offset byte in the file where the fault was seen
   * @param problem what was received and what was needed
   */
  public ModelFormatException(String file, long offset, String problem) {
    super("%s: %s (at byte %d)".formatted(file, problem, offset));
    this.file = file;
    this.offset = offset;
  }

  /** The file's name. */
  public String file() {
    return file;
  }

  /** Byte in the file where the fault was seen. */
  public long offset() {
    return offset;
  }
}
