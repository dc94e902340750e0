package dev.neurite.explorer.service;

import dev.neurite.explorer.session.ModelFigures;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.prune.SparsityReport;
import dev.neurite.nn.sparse.SparseModel;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** Measures what a network is worth and what it costs; on the thread of its engine. */
final class ModelMeter {
  private static final int WARM_UP = 1500;
  private static final int TIMED = 600;
  private static final int IMAGES = 100;

  private final DataSplit data;
  private final Engine engine;

  ModelMeter(DataSplit data, Engine engine) {
    this.data = data;
    this.engine = engine;
  }

  /**
   * Measures a network.
   *
   * @param model read
   */
  ModelFigures measure(Model model) {
    Evaluator evaluator = new Evaluator(model, Loss.defaultFor(model.spec()), engine);
    SparsityReport report = SparsityReport.of(model);
    return new ModelFigures(
        evaluator.evaluate(data.validation()).accuracy(),
        evaluator.evaluate(data.test()).accuracy(),
        report.parameters(),
        report.nonZeroParameters(),
        ModelFile.valueBytes(model),
        microseconds(model));
  }

  /** The middle time for one image, in the form of the network that is faster. */
  private double microseconds(Model model) {
    float[][] images = images();
    float[] output = new float[model.spec().outputs()];
    double dense = time(new Predictor(model, engine.spec())::predict, images, output);
    return model.isPruned()
        ? Math.min(dense, time(new SparseModel(model, engine.spec())::predict, images, output))
        : dense;
  }

  private static double time(
      BiConsumer<float[], float[]> network, float[][] images, float[] output) {
    for (int i = 0; i < WARM_UP; i++) {
      network.accept(images[i % images.length], output);
    }
    long[] nanos = new long[TIMED];
    for (int i = 0; i < TIMED; i++) {
      long start = System.nanoTime();
      network.accept(images[i % images.length], output);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[TIMED / 2] / 1e3;
  }

  private float[][] images() {
    Dataset source = data.test().size() > 0 ? data.test() : data.train();
    float[][] images = new float[Math.min(IMAGES, source.size())][source.features()];
    for (int i = 0; i < images.length; i++) {
      source.copyFeatures(i, images[i], 0);
    }
    return images;
  }
}
