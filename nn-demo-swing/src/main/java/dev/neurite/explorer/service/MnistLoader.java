package dev.neurite.explorer.service;

import dev.neurite.explorer.session.DataState;
import dev.neurite.mnist.dropin.DataPlace;
import dev.neurite.mnist.source.DownloadListener;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.mnist.source.TrainRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads MNIST from where {@link MnistSource} finds it. */
public final class MnistLoader implements DataLoader {
  private final MnistSource source;

  private final boolean synthetic;

  /** Looks there. */
  public MnistLoader(MnistSource source) {
    this(source, false);
  }

  /**
   * Looks there, or nowhere.
   *
   * @param synthetic whether to make digits without looking for MNIST
   */
  public MnistLoader(MnistSource source, boolean synthetic) {
    this.source = source;
    this.synthetic = synthetic;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where MNIST is in none of the usual places, synthetic digits stand in for it.
   */
  @Override
  public DataState.Ready load(@Nullable Path directory, DownloadListener listener)
      throws IOException {
    if (directory != null && !synthetic) {
      return ready(directory);
    }
    Optional<MnistSource.Found> found = synthetic ? Optional.empty() : source.find(null);
    return found.isPresent()
        ? ready(found.get())
        : new DataState.Ready(MnistData.synthetic().split(TrainRows.WITHOUT_VALIDATION), true);
  }

  @Override
  public DataState.Ready fetch(DownloadListener listener) throws IOException {
    return ready(source.findOrDownload(null, listener));
  }

  private static DataState.Ready ready(MnistSource.Found found) throws IOException {
    return new DataState.Ready(
        MnistData.load(found.directory()).split(TrainRows.WITHOUT_VALIDATION));
  }

  /** Data of any kind from a directory, by the name that the command line gives it. */
  private static DataState.Ready ready(Path directory) throws IOException {
    MnistData data = DataPlace.read(directory);
    if (data.classNames().size() != MnistData.CLASSES) {
      throw new IOException(
          "%s has %d classes; the explorer shows %d"
              .formatted(directory, data.classNames().size(), MnistData.CLASSES));
    }
    return new DataState.Ready(
        data.split(TrainRows.WITHOUT_VALIDATION),
        false,
        directory.toAbsolutePath().toString(),
        data.classNames());
  }
}
