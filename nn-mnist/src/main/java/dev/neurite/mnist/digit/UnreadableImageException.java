package dev.neurite.mnist.digit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file is no picture that can be read; the message says which file and why. */
public final class UnreadableImageException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableImageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
