package dev.neurite.mnist.source;

import dev.neurite.mnist.files.DecompressedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file is the original one: its decompressed content has the original SHA-256. The sum of
 * the gz file does not count, because mirrors compress anew.
 *
 * @param file which of the four
 * @param path where it was found, or null if it was not
 * @param problem what is wrong, empty if nothing is
 */
public record MnistVerification(MnistFile file, @Nullable Path path, String problem) {
  /** Whether the file is the original one. */
  public boolean isOriginal() {
    return problem.isEmpty();
  }

  /**
   * Checks the four files of a directory. Never fails: a file that is missing, damaged or
   * unreadable is a problem in the answer.
   *
   * @return one answer for each file, in the order of {@link MnistFile}
   */
  public static List<MnistVerification> verify(Path directory) {
    return List.of(MnistFile.values()).stream().map(file -> verify(directory, file)).toList();
  }

  private static MnistVerification verify(Path directory, MnistFile file) {
    Optional<Path> path = file.find(directory);
    return new MnistVerification(
        file, path.orElse(null), path.map(found -> problem(found, file)).orElse("is missing"));
  }

  private static String problem(Path path, MnistFile file) {
    try (InputStream in = DecompressedFile.open(path)) {
      String sum = Sha256.of(in, file.plainBytes());
      return sum.equals(file.plainSha256())
          ? ""
          : "decompressed SHA-256 is %s, the original has %s".formatted(sum, file.plainSha256());
    } catch (IOException e) {
      return "cannot be read: " + e.getMessage();
    }
  }
}
