package dev.neurite.bench.peers;

import dev.neurite.bench.model.TestImages;
import dev.neurite.bench.train.MnistInMemory;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.nn.data.Dataset;
import java.io.IOException;
import java.nio.file.Path;

/**
 * MNIST in plain arrays: pixels 0...1 in rows of {@link #FEATURES}.
 *
 * @param source where the arrays come from
 * @param trainImages pixels of the training images
 * @param trainLabels digits of the training images
 * @param testImages pixels of the test images
 * @param testLabels digits of the test images
 */
@SuppressWarnings("ArrayRecordComponent") // Handed to libraries that take arrays.
public record MnistArrays(
    MnistData source,
    float[] trainImages,
    int[] trainLabels,
    float[] testImages,
    int[] testLabels) {
  /** Pixels of an image. */
  public static final int FEATURES = 784;

  /** Digits. */
  public static final int CLASSES = 10;

  /**
   * Loads the images.
   *
   * @param directory of the four files
   */
  public static MnistArrays load(Path directory) throws IOException {
    MnistData data = MnistInMemory.load(directory, (file, done, total) -> {});
    return new MnistArrays(
        data, images(data.train()), labels(data.train()), images(data.test()), labels(data.test()));
  }

  private static float[] images(Dataset data) {
    return TestImages.matrix(data, data.size());
  }

  private static int[] labels(Dataset data) {
    int[] labels = new int[data.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = data.label(i);
    }
    return labels;
  }

  /** Training images. */
  public int trainSize() {
    return trainLabels.length;
  }

  /** Test images. */
  public int testSize() {
    return testLabels.length;
  }
}
