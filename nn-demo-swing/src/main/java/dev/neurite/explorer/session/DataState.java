package dev.neurite.explorer.session;

import dev.neurite.mnist.dropin.NamedData;
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
   * @param standIn whether they were made by the program because MNIST is not on this machine
   * @param kind what they are called
   */
  record Ready(DataSplit split, boolean standIn, DataKind kind) implements DataState {
    /** Digits of MNIST, or those that stand in for it. */
    public Ready(DataSplit split, boolean standIn) {
      this(split, standIn, standIn ? DataKind.named(NamedData.SYNTHETIC) : DataKind.MNIST);
    }

    /** Digits of MNIST. */
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
