package dev.neurite.bench.peers;

import dev.neurite.bench.train.Workload;
import dev.neurite.nn.model.DenseSpec;
import java.util.List;

/**
 * A workload in words that every library understands: layers of ReLU units between 784 pixels and a
 * softmax over 10 digits.
 *
 * @param workload which one
 * @param hiddenUnits units of the hidden layers
 * @param dropRate dropout after every hidden layer; 0 for none
 * @param adam whether Adam trains it, else plain gradient descent
 * @param rate learning rate at the start
 * @param cosine whether the rate falls to 0 along a cosine
 * @param batchSize images of a step
 */
public record Recipe(
    Workload workload,
    List<Integer> hiddenUnits,
    float dropRate,
    boolean adam,
    double rate,
    boolean cosine,
    int batchSize) {
  /** Length of the cosine. */
  private static final int EPOCHS = 10;

  /** The recipe of a workload. */
  public static Recipe of(Workload workload) {
    List<DenseSpec> layers = workload.model().denseLayers();
    List<Integer> hidden =
        layers.subList(0, layers.size() - 1).stream().map(DenseSpec::units).toList();
    int batch = workload.batchSize();
    return switch (workload) {
      case W0 -> new Recipe(workload, hidden, 0.25f, true, 0.005, true, batch);
      case W1, W3 -> new Recipe(workload, hidden, 0, false, 0.1, false, batch);
      case W2 -> new Recipe(workload, hidden, 0.2f, true, 0.001, false, batch);
    };
  }

  /** Widths of all layers, pixels and digits included. */
  public int[] widths() {
    int[] widths = new int[hiddenUnits.size() + 2];
    widths[0] = MnistArrays.FEATURES;
    for (int i = 0; i < hiddenUnits.size(); i++) {
      widths[i + 1] = hiddenUnits.get(i);
    }
    widths[widths.length - 1] = MnistArrays.CLASSES;
    return widths;
  }

  /** Learning rate of a step, which is counted from 0. */
  public double rate(long step) {
    if (!cosine) {
      return rate;
    }
    double steps = EPOCHS * Math.ceil(Workload.EPOCH_IMAGES / (double) batchSize);
    return rate * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, step / steps)));
  }
}
