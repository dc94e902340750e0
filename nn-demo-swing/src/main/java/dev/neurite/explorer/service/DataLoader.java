package dev.neurite.explorer.service;

import dev.neurite.explorer.session.DataState;
import dev.neurite.mnist.source.DownloadListener;
import java.io.IOException;

/** Finds and reads images; may take long. */
@FunctionalInterface
public interface DataLoader {
  /**
   * Finds and reads images, on the caller's thread.
   *
   * @param name a word or a directory, as {@link dev.neurite.mnist.dropin.NamedData} has it
   * @param listener hears of a download
   * @throws IOException if they are not to be had; the message says what to do
   */
  DataState.Ready load(String name, DownloadListener listener) throws IOException;

  /**
   * Fetches images from the network if they are nowhere, and reads them, on the caller's thread.
   *
   * @param name as above
   * @param listener hears of the download
   * @throws IOException if they are not to be had; the message says what to do
   */
  default DataState.Ready fetch(String name, DownloadListener listener) throws IOException {
    return load(name, listener);
  }
}
