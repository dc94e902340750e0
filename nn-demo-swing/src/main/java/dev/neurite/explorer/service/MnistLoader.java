package dev.neurite.explorer.service;

import dev.neurite.explorer.session.DataState;
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
    Optional<MnistSource.Found> found = synthetic ? Optional.empty() : source.find(directory);
    return found.isPresent()
        ? ready(found.get().directory())
        : new DataState.Ready(MnistData.synthetic().split(TrainRows.WITHOUT_VALIDATION), true);
  }

  @Override
  public DataState.Ready fetch(DownloadListener listener) throws IOException {
    return ready(source.findOrDownload(null, listener).directory());
  }

  private static DataState.Ready ready(Path directory) throws IOException {
    return new DataState.Ready(MnistData.load(directory).split(TrainRows.WITHOUT_VALIDATION));
  }
}
