package dev.neurite.explorer;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingSpec;
import java.util.ArrayList;
import java.util.List;

/** Ten classes of 28×28 pixels that a network tells apart within a few batches. */
public final class TinyDigits {
  private static final int PIXELS = 784;

  private TinyDigits() {}

  /** Some rows in each role; class {@code c} has ink in pixels {@code 78 c ... 78 c + 77}. */
  public static DataSplit split(int trainRows) {
    return split(trainRows, 30);
  }

  /** The same with another number of test rows. */
  public static DataSplit split(int trainRows, int testRows) {
    return new DataSplit(rows(trainRows), rows(40), rows(testRows));
  }

  private static ArrayDataset rows(int count) {
    float[] features = new float[count * PIXELS];
    int[] labels = new int[count];
    for (int row = 0; row < count; row++) {
      labels[row] = row % 10;
      for (int i = 0; i < 78; i++) {
        features[row * PIXELS + labels[row] * 78 + i] = (i + row) % 3 == 0 ? 0.3f : 1f;
      }
    }
    return ArrayDataset.classification(features, PIXELS, labels, 10);
  }

  /** What the classes of clothes are called. */
  public static DataKind clothes() {
    return DataKind.named("fashion");
  }

  /** The same experiment with clothes. */
  public static Experiment withClothes(int epochs) {
    Experiment digits = experiment(epochs);
    return new Experiment(
        digits.name(),
        digits.model(),
        digits.training(),
        digits.optimizerName(),
        digits.scheduleName(),
        digits.augmentation(),
        clothes(),
        digits.form());
  }

  /** A small experiment with batches of 20. */
  public static Experiment experiment(int epochs) {
    return new Experiment(
        "Tiny",
        ModelSpec.inputs(PIXELS).dense(16, Activation.RELU).output(10, Activation.SOFTMAX),
        TrainingSpec.classifier(epochs).withBatchSize(20),
        "Adam",
        "Constant");
  }

  /** A network of that experiment that has not trained. */
  public static Predictor predictor(long seed) {
    return new Predictor(Model.create(experiment(1).model(), seed));
  }

  /** A test image of a class. */
  public static DigitSample sample(int label) {
    float[] pixels = new float[PIXELS];
    split(20).test().copyFeatures(label, pixels, 0);
    List<Float> list = new ArrayList<>();
    for (float pixel : pixels) {
      list.add(pixel);
    }
    return new DigitSample(list, label, "Image " + label);
  }
}
