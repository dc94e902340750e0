package dev.neurite.mnist.dropin;

import dev.neurite.mnist.digit.DigitPreprocessor;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.mnist.digit.ImageFileReader;
import dev.neurite.mnist.digit.UnreadableImageException;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.nn.data.ByteDataset;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Pictures (PNG, JPEG) in folders that are named after their classes.
 *
 * <p>Either {@code train/CLASS/*.png} and {@code test/CLASS/*.png}, or {@code CLASS/*.png}, and
 * then every sixth picture of a class is kept for reporting. Classes have the order of their names,
 * numbers that of their values. A picture of 28×28 pixels is taken as it is; any other is taken
 * through the steps of drawn digits.
 */
final class ImageFolder {
  private static final int PIXELS = MnistData.SIDE * MnistData.SIDE;
  private static final int TEST_EVERY = 6;
  private static final int WHITE = 255;

  /** Images of one role as they are collected. */
  private static final class Collected {
    private final List<byte[]> images = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    ByteDataset dataset(int classes) {
      byte[] pixels = new byte[Math.multiplyExact(images.size(), PIXELS)];
      byte[] classOf = new byte[images.size()];
      for (int i = 0; i < classOf.length; i++) {
        System.arraycopy(images.get(i), 0, pixels, i * PIXELS, PIXELS);
        classOf[i] = labels.get(i).byteValue();
      }
      return new ByteDataset(pixels, PIXELS, classOf, classes);
    }
  }

  private ImageFolder() {}

  /** Whether a directory has folders with pictures. */
  static boolean isIn(Path directory) throws IOException {
    return !classNames(directory).isEmpty();
  }

  /** The names of the classes, in their order; empty if there are no folders with pictures. */
  static List<String> classNames(Path directory) throws IOException {
    Path train = directory.resolve("train");
    return classFolders(Files.isDirectory(train) ? train : directory).stream()
        .map(folder -> folder.getFileName().toString())
        .toList();
  }

  /**
   * Reads all pictures.
   *
   * @throws UnreadableImageException if a picture cannot be read
   * @throws IOException if there are no two classes, more than 256, a class of the test folder is
   *     not in the training folder, or a picture shows nothing
   */
  static MnistData read(Path directory) throws IOException {
    Path train = directory.resolve("train");
    boolean divided = Files.isDirectory(train);
    List<Path> folders = classFolders(divided ? train : directory);
    List<String> names = folders.stream().map(f -> f.getFileName().toString()).toList();
    if (names.size() < 2 || names.size() > 256) {
      throw new IOException(
          "%s has %d folders with pictures, needs 2...256, one for each class"
              .formatted(directory, names.size()));
    }
    Collected learned = new Collected();
    Collected reported = new Collected();
    for (int i = 0; i < names.size(); i++) {
      List<Path> pictures = pictures(folders.get(i));
      for (int k = 0; k < pictures.size(); k++) {
        boolean kept = !divided && k % TEST_EVERY == TEST_EVERY - 1;
        add(kept ? reported : learned, pictures.get(k), i);
      }
    }
    if (divided) {
      for (Path folder : classFolders(directory.resolve("test"))) {
        int label = names.indexOf(folder.getFileName().toString());
        if (label < 0) {
          throw new IOException("%s: the class is not among those in %s".formatted(folder, train));
        }
        for (Path picture : pictures(folder)) {
          add(reported, picture, label);
        }
      }
    }
    // Mixed, so that any run of rows has all classes, as in MNIST.
    return MnistData.of(
        shuffled(learned).dataset(names.size()), shuffled(reported).dataset(names.size()), names);
  }

  private static Collected shuffled(Collected collected) {
    int[] order = new int[collected.images.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    RandomStream.of(1, RandomPurpose.SHUFFLE, 1).shuffle(0, order);
    Collected mixed = new Collected();
    for (int i : order) {
      mixed.images.add(collected.images.get(i));
      mixed.labels.add(collected.labels.get(i));
    }
    return mixed;
  }

  private static void add(Collected role, Path picture, int label) throws IOException {
    role.images.add(pixels(picture));
    role.labels.add(label);
  }

  private static byte[] pixels(Path file) throws IOException {
    GreyImage picture = ImageFileReader.read(file);
    if (picture.width() != MnistData.SIDE || picture.height() != MnistData.SIDE) {
      picture =
          new DigitPreprocessor()
              .prepare(picture)
              .orElseThrow(() -> new IOException(file + " shows nothing: it is of one brightness"))
              .digit();
    }
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = (byte) Math.round(WHITE * picture.pixels()[i]);
    }
    return pixels;
  }

  private static List<Path> classFolders(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : children.filter(Files::isDirectory).toList()) {
        if (!pictures(child).isEmpty()) {
          folders.add(child);
        }
      }
    }
    folders.sort((a, b) -> compare(a.getFileName().toString(), b.getFileName().toString()));
    return folders;
  }

  private static int compare(String a, String b) {
    if (a.matches("\\d{1,9}") && b.matches("\\d{1,9}")) {
      return Integer.compare(Integer.parseInt(a), Integer.parseInt(b));
    }
    return a.compareTo(b);
  }

  private static List<Path> pictures(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)"))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    }
  }
}
