package dev.neurite.mnist.dropin;

import dev.neurite.mnist.files.IdxArray;
import dev.neurite.mnist.files.IdxFormatException;
import dev.neurite.mnist.files.IdxReader;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.nn.data.ByteDataset;
import dev.neurite.nn.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Four IDX files in a directory: images and labels to learn from and to report on.
 *
 * <p>Their names are {@code PREFIXtrain-images-idx3-ubyte} and so on, with {@code t10k} or {@code
 * test} for the second part, {@code .idx} or {@code -idx}, with or without {@code .gz}; the prefix
 * may be empty. Files whose prefix contains {@code emnist} are EMNIST's: their images are
 * transposed, which is undone, and where no label is 0 (the letters) labels count from 1.
 */
final class IdxFolder {
  private static final Pattern TRAIN_IMAGES =
      Pattern.compile("(.*)train-images[-.]idx3-ubyte(?:\\.gz)?");
  private static final int IMAGES_MAGIC = 0x0803;
  private static final int LABELS_MAGIC = 0x0801;
  private static final int SIDE = MnistData.SIDE;
  private static final int FEWEST_CLASSES = 2;

  private IdxFolder() {}

  /** The prefixes of the sets of files in a directory, in their order. */
  static Set<String> prefixes(Path directory) throws IOException {
    Set<String> prefixes = new TreeSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .map(file -> TRAIN_IMAGES.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .forEach(matcher -> prefixes.add(matcher.group(1)));
    }
    return prefixes;
  }

  /**
   * Reads a set of files.
   *
   * @throws IdxFormatException if a file is no IDX file of 28×28 images or of labels, or their
   *     counts disagree, or there is no training image
   */
  static MnistData read(Path directory, String prefix) throws IOException {
    boolean emnist = prefix.toLowerCase(Locale.ROOT).contains("emnist");
    byte[] trainLabels = labels(find(directory, prefix, List.of("train"), "labels", "idx1"));
    if (trainLabels.length == 0) {
      throw new IdxFormatException(
          find(directory, prefix, List.of("train"), "labels", "idx1").toString(),
          "no labels",
          "at least 1 training image");
    }
    byte[] testLabels = labels(find(directory, prefix, List.of("t10k", "test"), "labels", "idx1"));
    int lowest = Math.min(lowest(trainLabels), lowest(testLabels));
    if (emnist && lowest == 1) {
      countFromZero(trainLabels);
      countFromZero(testLabels);
    }
    int classes = Math.max(FEWEST_CLASSES, 1 + Math.max(highest(trainLabels), highest(testLabels)));
    Path trainImages = find(directory, prefix, List.of("train"), "images", "idx3");
    Path testImages = find(directory, prefix, List.of("t10k", "test"), "images", "idx3");
    Dataset train = dataset(trainImages, trainLabels, classes, emnist);
    Dataset test = dataset(testImages, testLabels, classes, emnist);
    String name = directory.toAbsolutePath() + "/" + prefix;
    return MnistData.of(train, test, ClassNames.of(name, classes));
  }

  private static Path find(
      Path directory, String prefix, List<String> parts, String content, String kind)
      throws IOException {
    List<String> tried = new ArrayList<>();
    for (String part : parts) {
      for (String separator : List.of("-", ".")) {
        for (String end : List.of("", ".gz")) {
          String name = prefix + part + "-" + content + separator + kind + "-ubyte" + end;
          Path file = directory.resolve(name);
          if (Files.isRegularFile(file)) {
            return file;
          }
          tried.add(name);
        }
      }
    }
    throw new IOException("%s has no %s (with or without .gz)".formatted(directory, tried.get(0)));
  }

  private static byte[] labels(Path file) throws IOException {
    IdxArray labels = IdxReader.read(file);
    if (labels.magic() != LABELS_MAGIC) {
      throw new IdxFormatException(
          file.toString(), "magic " + labels.magic(), "labels: magic " + LABELS_MAGIC);
    }
    return labels.bytes();
  }

  private static Dataset dataset(Path file, byte[] labels, int classes, boolean transposed)
      throws IOException {
    IdxArray images = IdxReader.read(file);
    if (images.magic() != IMAGES_MAGIC
        || images.dimensions().get(1) != SIDE
        || images.dimensions().get(2) != SIDE) {
      throw new IdxFormatException(
          file.toString(),
          "magic %d, dimensions %s".formatted(images.magic(), images.dimensions()),
          "magic %d and images of %d×%d pixels".formatted(IMAGES_MAGIC, SIDE, SIDE));
    }
    if (images.dimensions().get(0) != labels.length) {
      throw new IdxFormatException(
          file.toString(),
          images.dimensions().get(0) + " images",
          "%d images, one for each label".formatted(labels.length));
    }
    byte[] pixels = images.bytes();
    if (transposed) {
      transpose(pixels);
    }
    return new ByteDataset(pixels, SIDE * SIDE, labels, classes);
  }

  /** Swaps rows and columns of every image in place. */
  private static void transpose(byte[] pixels) {
    for (int image = 0; image < pixels.length; image += SIDE * SIDE) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < y; x++) {
          int at = image + y * SIDE + x;
          int other = image + x * SIDE + y;
          byte swapped = pixels[at];
          pixels[at] = pixels[other];
          pixels[other] = swapped;
        }
      }
    }
  }

  private static int lowest(byte[] labels) {
    int lowest = 255;
    for (byte label : labels) {
      lowest = Math.min(lowest, label & 0xFF);
    }
    return lowest;
  }

  private static int highest(byte[] labels) {
    int highest = 0;
    for (byte label : labels) {
      highest = Math.max(highest, label & 0xFF);
    }
    return highest;
  }

  private static void countFromZero(byte[] labels) {
    for (int i = 0; i < labels.length; i++) {
      labels[i]--;
    }
  }
}
