package dev.neurite.mnist.cli;

import dev.neurite.mnist.dropin.ClassNames;
import dev.neurite.mnist.dropin.NamedData;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data comes from. */
public final class DataOptions {
  /**
   * Data in memory.
   *
   * @param name what it is called in records
   * @param data the images
   */
  record Loaded(String name, MnistData data) {
    /** Whether they are digits made by the program. */
    boolean isSynthetic() {
      return NamedData.SYNTHETIC.equals(name);
    }

    /** Says which data it is and what its classes are called, unless it is digits 0...9. */
    void describe(PrintStream out) {
      List<String> names = data.classNames();
      if (!ClassNames.areDigits(names)) {
        out.printf("%s: %d classes: %s%n", name, names.size(), String.join(", ", names));
      }
    }
  }

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "mnist (from MNIST_DIR, the cache directory or the mirrors), fashion or kmnist (from the"
              + " directory of that name beside the cache directory of MNIST), synthetic (digits made by"
              + " this program), or a directory with IDX files (MNIST, Fashion-MNIST, KMNIST,"
              + " EMNIST), with mnist_images.png and mnist_labels_uint8, or with a folder of pictures"
              + " for each class (default: mnist where it is on this machine, else synthetic).")
  private @Nullable String data;

  /** The directory that was asked for, or null for the usual places. */
  public @Nullable Path directory() {
    return data == null ? null : new NamedData(MnistSource.ofProcess()).directory(data);
  }

  /** Whether digits made by the program were asked for. */
  public boolean synthetic() {
    return NamedData.SYNTHETIC.equals(data);
  }

  /** The data as it was asked for, or null if it was not. */
  public @Nullable String words() {
    return data;
  }

  /**
   * Loads the data that was asked for. Where none was and MNIST is not on this machine, it says so
   * and makes synthetic digits.
   */
  Loaded load(CommonOptions options) throws IOException {
    if (data != null) {
      return load(options, data);
    }
    if (MnistSource.ofProcess().find(null).isPresent()) {
      return load(options, NamedData.MNIST);
    }
    options
        .out()
        .println(
            "MNIST is not on this machine: using synthetic digits, made by this program."
                + " Fetch MNIST with: nn data download");
    return load(options, NamedData.SYNTHETIC);
  }

  /**
   * Loads the data that was asked for, or else that of a name from a record.
   *
   * @param recorded one of the words, or a directory
   */
  Loaded loadOr(String recorded, CommonOptions options) throws IOException {
    return load(options, data == null ? recorded : data);
  }

  private static Loaded load(CommonOptions options, String name) throws IOException {
    try (DownloadProgress progress = new DownloadProgress(options.out())) {
      return new Loaded(
          NamedData.recordName(name),
          new NamedData(MnistSource.ofProcess()).findOrDownload(name, progress));
    }
  }
}
