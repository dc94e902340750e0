package dev.neurite.mnist.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The four files of MNIST, with the sizes and sums of the original ones. */
@SuppressWarnings("ImmutableEnumChecker") // List.of and a record of strings do not change
public enum MnistFile {
  /** 60,000 images to learn from. */
  TRAIN_IMAGES(
      "train-images",
      "idx3-ubyte",
      47_040_016,
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      9_912_422,
      "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
  /** Their labels. */
  TRAIN_LABELS(
      "train-labels",
      "idx1-ubyte",
      60_008,
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      28_881,
      "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
  /** 10,000 images to report on. */
  TEST_IMAGES(
      "t10k-images",
      "idx3-ubyte",
      7_840_016,
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      1_648_877,
      "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
  /** Their labels. */
  TEST_LABELS(
      "t10k-labels",
      "idx1-ubyte",
      10_008,
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
      4_542,
      "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

  private final String fileName;
  private final List<String> spellings;
  private final long plainBytes;
  private final String plainSha256;
  private final RemoteFile remote;

  MnistFile(
      String stem,
      String suffix,
      long plainBytes,
      String plainSha256,
      long gzBytes,
      String gzSha256) {
    this.fileName = stem + "-" + suffix;
    String dotted = stem + "." + suffix;
    this.spellings = List.of(fileName, fileName + ".gz", dotted, dotted + ".gz");
    this.plainBytes = plainBytes;
    this.plainSha256 = plainSha256;
    this.remote = new RemoteFile(fileName + ".gz", gzBytes, gzSha256);
  }

  /** The usual name of the plain file, for example {@code train-images-idx3-ubyte}. */
  public String fileName() {
    return fileName;
  }

  /** Size of the original file in bytes, decompressed. */
  public long plainBytes() {
    return plainBytes;
  }

  /** SHA-256 of the original file, decompressed. */
  public String plainSha256() {
    return plainSha256;
  }

  /** The original gz file as mirrors offer it. */
  public RemoteFile remote() {
    return remote;
  }

  /**
   * This file in a directory, under any of its names: plain or {@code .gz}, with {@code -idx} or
   * {@code .idx}; the first in this order.
   */
  public Optional<Path> find(Path directory) {
    return spellings.stream().map(directory::resolve).filter(Files::isRegularFile).findFirst();
  }

  /** The files that a directory lacks, in the order of this enumeration. */
  public static List<MnistFile> missingFrom(Path directory) {
    return List.of(values()).stream().filter(file -> file.find(directory).isEmpty()).toList();
  }
}
