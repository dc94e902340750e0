package dev.neurite.mnist.cli;

import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistSource;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data comes from. */
public final class DataOptions {
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
  public @Nullable Path directory() {
    return directory(data);
  }

  /** Loads the data, downloading it first where it must. */
  Loaded load(CommonOptions options) throws IOException {
    return load(options, data == null ? MNIST : data);
  }

  /**
   * Loads the data that was asked for, or else that of a name from a record.
   *
   * @param recorded {@code mnist} or a directory
   */
  Loaded loadOr(String recorded, CommonOptions options) throws IOException {
    return load(options, data == null ? recorded : data);
  }

  private static @Nullable Path directory(@Nullable String name) {
    return name == null || name.equals(MNIST) ? null : Path.of(name);
  }

  private static Loaded load(CommonOptions options, String name) throws IOException {
    Path directory = directory(name);
    MnistSource.Found found;
    try (DownloadProgress progress = new DownloadProgress(options.out())) {
      found = MnistSource.ofProcess().findOrDownload(directory, progress);
    }
    return new Loaded(
        directory == null ? MNIST : directory.toAbsolutePath().toString(),
        MnistData.load(found.directory()));
  }
}
