package dev.neurite.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class InputGradientTest {
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 2e-5;

  private final Model model =
      Model.create(
          ModelSpec.inputs(7)
              .dense(9, Activation.RELU)
              .dropout(0.5f)
              .dense(5, Activation.TANH)
              .output(4, Activation.SOFTMAX),
          11);
  private final Predictor predictor = new Predictor(model);

  @Test
  void isTheSlopeThatFiniteDifferencesInDoublePrecisionSee() {
    float[] input = new float[7];
    Random random = new Random(3);
    for (int i = 0; i < input.length; i++) {
      input[i] = random.nextFloat();
    }
    double steepest = 0;
    for (int output = 0; output < 4; output++) {
      float[] gradient = predictor.inputGradient(input, output);
      for (int i = 0; i < input.length; i++) {
        double slope = (logit(input, i, STEP, output) - logit(input, i, -STEP, output)) / 2 / STEP;
        assertThat((double) gradient[i]).isCloseTo(slope, within(TOLERANCE));
        steepest = Math.max(steepest, Math.abs(slope));
      }
    }
    assertThat(steepest).isGreaterThan(0.1);
  }

  @Test
  void leavesTheNetworkAndTheInputAlone() {
    float[] input = {1, 0, 0.5f, 0, 1, 0, 1};
    float[] before = predictor.predict(input);
    float[] first = predictor.inputGradient(input, 2);
    assertThat(predictor.inputGradient(input, 2)).isEqualTo(first);
    assertThat(predictor.predict(input)).isEqualTo(before);
    assertThat(input).containsExactly(1, 0, 0.5f, 0, 1, 0, 1);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> predictor.inputGradient(new float[6], 0)).hasMessageContaining("7");
    assertThatThrownBy(() -> predictor.inputGradient(new float[7], 4)).hasMessageContaining("3");
  }

  @Test
  void weightsAreThoseOfTheModel() {
    LayerWeights weights = predictor.weights(1);
    assertThat(weights.inputs()).isEqualTo(9);
    assertThat(weights.units()).isEqualTo(5);
    assertThat(weights.weight(8, 3)).isEqualTo(model.kernel(1).value().get(8, 3));
    assertThat(weights.isPruned(8, 3)).isFalse();
    assertThat(weights.largestMagnitude()).isGreaterThanOrEqualTo(weights.largestMagnitude(2));
  }

  /** A naive double-precision forward pass. */
  private double logit(float[] input, int changed, double by, int output) {
    double[] h = new double[input.length];
    for (int i = 0; i < h.length; i++) {
      h[i] = input[i] + (i == changed ? by : 0);
    }
    for (int layer = 0; layer < 3; layer++) {
      double[] next = new double[model.kernel(layer).columns()];
      for (int j = 0; j < next.length; j++) {
        next[j] = model.bias(layer).value().get(0, j);
        for (int i = 0; i < h.length; i++) {
          next[j] += h[i] * model.kernel(layer).value().get(i, j);
        }
        next[j] = layer == 0 ? Math.max(0, next[j]) : layer == 1 ? Math.tanh(next[j]) : next[j];
      }
      h = next;
    }
    return h[output];
  }
}
