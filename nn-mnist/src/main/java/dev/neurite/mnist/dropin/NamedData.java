package dev.neurite.mnist.dropin;

import dev.neurite.mnist.source.DownloadListener;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistFile;
import dev.neurite.mnist.source.MnistMissingException;
import dev.neurite.mnist.source.MnistSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Data by the names that users and records have for it: a word, or a directory as {@link DataPlace}
 * reads it.
 */
public final class NamedData {
  /** The word for MNIST wherever it is found. */
  public static final String MNIST = "mnist";

  /** The word for Fashion-MNIST, looked for beside MNIST in the cache directory. */
  public static final String FASHION = "fashion";

  /** The word for KMNIST, looked for beside MNIST in the cache directory. */
  public static final String KMNIST = "kmnist";

  /** The word for digits made by the program. */
  public static final String SYNTHETIC = "synthetic";

  /** Where people get what the program has no mirror of. */
  private static final Map<String, String> HOME_PAGES =
      Map.of(
          FASHION, "https://github.com/zalandoresearch/fashion-mnist",
          KMNIST, "https://codh.rois.ac.jp/kmnist");

  private final MnistSource source;

  /** Looks for MNIST there, and for its relatives beside it. */
  public NamedData(MnistSource source) {
    this.source = source;
  }

  /** The name that records have for it: the word, or the absolute path of the directory. */
  public static String recordName(String name) {
    return isWord(name) ? name : Path.of(name).toAbsolutePath().toString();
  }

  /** Whether a name is one of the words. */
  public static boolean isWord(String name) {
    return name.equals(MNIST) || name.equals(SYNTHETIC) || HOME_PAGES.containsKey(name);
  }

  /**
   * The directory that a name stands for.
   *
   * @return null for MNIST, which is looked for in several places, and for what the program makes
   */
  public @Nullable Path directory(String name) {
    if (name.equals(MNIST) || name.equals(SYNTHETIC)) {
      return null;
    }
    return HOME_PAGES.containsKey(name)
        ? source.cacheDirectory().resolveSibling(name)
        : Path.of(name);
  }

  /**
   * Reads it without touching the network.
   *
   * @return empty for MNIST where only a download can help
   * @throws MnistMissingException if files are missing; the message says where they come from and
   *     where they belong
   * @throws IOException if there is no such data or it is damaged
   */
  public Optional<MnistData> find(String name) throws IOException {
    if (name.equals(SYNTHETIC)) {
      return Optional.of(MnistData.synthetic());
    }
    Path directory = directory(name);
    if (directory == null) {
      Optional<MnistSource.Found> found = source.find(null);
      return found.isPresent()
          ? Optional.of(MnistData.load(found.get().directory()))
          : Optional.empty();
    }
    String homePage = HOME_PAGES.get(name);
    List<MnistFile> missing = MnistFile.missingFrom(directory);
    if (homePage != null && !missing.isEmpty()) {
      throw new MnistMissingException(
          "%s is not on this machine, and this program has no mirror of it (see %s)"
              .formatted(name, homePage),
          directory,
          missing);
    }
    return Optional.of(DataPlace.read(directory));
  }

  /**
   * Reads it, and downloads MNIST if it is nowhere.
   *
   * @param listener hears of the download
   */
  public MnistData findOrDownload(String name, DownloadListener listener) throws IOException {
    Optional<MnistData> found = find(name);
    return found.isPresent()
        ? found.get()
        : MnistData.load(source.findOrDownload(null, listener).directory());
  }
}
