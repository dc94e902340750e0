package dev.neurite.explorer.service;

import dev.neurite.explorer.session.DataState;
import dev.neurite.mnist.source.DownloadListener;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds and reads the images; may take long. */
@FunctionalInterface
public interface DataLoader {
  /**
   * Finds and reads the images, on the caller's thread.
   *
   * @param directory where they are, or null for the usual places
   * @param listener hears of a download
   * @throws IOException if they are not to be had; the message says what to do
   */
  DataState.Ready load(@Nullable Path directory, DownloadListener listener) throws IOException;

  /**
   * Fetches the images from the network and reads them, on the caller's thread.
   *
   * @param listener hears of the download
   * @throws IOException if they are not to be had; the message says what to do
   */
  default DataState.Ready fetch(DownloadListener listener) throws IOException {
    return load(null, listener);
  }
}
