package dev.neurite.mnist.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The places where MNIST may be, in their order: a given directory, the directory that {@code
 * MNIST_DIR} names, the user's cache directory, the mirrors.
 *
 * <p>A directory that was asked for (given or by variable) must have all four files: nothing else
 * is tried in its place. The download fills the cache directory, so it happens once.
 */
public final class MnistSource {
  /** Kind of a place. */
  public enum Place {
    /** The directory that the caller gave. */
    GIVEN,
    /** The directory that the variable {@code MNIST_DIR} names. */
    VARIABLE,
    /** The user's cache directory. */
    CACHE,
    /** The user's cache directory, just filled from a mirror. */
    DOWNLOAD
  }

  /**
   * A directory with all four files.
   *
   * @param directory where
   * @param place how it came to be the one
   */
  public record Found(Path directory, Place place) {}

  private final MnistEnvironment environment;
  private final FileDownload download;
  private final Function<MnistFile, RemoteFile> remoteFiles;

  /**
   * A search in these surroundings.
   *
   * @param environment variables and directories
   * @param download how files are fetched
   */
  public MnistSource(MnistEnvironment environment, FileDownload download) {
    this(environment, download, MnistFile::remote);
  }

  MnistSource(
      MnistEnvironment environment,
      FileDownload download,
      Function<MnistFile, RemoteFile> remoteFiles) {
    this.environment = environment;
    this.download = download;
    this.remoteFiles = remoteFiles;
  }

  /** A search in the surroundings of this process, with the usual mirrors. */
  public static MnistSource ofProcess() {
    return new MnistSource(MnistEnvironment.ofProcess(), FileDownload.ofMnistMirrors());
  }

  /** The directory that downloads go to; the one to name to a user who has to copy files. */
  public Path cacheDirectory() {
    return environment.cacheDirectory();
  }

  /**
   * Looks for the files without touching the network.
   *
   * @param given the directory to use, or null for the usual places
   * @return where they are, or empty if only a download can help
   * @throws MnistMissingException if a directory that was asked for lacks files
   */
  public Optional<Found> find(@Nullable Path given) throws MnistMissingException {
    if (given != null) {
      return Optional.of(complete(given, Place.GIVEN));
    }
    Optional<Path> named = environment.mnistDirectory();
    if (named.isPresent()) {
      return Optional.of(complete(named.get(), Place.VARIABLE));
    }
    Path cache = cacheDirectory();
    return MnistFile.missingFrom(cache).isEmpty()
        ? Optional.of(new Found(cache, Place.CACHE))
        : Optional.empty();
  }

  /**
   * Looks for the files and downloads what is missing to the cache directory.
   *
   * @param given the directory to use, or null for the usual places
   * @param listener hears of a download
   * @throws MnistMissingException if a directory that was asked for lacks files, or the download
   *     fails
   * @throws InterruptedIOException if the thread is interrupted
   */
  public Found findOrDownload(@Nullable Path given, DownloadListener listener) throws IOException {
    Optional<Found> found = find(given);
    return found.isPresent() ? found.get() : new Found(download(listener), Place.DOWNLOAD);
  }

  /**
   * Downloads what the cache directory lacks.
   *
   * @param listener hears of the download
   * @return the cache directory
   * @throws MnistMissingException if the download fails
   * @throws InterruptedIOException if the thread is interrupted
   */
  public Path download(DownloadListener listener) throws IOException {
    Path cache = cacheDirectory();
    List<MnistFile> missing = MnistFile.missingFrom(cache);
    for (MnistFile file : missing) {
      try {
        download.fetch(remoteFiles.apply(file), cache, listener);
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        throw new MnistMissingException(
            "MNIST could not be downloaded (" + e.getMessage() + ")",
            cache,
            MnistFile.missingFrom(cache),
            e);
      }
    }
    return cache;
  }

  private static Found complete(Path directory, Place place) throws MnistMissingException {
    List<MnistFile> missing = MnistFile.missingFrom(directory);
    if (!missing.isEmpty()) {
      String origin = place == Place.VARIABLE ? " (from the variable MNIST_DIR)" : "";
      throw new MnistMissingException(
          "MNIST is not complete in %s%s".formatted(directory, origin), directory, missing);
    }
    return new Found(directory, place);
  }
}
