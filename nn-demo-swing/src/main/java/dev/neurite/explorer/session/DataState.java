package dev.neurite.explorer.session;

import dev.neurite.nn.data.DataSplit;
import java.util.List;
import java.util.stream.IntStream;

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
   * @param name as records name it: {@code mnist}, {@code synthetic} or a directory
   * @param classNames what the classes are called, in their order
   */
  record Ready(DataSplit split, boolean standIn, String name, List<String> classNames)
      implements DataState {
    /** Copies the names. */
    public Ready {
      classNames = List.copyOf(classNames);
    }

    /** Digits of MNIST, or those that stand in for it. */
    public Ready(DataSplit split, boolean standIn) {
      this(split, standIn, standIn ? "synthetic" : "mnist", digits(split.train().outputs()));
    }

    /** Digits of MNIST. */
    public Ready(DataSplit split) {
      this(split, false);
    }

    private static List<String> digits(int classes) {
      return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    }
  }

  /**
   * They are not to be had.
   *
   * @param reason what is missing and where it was looked for
   */
  record Missing(String reason) implements DataState {}
}
