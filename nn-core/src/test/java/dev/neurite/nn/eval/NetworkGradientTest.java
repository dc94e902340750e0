package dev.neurite.nn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.ActivationReference;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Mode;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * The gradient of a whole network, for every hidden activation, against backpropagation written out
 * in double precision here.
 */
class NetworkGradientTest {
  /** The bar: norm of the difference over the norm of the reference, for each parameter. */
  private static final double RELATIVE_TOLERANCE = 1e-5;

  private static final double LOSS_TOLERANCE = 1e-6;

  private static final int BATCH = 8;
  private static final int[] WIDTHS = {784, 64, 32, 10};
  private static final float[] FEATURES = features();
  private static final int[] LABELS = {3, 0, 9, 1, 7, 3, 5, 8};

  /** Like the images of digits: four in five are zero, the others in (0, 1]. */
  private static float[] features() {
    Random random = new Random(17);
    float[] values = new float[BATCH * WIDTHS[0]];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(5) == 0 ? (1 + random.nextInt(255)) / 255f : 0;
    }
    return values;
  }

  @Test
  void gradientOfEveryActivationIsThatOfDoubleBackpropagation(TestReporter reporter) {
    Map<Activation.Function, Double> worst = new EnumMap<>(Activation.Function.class);
    for (Activation.Function function : Activation.Function.values()) {
      if (function != Activation.Function.SOFTMAX) {
        worst.put(function, worstRelativeError(Activation.of(function.label())));
      }
    }
    worst.forEach((f, error) -> reporter.publishEntry("gradient error " + f, error.toString()));
    assertThat(worst).hasSize(10);
    assertThat(worst).allSatisfy((f, error) -> assertThat(error).isPositive());
    assertThat(worst)
        .allSatisfy((f, error) -> assertThat(error).isLessThanOrEqualTo(RELATIVE_TOLERANCE));
  }

  private static double worstRelativeError(Activation activation) {
    ModelSpec spec =
        ModelSpec.inputs(WIDTHS[0])
            .dense(WIDTHS[1], activation)
            .dense(WIDTHS[2], activation)
            .output(WIDTHS[3], Activation.SOFTMAX);
    Model model = Model.create(spec, 1);
    Random random = new Random(23);
    for (int layer = 0; layer < 3; layer++) {
      float[] bias = model.bias(layer).value().data;
      for (int j = 0; j < bias.length; j++) {
        bias[j] = (float) (0.1 * random.nextGaussian());
      }
    }
    Dataset data = ArrayDataset.classification(FEATURES, WIDTHS[0], LABELS, WIDTHS[3]);
    Backpropagation reference = new Backpropagation(model, activation);
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      RecordedBatch batch =
          new RecordedBatch(
              model, Loss.SOFTMAX_CROSS_ENTROPY, 0, Mode.TRAINING, 0, BATCH, data, engine);
      batch.load(data, new int[0], 0, BATCH);
      batch.forward(0);
      batch.backward();
      assertThat((double) batch.loss()).isCloseTo(reference.loss, within(LOSS_TOLERANCE));
    }
    double worst = 0;
    for (int layer = 0; layer < 3; layer++) {
      worst = Math.max(worst, relativeError(model.kernel(layer), reference.kernels[layer]));
      worst = Math.max(worst, relativeError(model.bias(layer), reference.biases[layer]));
    }
    return worst;
  }

  private static double relativeError(Parameter parameter, double[] expected) {
    float[] received = parameter.gradient().data;
    assertThat(received).hasSize(expected.length);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (received[i] - expected[i]) * (received[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    assertThat(norm).isPositive();
    return Math.sqrt(difference / norm);
  }

  /** Loss and gradients of the network, in plain loops over doubles. */
  private static final class Backpropagation {
    final double[][] kernels = new double[3][];
    final double[][] biases = new double[3][];
    double loss;

    Backpropagation(Model model, Activation activation) {
      for (int layer = 0; layer < 3; layer++) {
        kernels[layer] = new double[WIDTHS[layer] * WIDTHS[layer + 1]];
        biases[layer] = new double[WIDTHS[layer + 1]];
      }
      for (int example = 0; example < BATCH; example++) {
        addExample(model, activation, example);
      }
    }

    private void addExample(Model model, Activation activation, int example) {
      double[][] inputs = new double[4][];
      double[][] sums = new double[3][];
      inputs[0] = new double[WIDTHS[0]];
      for (int i = 0; i < WIDTHS[0]; i++) {
        inputs[0][i] = FEATURES[example * WIDTHS[0] + i];
      }
      for (int layer = 0; layer < 3; layer++) {
        int out = WIDTHS[layer + 1];
        float[] w = model.kernel(layer).value().data;
        sums[layer] = new double[out];
        inputs[layer + 1] = new double[out];
        for (int j = 0; j < out; j++) {
          double sum = model.bias(layer).value().data[j];
          for (int i = 0; i < WIDTHS[layer]; i++) {
            sum += inputs[layer][i] * w[i * out + j];
          }
          sums[layer][j] = sum;
          inputs[layer + 1][j] = value(activation, sum);
        }
      }

      double total = 0;
      for (double logit : sums[2]) {
        total += Math.exp(logit);
      }
      loss += (Math.log(total) - sums[2][LABELS[example]]) / BATCH;
      double[] delta = new double[WIDTHS[3]];
      for (int j = 0; j < WIDTHS[3]; j++) {
        delta[j] = (Math.exp(sums[2][j]) / total - (j == LABELS[example] ? 1 : 0)) / BATCH;
      }

      for (int layer = 2; layer >= 0; layer--) {
        int in = WIDTHS[layer];
        int out = WIDTHS[layer + 1];
        float[] w = model.kernel(layer).value().data;
        double[] before = new double[in];
        for (int j = 0; j < out; j++) {
          biases[layer][j] += delta[j];
          for (int i = 0; i < in; i++) {
            kernels[layer][i * out + j] += inputs[layer][i] * delta[j];
            before[i] += w[i * out + j] * delta[j];
          }
        }
        if (layer > 0) {
          for (int i = 0; i < in; i++) {
            before[i] *= derivative(activation, sums[layer - 1][i]);
          }
        }
        delta = before;
      }
    }

    private static double value(Activation activation, double x) {
      return activation.function() == Activation.Function.LINEAR
          ? x
          : ActivationReference.value(kernelFunction(activation), activation.slope(), x);
    }

    private static double derivative(Activation activation, double x) {
      return activation.function() == Activation.Function.LINEAR
          ? 1
          : ActivationReference.derivative(kernelFunction(activation), activation.slope(), x);
    }

    private static ActivationFunction kernelFunction(Activation activation) {
      return ActivationFunction.valueOf(activation.function().name());
    }
  }
}
