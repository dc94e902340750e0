package dev.neurite.mnist.dropin;

import dev.neurite.mnist.source.MnistData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A directory with data of any kind that can stand in MNIST's place. */
public final class DataPlace {
  private DataPlace() {}

  /**
   * Reads what is there: the four files of MNIST (or of Fashion-MNIST or KMNIST, which have the
   * same names), IDX files with a prefix such as EMNIST's, the sprite sheet of browser examples, or
   * folders of pictures that are named after their classes.
   *
   * @param place a directory, or a directory and a prefix of file names in it, such as {@code
   *     emnist/emnist-letters-}
   * @throws IOException if there is no such data or it is damaged; the message says what is needed
   */
  public static MnistData read(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      return readDirectory(place);
    }
    Path directory = place.toAbsolutePath().getParent();
    String start = String.valueOf(place.getFileName());
    if (directory != null && Files.isDirectory(directory)) {
      for (String prefix : IdxFolder.prefixes(directory)) {
        if (!prefix.isEmpty() && (prefix.equals(start) || prefix.equals(start + "-"))) {
          return IdxFolder.read(directory, prefix);
        }
      }
    }
    throw new IOException("no directory " + place);
  }

  /**
   * What the classes of data are called that is not read (again).
   *
   * @param dataName where it came from, as records name it
   * @param classes number of classes
   * @return the names of its class folders if they are still there, else {@link ClassNames#of}
   */
  public static List<String> classNames(String dataName, int classes) {
    try {
      List<String> names = ImageFolder.classNames(Path.of(dataName));
      if (names.size() == classes) {
        return names;
      }
    } catch (IOException | InvalidPathException e) {
      return ClassNames.of(dataName, classes); // the folders have gone: the name has to do
    }
    return ClassNames.of(dataName, classes);
  }

  private static MnistData readDirectory(Path directory) throws IOException {
    Set<String> prefixes = IdxFolder.prefixes(directory);
    if (prefixes.size() > 1 && !prefixes.contains("")) {
      throw new IOException(
          "%s holds several sets of files: name one as %s"
              .formatted(
                  directory,
                  String.join(
                      " or ",
                      prefixes.stream().map(p -> directory.resolve(p).toString()).toList())));
    }
    if (prefixes.contains("")) {
      return IdxFolder.read(directory, "");
    }
    if (prefixes.size() == 1 && !prefixes.contains("")) {
      return IdxFolder.read(directory, prefixes.iterator().next());
    }
    if (SpriteSheet.isIn(directory)) {
      return SpriteSheet.read(directory);
    }
    if (ImageFolder.isIn(directory)) {
      return ImageFolder.read(directory);
    }
    return MnistData.load(directory); // says which files are missing
  }
}
