package dev.neurite.bench.train;

import dev.neurite.mnist.source.DownloadListener;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistSource;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds and loads the images that all workloads run on. */
public final class MnistInMemory {
  private MnistInMemory() {}

  /**
   * Loads MNIST, downloading it first where it must.
   *
   * @param directory with the four files, or null for the usual places
   * @param listener hears of a download
   * @throws IllegalArgumentException if there are fewer images than a workload needs
   * @throws IOException if the files are not there or cannot be read
   */
  public static MnistData load(@Nullable Path directory, DownloadListener listener)
      throws IOException {
    Path found = MnistSource.ofProcess().findOrDownload(directory, listener).directory();
    MnistData data = MnistData.load(found);
    if (data.train().size() != Workload.EPOCH_IMAGES) {
      throw new IllegalArgumentException(
          "a workload needs %,d training images, %s has %,d"
              .formatted(Workload.EPOCH_IMAGES, found, data.train().size()));
    }
    return data;
  }

  /** Loads MNIST from the usual places for a JMH benchmark, saying nothing. */
  public static MnistData load() throws IOException {
    return load(null, (file, done, total) -> {});
  }
}
