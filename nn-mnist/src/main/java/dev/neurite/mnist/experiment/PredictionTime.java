package dev.neurite.mnist.experiment;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.model.SparseModel;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * How long a network takes to answer, in microseconds.
 *
 * @param single middle time of one image at a time, of the dense network
 * @param sparseSingle the same of its sparse form; NaN if it is not pruned
 * @param batch time of an image in a batch of {@value #BATCH}, of the dense network
 * @param sparseBatch the same of its sparse form; NaN if it is not pruned
 */
public record PredictionTime(double single, double sparseSingle, double batch, double sparseBatch) {
  private static final int WARM_UP = 1500;
  private static final int TIMED = 600;
  private static final int IMAGES = 100;
  private static final int BATCH = 1000;
  private static final int BATCH_WARM_UP = 10;
  private static final int BATCHES = 21;

  /** Measures a network on the images of a dataset, which has at least one. */
  public static PredictionTime of(Model model, Dataset images, Engine engine) {
    Predictor dense = Predictor.dense(model, engine.spec());
    int rows = Math.min(BATCH, images.size());
    float[] pixels = new float[rows * images.features()];
    for (int i = 0; i < rows; i++) {
      images.copyFeatures(i, pixels, i * images.features());
    }
    double single = single(dense::predict, model, images);
    double batch = batch(() -> dense.predictBatch(pixels, rows), rows);
    if (!model.isPruned()) {
      return new PredictionTime(single, Double.NaN, batch, Double.NaN);
    }
    SparseModel sparse = new SparseModel(model, engine.spec());
    return new PredictionTime(
        single,
        single(sparse::predict, model, images),
        batch,
        batch(() -> sparse.predictBatch(pixels, rows, engine), rows));
  }

  /**
   * The middle time for one image in microseconds, in the form of a network that is faster.
   *
   * @param images at least one
   */
  public static double fastestSingle(Model model, Dataset images, Engine engine) {
    double dense = single(Predictor.dense(model, engine.spec())::predict, model, images);
    return model.isPruned()
        ? Math.min(dense, single(new SparseModel(model, engine.spec())::predict, model, images))
        : dense;
  }

  private static double single(BiConsumer<float[], float[]> network, Model model, Dataset images) {
    float[][] pixels = new float[Math.min(IMAGES, images.size())][images.features()];
    for (int i = 0; i < pixels.length; i++) {
      images.copyFeatures(i, pixels[i], 0);
    }
    float[] output = new float[model.spec().outputs()];
    for (int i = 0; i < WARM_UP; i++) {
      network.accept(pixels[i % pixels.length], output);
    }
    long[] nanos = new long[TIMED];
    for (int i = 0; i < TIMED; i++) {
      long start = System.nanoTime();
      network.accept(pixels[i % pixels.length], output);
      nanos[i] = System.nanoTime() - start;
    }
    return middle(nanos);
  }

  private static double batch(Runnable answer, int rows) {
    for (int i = 0; i < BATCH_WARM_UP; i++) {
      answer.run();
    }
    long[] nanos = new long[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
      long start = System.nanoTime();
      answer.run();
      nanos[i] = System.nanoTime() - start;
    }
    return middle(nanos) / rows;
  }

  /** The middle one, in microseconds. */
  private static double middle(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e3;
  }
}
