package dev.neurite.explorer.session;

import dev.neurite.nn.data.DataSplit;

/** Whether the images are there: a closed set of values. */
public sealed interface DataState {
  /** They are looked for and read. */
  record Loading() implements DataState {}

  /**
   * They come from the network.
   *
   * @param file which of the four files
   * @param bytesDone bytes of it that are there
   * @param bytesTotal its size in bytes
   */
  record Downloading(String file, long bytesDone, long bytesTotal) implements DataState {}

  /**
   * They are there.
   *
   * @param split the images in their roles
   * @param synthetic whether they were made by the program because MNIST is not on this machine
   */
  record Ready(DataSplit split, boolean synthetic) implements DataState {
    /** Images that were read. */
    public Ready(DataSplit split) {
      this(split, false);
    }
  }

  /**
   * They are not to be had.
   *
   * @param reason what is missing and where it was looked for
   */
  record Missing(String reason) implements DataState {}
}
