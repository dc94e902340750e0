package dev.neurite.mnist.cli;

import dev.neurite.mnist.dropin.ClassNames;
import dev.neurite.mnist.dropin.DataPlace;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistFile;
import dev.neurite.mnist.source.MnistMissingException;
import dev.neurite.mnist.source.MnistSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data comes from. */
public final class DataOptions {
  /** The word for MNIST wherever it is found. */
  private static final String MNIST = "mnist";

  /** The word for digits made by the program. */
  private static final String SYNTHETIC = "synthetic";

  /** Words for data of the same four files, looked for beside MNIST in the cache directory. */
  private static final List<String> KEPT_BESIDE = List.of("fashion", "kmnist");

  /**
   * Data in memory.
   *
   * @param name what it is called in records
   * @param data the images
   */
  record Loaded(String name, MnistData data) {
    /** Whether they are digits made by the program. */
    boolean isSynthetic() {
      return SYNTHETIC.equals(name);
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
    return directory(data);
  }

  /** Whether digits made by the program were asked for. */
  public boolean synthetic() {
    return SYNTHETIC.equals(data);
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
      return load(options, MNIST);
    }
    options
        .out()
        .println(
            "MNIST is not on this machine: using synthetic digits, made by this program."
                + " Fetch MNIST with: nn data download");
    return load(options, SYNTHETIC);
  }

  /**
   * Loads the data that was asked for, or else that of a name from a record.
   *
   * @param recorded one of the words, or a directory
   */
  Loaded loadOr(String recorded, CommonOptions options) throws IOException {
    return load(options, data == null ? recorded : data);
  }

  private static @Nullable Path directory(@Nullable String name) {
    if (name == null || name.equals(MNIST) || name.equals(SYNTHETIC)) {
      return null;
    }
    return KEPT_BESIDE.contains(name)
        ? MnistSource.ofProcess().cacheDirectory().resolveSibling(name)
        : Path.of(name);
  }

  private static Loaded load(CommonOptions options, String name) throws IOException {
    if (name.equals(SYNTHETIC)) {
      return new Loaded(SYNTHETIC, MnistData.synthetic());
    }
    Path directory = directory(name);
    if (directory != null && KEPT_BESIDE.contains(name)) {
      List<MnistFile> missing = MnistFile.missingFrom(directory);
      if (!missing.isEmpty()) {
        throw new MnistMissingException(
            name + " is not on this machine, and this program has no mirror of it",
            directory,
            missing);
      }
      return new Loaded(name, DataPlace.read(directory));
    }
    if (directory != null) {
      return new Loaded(directory.toAbsolutePath().toString(), DataPlace.read(directory));
    }
    MnistSource.Found found;
    try (DownloadProgress progress = new DownloadProgress(options.out())) {
      found = MnistSource.ofProcess().findOrDownload(null, progress);
    }
    return new Loaded(MNIST, MnistData.load(found.directory()));
  }
}
