package dev.neurite.explorer.service;

import dev.neurite.mnist.source.DownloadListener;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.mnist.source.TrainRows;
import dev.neurite.nn.data.DataSplit;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Loads MNIST from where {@link MnistSource} finds it. */
public final class MnistLoader implements DataLoader {
  private final MnistSource source;

  /** Looks there. */
  public MnistLoader(MnistSource source) {
    this.source = source;
  }

  @Override
  public DataSplit load(@Nullable Path directory, DownloadListener listener) throws IOException {
    return MnistData.load(source.findOrDownload(directory, listener).directory())
        .split(TrainRows.WITHOUT_VALIDATION);
  }
}
