package dev.neurite.mnist.cli;

import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistSource;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data comes from. */
final class DataOptions {
  /** The word for MNIST wherever it is found. */
  private static final String MNIST = "mnist";

  /**
   * Data in memory.
   *
   * @param name what it is called in records
   * @param data the images
   */
  record Loaded(String name, MnistData data) {}

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "mnist (from MNIST_DIR, the cache directory or the mirrors), or a directory with the four"
              + " IDX files (default: mnist).")
  private @Nullable String data;

  /** The directory that was asked for, or null for the usual places. */
  @Nullable Path directory() {
    return data == null || data.equals(MNIST) ? null : Path.of(data);
  }

  /** Loads the data, downloading it first where it must. */
  Loaded load(CommonOptions options) throws IOException {
    return load(options, directory());
  }

  static Loaded load(CommonOptions options, @Nullable Path directory) throws IOException {
    MnistSource.Found found;
    try (DownloadProgress progress = new DownloadProgress(options.out())) {
      found = MnistSource.ofProcess().findOrDownload(directory, progress);
    }
    String name = directory == null ? MNIST : directory.toString();
    return new Loaded(name, MnistData.load(found.directory()));
  }
}
