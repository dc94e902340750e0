package dev.neurite.mnist.source;

/**
 * A file as mirrors offer it.
 *
 * @param name file name, on the mirror and here
 * @param bytes exact size
 * @param sha256 SHA-256 of the content, 64 lower-case hexadecimal digits
 */
public record RemoteFile(String name, long bytes, String sha256) {
  /** Checks the form of the values. */
  public RemoteFile {
    if (bytes < 1) {
      throw new IllegalArgumentException("size is %d bytes, needs at least 1".formatted(bytes));
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "SHA-256 is '%s', needs 64 lower-case hexadecimal digits".formatted(sha256));
    }
  }
}
