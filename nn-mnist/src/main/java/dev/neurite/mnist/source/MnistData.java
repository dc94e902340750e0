package dev.neurite.mnist.source;

import dev.neurite.mnist.files.IdxArray;
import dev.neurite.mnist.files.IdxFormatException;
import dev.neurite.mnist.files.IdxReader;
import dev.neurite.mnist.synthetic.SyntheticDigits;
import dev.neurite.nn.data.ByteDataset;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * MNIST, or data of its form, in memory: images of 28×28 pixels (0 background, 1 ink), each with a
 * class, of MNIST 0...9.
 *
 * <p>Any data of that shape will do, whatever the number of rows; the sums of the original files
 * are {@link MnistVerification}'s business.
 */
public final class MnistData {
  /** Width and height of an image in pixels. */
  public static final int SIDE = 28;

  /** Number of classes. */
  public static final int CLASSES = 10;

  private static final int IMAGES_MAGIC = 0x0803;
  private static final int LABELS_MAGIC = 0x0801;

  /** One twelfth of the training rows is held out: 5,000 of MNIST's 60,000. */
  private static final int ROWS_PER_VALIDATION_ROW = 12;

  private static final List<String> DIGITS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private static final long SYNTHETIC_SEED = 1;
  private static final int SYNTHETIC_TRAIN = 60_000;
  private static final int SYNTHETIC_TEST = 10_000;

  private final Dataset train;
  private final Dataset test;
  private final List<String> classNames;

  private MnistData(Dataset train, Dataset test, List<String> classNames) {
    this.train = train;
    this.test = test;
    this.classNames = classNames;
  }

  /**
   * Data of the same shape from elsewhere.
   *
   * @param train rows to learn from, at least 1
   * @param test rows to report on
   * @param classNames what the classes are called, in their order
   * @throws IllegalArgumentException if there is no training row, images are not 28×28, or the
   *     number of names differs from that of classes
   */
  public static MnistData of(Dataset train, Dataset test, List<String> classNames) {
    if (train.size() == 0
        || train.features() != SIDE * SIDE
        || test.features() != SIDE * SIDE
        || train.outputs() != classNames.size()
        || test.outputs() != classNames.size()) {
      throw new IllegalArgumentException(
          "received %d training images of %d pixels, %d and %d classes, %d names; needs at least 1"
                  .formatted(
                      train.size(),
                      train.features(),
                      train.outputs(),
                      test.outputs(),
                      classNames.size())
              + " image of %d pixels and a name for each class".formatted(SIDE * SIDE));
    }
    return new MnistData(train, test, List.copyOf(classNames));
  }

  /** What the classes are called, in their order; of MNIST the digits. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * Loads the four files; training and test data at the same time, on two threads.
   *
   * @param directory where they are, each under any of its names
   * @throws MnistMissingException if a file is not there
   * @throws IdxFormatException if a file is no whole IDX file, images are not 28×28, a label is not
   *     below 10, the counts of images and labels disagree, or there is no training row
   * @throws IOException if a file cannot be read
   */
  public static MnistData load(Path directory) throws IOException {
    List<MnistFile> missing = MnistFile.missingFrom(directory);
    if (!missing.isEmpty()) {
      throw new MnistMissingException("MNIST is not complete in " + directory, directory, missing);
    }
    FutureTask<Dataset> testTask =
        new FutureTask<>(() -> read(directory, MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS));
    Thread testThread = new Thread(testTask, "mnist-test-data");
    testThread.setDaemon(true);
    testThread.start();
    Dataset train = read(directory, MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS);
    if (train.size() == 0) {
      throw new IdxFormatException(
          directory.toString(), "no training images", "at least 1 training image");
    }
    return new MnistData(train, result(testTask), DIGITS);
  }

  /**
   * As many images as MNIST has, made by {@link SyntheticDigits}: images 0...59,999 to learn from,
   * 60,000...69,999 to report on. They are the same ones every time.
   */
  public static MnistData synthetic() {
    SyntheticDigits digits = new SyntheticDigits(SYNTHETIC_SEED);
    return new MnistData(
        digits.dataset(0, SYNTHETIC_TRAIN),
        digits.dataset(SYNTHETIC_TRAIN, SYNTHETIC_TRAIN + SYNTHETIC_TEST),
        DIGITS);
  }

  /** All training rows in the order of the file, 60,000 of MNIST: 784 features, 10 outputs. */
  public Dataset train() {
    return train;
  }

  /** All test rows in the order of the file, 10,000 of MNIST: 784 features, 10 outputs. */
  public Dataset test() {
    return test;
  }

  /**
   * The data in its three roles. Validation is the first twelfth of the training rows (rounded
   * down), rows 0...4,999 of MNIST, or empty where all rows are learned from. Nothing is copied.
   *
   * @param rows which rows to learn from
   */
  public DataSplit split(TrainRows rows) {
    int validationRows = train.size() / ROWS_PER_VALIDATION_ROW;
    Dataset learned =
        switch (rows) {
          case WITHOUT_VALIDATION -> train.slice(validationRows, train.size());
          case ALL -> train;
        };
    int held = rows == TrainRows.ALL ? 0 : validationRows;
    return new DataSplit(learned, train.slice(0, held), test);
  }

  private static Dataset read(Path directory, MnistFile imagesFile, MnistFile labelsFile)
      throws IOException {
    Path labelsPath = locate(directory, labelsFile);
    IdxArray labels = read(labelsPath, LABELS_MAGIC, "labels: magic 2049");
    Path imagesPath = locate(directory, imagesFile);
    IdxArray images = read(imagesPath, IMAGES_MAGIC, "images: magic 2051");

    List<Integer> shape = images.dimensions();
    if (shape.get(1) != SIDE || shape.get(2) != SIDE) {
      throw new IdxFormatException(
          imagesPath.toString(),
          "images of %d×%d pixels".formatted(shape.get(1), shape.get(2)),
          "images of %d×%d pixels".formatted(SIDE, SIDE));
    }
    if (labels.size() != shape.get(0)) {
      throw new IdxFormatException(
          labelsPath.toString(),
          labels.size() + " labels",
          "%d labels, one for each image in %s".formatted(shape.get(0), imagesPath));
    }
    byte[] classes = labels.bytes();
    for (int i = 0; i < classes.length; i++) {
      if ((classes[i] & 0xFF) >= CLASSES) {
        throw new IdxFormatException(
            labelsPath.toString(),
            "label %d in row %d".formatted(classes[i] & 0xFF, i),
            "labels of 0...%d".formatted(CLASSES - 1));
      }
    }
    return new ByteDataset(images.bytes(), SIDE * SIDE, classes, CLASSES);
  }

  private static Path locate(Path directory, MnistFile file) throws MnistMissingException {
    return file.find(directory)
        .orElseThrow(
            () ->
                new MnistMissingException(
                    "a file has gone while loading", directory, List.of(file)));
  }

  private static IdxArray read(Path file, int magic, String needed) throws IOException {
    IdxArray array = IdxReader.read(file);
    if (array.magic() != magic) {
      throw new IdxFormatException(file.toString(), "magic " + array.magic(), needed);
    }
    return array;
  }

  private static Dataset result(FutureTask<Dataset> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      throw new IllegalStateException("loading the test data failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("loading was interrupted");
    }
  }
}
