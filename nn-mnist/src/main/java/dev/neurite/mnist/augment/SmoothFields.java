package dev.neurite.mnist.augment;

import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.util.stream.IntStream;

/**
 * A store of smooth random fields, made once: uniform random numbers in ±1, smoothed by a Gaussian
 * along rows and columns and multiplied by alpha.
 *
 * <p>Two fields of the store, mixed with weights cos φ and sin φ, have the mean, the variance and
 * the smoothness of a field made from scratch; with a random φ no two mixtures are the same.
 */
final class SmoothFields {
  /** Number of fields. */
  static final int COUNT = 256;

  private static final double REACH = 3;

  private SmoothFields() {}

  /**
   * Makes the fields.
   *
   * @param side width and height in pixels
   * @param sigma standard deviation of the Gaussian in pixels, above 0; its weights sum to 1
   * @param alpha factor
   * @return {@code COUNT × side²} displacements in pixels, field after field, row after row
   */
  static float[] make(long seed, int side, double sigma, double alpha) {
    double[] weights = gaussian(sigma);
    int radius = weights.length / 2;
    int wide = side + 2 * radius;
    RandomStream stream = RandomStream.of(seed, RandomPurpose.AUGMENTATION, 1);
    float[] fields = new float[COUNT * side * side];
    IntStream.range(0, COUNT)
        .parallel()
        .forEach(
            field -> {
              double[] noise = new double[wide * wide];
              for (int i = 0; i < noise.length; i++) {
                noise[i] = 2 * stream.uniformDouble(field, i) - 1;
              }
              smooth(noise, wide, side, weights, alpha, fields, field * side * side);
            });
    return fields;
  }

  private static double[] gaussian(double sigma) {
    int radius = (int) Math.ceil(REACH * sigma);
    double[] weights = new double[2 * radius + 1];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = i - radius;
      weights[i] = StrictMath.exp(-distance * distance / (2 * sigma * sigma));
      total += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= total;
    }
    return weights;
  }

  /** Smooths the wide square; only its inner part is kept, so that no edge shows. */
  private static void smooth(
      double[] noise,
      int wide,
      int side,
      double[] weights,
      double alpha,
      float[] fields,
      int offset) {
    double[] rows = new double[wide * side];
    for (int y = 0; y < wide; y++) {
      for (int x = 0; x < side; x++) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          sum += weights[k] * noise[y * wide + x + k];
        }
        rows[y * side + x] = sum;
      }
    }
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          sum += weights[k] * rows[(y + k) * side + x];
        }
        fields[offset + y * side + x] = (float) (alpha * sum);
      }
    }
  }
}
