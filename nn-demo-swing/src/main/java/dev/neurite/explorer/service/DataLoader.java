package dev.neurite.explorer.service;

import dev.neurite.mnist.source.DownloadListener;
import dev.neurite.nn.data.DataSplit;
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
  DataSplit load(@Nullable Path directory, DownloadListener listener) throws IOException;
}
