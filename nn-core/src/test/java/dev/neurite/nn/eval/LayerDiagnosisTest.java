package dev.neurite.nn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerDiagnosisTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void theGradientIsThatOfTheHandResult() {
    Model model =
        Model.zeros(ModelSpec.inputs(2).output(2, Activation.SOFTMAX)); // both outputs are 1/2
    ArrayDataset data = ArrayDataset.classification(new float[] {3, 4}, 2, new int[] {0}, 2);
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      LayerDiagnosis layer =
          LayerDiagnosis.of(model, Loss.SOFTMAX_CROSS_ENTROPY, data, 1, engine).get(0);
      // x · (p − y) = (3, 4) · (−1/2, 1/2), whose norm is 5 · √(1/2)
      assertThat(layer.gradientNorm()).isCloseTo(5 * Math.sqrt(0.5), within(TOLERANCE));
      assertThat(layer.units()).isEqualTo(2);
      assertThat(layer.deadUnits()).isZero();
      assertThat(layer.histogram()).hasSize(LayerDiagnosis.BINS);
      assertThat(layer.histogram().get(LayerDiagnosis.BINS / 2)).isEqualTo(4); // all are 0
    }
  }

  @Test
  void unitsThatNothingMovesAreDeadAndTheModelStaysAsItIs() {
    Model model =
        Model.create(
            ModelSpec.inputs(4)
                .dense(6, Activation.RELU)
                .dropout(0.5f)
                .output(3, Activation.SOFTMAX),
            1);
    model.bias(0).value().data[1] = -1000;
    model.bias(0).value().data[4] = -1000;
    for (int unit : new int[] {0, 2, 3, 5}) {
      model.bias(0).value().data[unit] = 10;
    }
    float[] before = model.kernel(0).value().data.clone();
    ArrayDataset data =
        ArrayDataset.classification(new float[] {1, 0, 0, 1, 0, 1, 1, 0}, 4, new int[] {0, 2}, 3);
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      List<LayerDiagnosis> layers =
          LayerDiagnosis.of(model, Loss.SOFTMAX_CROSS_ENTROPY, data, 2, engine);
      assertThat(layers).hasSize(2);
      assertThat(layers.get(0).deadUnits()).isEqualTo(2);
      assertThat(layers.get(1).deadUnits()).isZero();
      assertThat(layers.get(0).histogram().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(24);
      assertThat(model.kernel(0).value().data).isEqualTo(before);
      assertThat(LayerDiagnosis.of(model, Loss.SOFTMAX_CROSS_ENTROPY, data, 2, engine))
          .isEqualTo(layers);

      LayerDiagnoser diagnoser =
          new LayerDiagnoser(model, Loss.SOFTMAX_CROSS_ENTROPY, data, 2, engine);
      assertThat(diagnoser.look()).isEqualTo(layers);
      model.kernel(0).value().data[3] += 0.5f;
      assertThat(diagnoser.look())
          .isNotEqualTo(layers)
          .isEqualTo(LayerDiagnosis.of(model, Loss.SOFTMAX_CROSS_ENTROPY, data, 2, engine));
    }
  }
}
