package dev.neurite.mnist.source;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The real MNIST for tests that need it: in the directory that MNIST_DIR names. */
public final class RealMnist {
  private RealMnist() {}

  /** The directory; the test is skipped, and says so, only if MNIST_DIR is not set. */
  public static Path directory() {
    String directory = System.getenv("MNIST_DIR");
    if (directory == null) {
      String reason = "skipped: needs the real MNIST, and MNIST_DIR is not set";
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    return Path.of(directory);
  }
}
