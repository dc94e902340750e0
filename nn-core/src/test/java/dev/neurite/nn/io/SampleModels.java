package dev.neurite.nn.io;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Activation.Function;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small networks with all kinds of layers, filled with random numbers. */
final class SampleModels {
  static final Provenance PROVENANCE =
      new Provenance("neurite test", "2026-01-02T03:04:05Z", "random", "plain", 1);
  static final int INPUTS = 6;
  static final int OUTPUTS = 3;

  private SampleModels() {}

  /** Every activation that a hidden layer can have, with its usual slope and with another. */
  static List<Activation> hiddenActivations() {
    List<Activation> all = new ArrayList<>();
    for (Function function : Function.values()) {
      if (function != Function.SOFTMAX) {
        all.add(Activation.of(function.label()));
      }
    }
    all.add(Activation.leakyRelu(0.3f));
    all.add(Activation.elu(0.7f));
    return all;
  }

  /** A network that rescales, drops, and uses the activation in both hidden layers. */
  static SavedModel with(Activation activation, Activation output, float rescaling) {
    ModelSpec spec =
        ModelSpec.inputs(INPUTS)
            .rescaling(rescaling)
            .dropout(0.1f)
            .dense(5, activation)
            .dropout(0.25f)
            .dense(4, activation)
            .output(OUTPUTS, output);
    return new SavedModel(filled(spec, 7), null, PROVENANCE);
  }

  /** A network of random numbers, some of them zero, biases included. */
  static Model filled(ModelSpec spec, long seed) {
    Model model = Model.create(spec, seed);
    Random random = new Random(seed);
    for (Parameter parameter : model.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        parameter.value().data[i] = i % 5 == 3 ? 0 : (float) random.nextGaussian();
      }
    }
    return model;
  }

  /** Rows of random inputs, negative ones too. */
  static float[] inputs(int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The outputs for {@link #inputs}. */
  static float[] outputs(Model model, int rows, long seed) {
    return new Predictor(model).predictBatch(inputs(rows, model.spec().inputs(), seed), rows);
  }
}
