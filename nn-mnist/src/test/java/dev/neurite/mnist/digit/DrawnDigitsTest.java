package dev.neurite.mnist.digit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.RealMnist;
import dev.neurite.mnist.source.TrainRows;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingListener;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * MNIST digits drawn again as a user would, and read back: the fast part of the proof. The property
 * {@code neurite.drawn} sets the number of digits; with 10,000 and a Wide network it is the whole.
 */
class DrawnDigitsTest {
  private static final int DIGITS = Integer.getInteger("neurite.drawn", 500);
  private static final double LEAST_CORRELATION = 0.95;

  /** Points of accuracy that drawing may cost, and two standard errors of few digits. */
  private static final double LARGEST_LOSS = DIGITS < 10_000 ? 2.0 : 1.0;

  private final DigitPreprocessor preprocessor = new DigitPreprocessor();

  @Test
  void aNetworkReadsThemAlmostAsWellAsTheOriginals() throws IOException {
    MnistData data = MnistData.load(RealMnist.directory());
    Predictor predictor = new Predictor(trained(data));
    Dataset test = data.test();
    int original = 0;
    int drawn = 0;
    double correlation = 0;
    for (int i = 0; i < DIGITS; i++) {
      float[] pixels = new float[test.features()];
      test.copyFeatures(i, pixels, 0);
      float[] read = readBack(pixels, 0, i);
      original += Predictor.argMax(predictor.predict(pixels)) == test.label(i) ? 1 : 0;
      drawn += Predictor.argMax(predictor.predict(read)) == test.label(i) ? 1 : 0;
      correlation += correlation(pixels, read);
    }
    System.out.printf(
        "%d digits: originals %.2f %%, drawn %.2f %%, correlation %.4f%n",
        DIGITS, 100.0 * original / DIGITS, 100.0 * drawn / DIGITS, correlation / DIGITS);
    assertThat(100.0 * (original - drawn) / DIGITS).isLessThanOrEqualTo(LARGEST_LOSS);
    assertThat(correlation / DIGITS).isGreaterThanOrEqualTo(LEAST_CORRELATION);
  }

  @Test
  void otherPensChangeTheWidthOfTheStrokeOnly() throws IOException {
    Dataset test = MnistData.load(RealMnist.directory()).test();
    double[] ink = new double[3];
    double[] correlation = new double[3];
    for (int i = 0; i < 50; i++) {
      float[] pixels = new float[test.features()];
      test.copyFeatures(i, pixels, 0);
      for (int pen = -1; pen <= 1; pen++) {
        float[] read = readBack(pixels, 4 * pen, i);
        correlation[pen + 1] += correlation(pixels, read) / 50;
        for (float value : read) {
          ink[pen + 1] += value;
        }
      }
    }
    assertThat(ink[0]).isLessThan(0.9 * ink[1]);
    assertThat(ink[2]).isGreaterThan(1.1 * ink[1]);
    assertThat(correlation[0]).isGreaterThan(0.8);
    assertThat(correlation[2]).isGreaterThan(0.8);
  }

  private float[] readBack(float[] pixels, double pen, int seed) {
    GreyImage drawing = RedrawnDigit.draw(pixels, pen, new Random(seed));
    return preprocessor.prepare(drawing).orElseThrow().digit().pixels();
  }

  private static Model trained(MnistData data) {
    boolean whole = DIGITS >= 10_000;
    List<DenseSpec> hidden = List.of(new DenseSpec(whole ? 512 : 128, Activation.RELU));
    Model model = Model.create(DigitNetwork.spec(hidden, 0, whole ? 0.25f : 0, 10), 1);
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      new Trainer(
              model,
              TrainingSpec.classifier(whole ? 10 : 2),
              data.split(TrainRows.WITHOUT_VALIDATION),
              engine)
          .run(new TrainingControl(), TrainingListener.NONE);
    }
    return model;
  }

  private static double correlation(float[] a, float[] b) {
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < a.length; i++) {
      meanA += a[i] / a.length;
      meanB += b[i] / a.length;
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
