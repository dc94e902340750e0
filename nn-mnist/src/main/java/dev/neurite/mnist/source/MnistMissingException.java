package dev.neurite.mnist.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** MNIST is not where it was looked for; the message says which files belong where. */
public final class MnistMissingException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is missing and where it belongs.
   *
   * @param problem what went wrong, without a full stop
   * @param directory where the files were looked for
   * @param missing the files that are not there
   */
  public MnistMissingException(String problem, Path directory, List<MnistFile> missing) {
    this(problem, directory, missing, null);
  }

  MnistMissingException(
      String problem, Path directory, List<MnistFile> missing, @Nullable Throwable cause) {
    super(
        problem
            + missing.stream()
                .map(MnistFile::fileName)
                .collect(
                    Collectors.joining(
                        ", ",
                        "; put these files (with or without .gz) into " + directory + ": ",
                        "")),
        cause);
  }
}
