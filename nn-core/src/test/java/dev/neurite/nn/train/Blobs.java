package dev.neurite.nn.train;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small data to train on: clouds of points around one centre per class. */
public final class Blobs {
  public static final int FEATURES = 8;
  public static final int CLASSES = 3;

  private Blobs() {}

  /** Training, validation and test rows, the same at every call. */
  public static DataSplit split(int train, int validation, int test) {
    return new DataSplit(points(train, 1), points(validation, 2), points(test, 3));
  }

  private static Dataset points(int count, long seed) {
    Random random = new Random(seed);
    float[] features = new float[count * FEATURES];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(CLASSES);
      for (int j = 0; j < FEATURES; j++) {
        float centre = j % CLASSES == labels[i] ? 1 : 0;
        features[i * FEATURES + j] = centre + 0.5f * (float) random.nextGaussian();
      }
    }
    return ArrayDataset.classification(features, FEATURES, labels, CLASSES);
  }

  /** A network with two hidden layers and dropout. */
  public static ModelSpec network() {
    return ModelSpec.inputs(FEATURES)
        .dense(16, Activation.RELU)
        .dropout(0.2f)
        .dense(12, Activation.TANH)
        .dropout(0.1f)
        .output(CLASSES, Activation.SOFTMAX);
  }

  /** The bits of all parameters in order. */
  public static List<Integer> bits(Model model) {
    List<Integer> bits = new ArrayList<>();
    for (Parameter parameter : model.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        bits.add(Float.floatToRawIntBits(parameter.value().data[i]));
      }
    }
    return bits;
  }
}
