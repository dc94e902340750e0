package dev.neurite.nn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Mode;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordedBatchTest {
  private static final float GRADIENT_TOLERANCE = 1e-6f;

  private final Engine engine = new Engine(EngineSpec.defaults());

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  private final Dataset data =
      ArrayDataset.classification(
          new float[] {1, 0, 0, 1, 0, 1, 1, 0, 3, 1}, 2, new int[] {0, 1, 0, 0, 1}, 2);

  private static Model linear() {
    Model model = Model.zeros(ModelSpec.inputs(2).output(2, Activation.SOFTMAX));
    model.kernel(0).value().set(0, 0, 1);
    model.kernel(0).value().set(1, 1, 1);
    return model;
  }

  private RecordedBatch batch(Model model, Loss loss, int capacity, Dataset rows) {
    return new RecordedBatch(model, loss, 0, Mode.TRAINING, 0, capacity, rows, engine);
  }

  @Test
  void takesRowsInTheOrderGivenOrTheirOwn() {
    RecordedBatch batch = batch(linear(), Loss.SOFTMAX_CROSS_ENTROPY, 3, data);
    batch.load(data, new int[] {4, 3, 2, 1, 0}, 1, 3);
    assertThat(batch.rows()).isEqualTo(3);
    assertThat(new int[] {batch.label(0), batch.label(1), batch.label(2)}).containsExactly(0, 0, 1);
    batch.forward(0);
    // Rows 3 (1, 0) and 1 (0, 1) are right, row 2 (0, 1) of class 0 is wrong.
    assertThat(batch.correct()).isEqualTo(2);

    batch.load(data, new int[0], 3, 2);
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(new int[] {batch.label(0), batch.label(1)}).containsExactly(0, 1);
    batch.forward(0);
    assertThat(batch.correct()).isEqualTo(1);
  }

  /** One example of class 0 with logits (1, 0): dL/dlogits = (p₀ - 1, p₁). */
  @Test
  void gradientDividesByTheRowsThatAreThere() {
    double p = 1 / (1 + Math.exp(-1));
    for (int rows : new int[] {1, 4}) {
      Model model = linear();
      RecordedBatch batch = batch(model, Loss.SOFTMAX_CROSS_ENTROPY, 4, data);
      batch.load(data, new int[] {0, 0, 0, 0}, 0, rows);
      batch.forward(0);
      batch.backward();
      assertThat(batch.loss()).isCloseTo((float) -Math.log(p), within(GRADIENT_TOLERANCE));
      assertThat(model.bias(0).gradient().data)
          .containsExactly(
              new float[] {(float) (p - 1), (float) (1 - p)}, within(GRADIENT_TOLERANCE));
      assertThat(model.kernel(0).gradient().data)
          .containsExactly(
              new float[] {(float) (p - 1), (float) (1 - p), 0, 0}, within(GRADIENT_TOLERANCE));
    }
  }

  @Test
  void numberTargetsAreLoadedToo() {
    Dataset numbers =
        ArrayDataset.regression(new float[] {1, 2, 3}, 1, new float[] {10, 20, 30}, 1);
    Model model = Model.zeros(ModelSpec.inputs(1).output(1, Activation.LINEAR));
    RecordedBatch batch = batch(model, Loss.MEAN_SQUARED_ERROR, 3, numbers);
    batch.load(numbers, new int[0], 1, 2);
    batch.forward(0);
    batch.backward();
    assertThat(batch.loss()).isEqualTo((20 * 20 + 30 * 30) / 2f);
    assertThat(batch.label(0)).isEqualTo(Dataset.NO_LABEL);
    assertThat(batch.correct()).isZero();
    assertThat(model.bias(0).gradient().data).containsExactly(-50);
    assertThat(model.kernel(0).gradient().data).containsExactly(-(2 * 20 + 3 * 30));
  }

  @Test
  void largeBatchesAreGatheredByAllThreadsTheSame() {
    int size = 1000;
    float[] features = new float[size * 2];
    for (int i = 0; i < features.length; i++) {
      features[i] = i % 13;
    }
    Dataset many =
        ArrayDataset.classification(
            features, 2, IntStream.range(0, size).map(i -> i % 2).toArray(), 2);
    int[] order = IntStream.range(0, size).map(i -> size - 1 - i).toArray();
    float[][] gradients = new float[2][];
    for (int threads = 1; threads <= 2; threads++) {
      Model model = linear();
      try (Engine own = new Engine(new EngineSpec(engine.spec().kernel(), threads))) {
        RecordedBatch batch =
            new RecordedBatch(
                model, Loss.SOFTMAX_CROSS_ENTROPY, 0.1f, Mode.TRAINING, 0, size, many, own);
        batch.load(many, order, 0, size);
        batch.forward(0);
        batch.backward();
        gradients[threads - 1] = model.kernel(0).gradient().data;
      }
    }
    assertThat(gradients[1]).isEqualTo(gradients[0]);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Dataset wide = ArrayDataset.classification(new float[3], 3, new int[1], 2);
    String message = "the data has 3 features and 2 outputs, the network 2-2 needs 2 and 2";
    assertThatThrownBy(() -> batch(linear(), Loss.SOFTMAX_CROSS_ENTROPY, 3, wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> batch(linear(), Loss.BINARY_CROSS_ENTROPY, 3, data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit");
    RecordedBatch batch = batch(linear(), Loss.SOFTMAX_CROSS_ENTROPY, 3, data);
    assertThatThrownBy(() -> batch.load(wide, new int[0], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> batch.load(data, new int[0], 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows must be 1...3, received 4");
    assertThatThrownBy(() -> batch.load(data, new int[0], 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersHaveNoClassToCompareWith() {
    Dataset numbers = ArrayDataset.regression(new float[2], 2, new float[2], 2);
    RecordedBatch batch = batch(linear(), Loss.SOFTMAX_CROSS_ENTROPY, 1, numbers);
    batch.load(numbers, new int[0], 0, 1);
    assertThatThrownBy(() -> batch.forward(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("softmaxCrossEntropy: label -1 of row 0 is not in 0...1");
  }
}
