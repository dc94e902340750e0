package dev.neurite.explorer.service;

import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.DataState;
import dev.neurite.mnist.dropin.NamedData;
import dev.neurite.mnist.source.DownloadListener;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.mnist.source.TrainRows;
import java.io.IOException;
import java.util.Optional;

/** Loads MNIST from where {@link MnistSource} finds it, and data that can stand in its place. */
public final class MnistLoader implements DataLoader {
  private final NamedData data;

  /** Looks there. */
  public MnistLoader(MnistSource source) {
    data = new NamedData(source);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where MNIST is in none of the usual places, synthetic digits stand in for it.
   */
  @Override
  public DataState.Ready load(String name, DownloadListener listener) throws IOException {
    Optional<MnistData> found = data.find(name);
    return found.isPresent()
        ? ready(name, found.get(), false)
        : ready(NamedData.SYNTHETIC, MnistData.synthetic(), true);
  }

  @Override
  public DataState.Ready fetch(String name, DownloadListener listener) throws IOException {
    return ready(name, data.findOrDownload(name, listener), false);
  }

  private static DataState.Ready ready(String name, MnistData data, boolean standIn) {
    return new DataState.Ready(
        data.split(TrainRows.WITHOUT_VALIDATION),
        standIn,
        new DataKind(NamedData.recordName(name), data.classNames()));
  }
}
