package dev.neurite.nn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.ByteDataset;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.data.NonZeroBlocks;
import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Mode;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Batches of mostly zero features give what the same features give as a whole. */
class SparseBatchTest {
  private static final double TOLERANCE = 1e-5;
  private static final int SIZE = 200;
  private static final int FEATURES = 60;

  private final ByteDataset bytes = bytes(6);
  private final Dataset floats = asFloats(bytes);
  private final ModelSpec spec =
      ModelSpec.inputs(FEATURES)
          .rescaling(2)
          .dense(40, Activation.RELU)
          .dropout(0.3f)
          .output(3, Activation.SOFTMAX);

  private static ByteDataset bytes(int onePixelIn) {
    Random random = new Random(4);
    byte[] pixels = new byte[SIZE * FEATURES];
    byte[] labels = new byte[SIZE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(onePixelIn) == 0 ? (byte) (1 + random.nextInt(255)) : 0;
    }
    for (int i = 0; i < SIZE; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    return new ByteDataset(pixels, FEATURES, labels, 3);
  }

  private static Dataset asFloats(Dataset data) {
    float[] features = new float[data.size() * FEATURES];
    int[] labels = new int[data.size()];
    for (int i = 0; i < data.size(); i++) {
      data.copyFeatures(i, features, i * FEATURES);
      labels[i] = data.label(i);
    }
    return ArrayDataset.classification(features, FEATURES, labels, 3);
  }

  private static float[] step(Model model, Dataset made, Dataset loaded, Engine engine) {
    RecordedBatch batch =
        new RecordedBatch(model, Loss.SOFTMAX_CROSS_ENTROPY, 0, Mode.TRAINING, 5, 50, made, engine);
    int[] order = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      order[i] = SIZE - 1 - i;
    }
    batch.load(loaded, order, 30, 45);
    batch.forward(7);
    batch.backward();
    float[] gradient = model.kernel(0).gradient().data.clone();
    for (int i = 0; i < model.parameters().size(); i++) {
      model.parameters().get(i).zeroGradient();
    }
    float[] all = new float[gradient.length + 2];
    System.arraycopy(gradient, 0, all, 0, gradient.length);
    all[gradient.length] = batch.loss();
    all[gradient.length + 1] = batch.correct();
    return all;
  }

  @Test
  void aStepOnBytesIsTheStepOnFloats() {
    Model model = Model.create(spec, 1);
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      float[] expected = step(model, floats, floats, engine);
      float[] sparse = step(model, bytes, bytes, engine);
      float[] mixed = step(model, bytes, floats, engine);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) sparse[i]).isCloseTo(expected[i], within(TOLERANCE));
        assertThat(mixed[i]).isEqualTo(sparse[i]);
      }
    }
  }

  /** Wide enough that five threads have parts of their own of the first layer. */
  @Test
  void theNumberOfThreadsChangesNoBit() {
    ModelSpec wide =
        ModelSpec.inputs(FEATURES).dense(300, Activation.RELU).output(3, Activation.SOFTMAX);
    float[] expected = {};
    for (int threads = 1; threads <= 5; threads++) {
      try (Engine engine = new Engine(new EngineSpec(KernelChoice.AUTO, threads))) {
        float[] step = step(Model.create(wide, 1), bytes, bytes, engine);
        expected = threads == 1 ? step : expected;
        assertThat(step).as("%d threads", threads).isEqualTo(expected).hasSize(300 * FEATURES + 2);
      }
    }
  }

  /** Each side says it for itself, for they do not know each other. */
  @Test
  void dataAndProductsSplitTheFeaturesAtTheSamePlace() {
    for (int features = 1; features < 100; features++) {
      assertThat(NonZeroBlocks.middleBlock(features))
          .isEqualTo(new CompressedRows(1, features).middle());
    }
  }

  @Test
  void evaluationAndPredictionAgree() {
    Model model = Model.create(spec, 1);
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      Evaluation onBytes = new Evaluator(model, Loss.SOFTMAX_CROSS_ENTROPY, engine).evaluate(bytes);
      Evaluation onFloats =
          new Evaluator(model, Loss.SOFTMAX_CROSS_ENTROPY, engine).evaluate(floats);
      assertThat(onBytes.meanLoss()).isCloseTo(onFloats.meanLoss(), within(TOLERANCE));
      assertThat(onBytes.correct()).isEqualTo(onFloats.correct());
    }
    Predictor predictor = new Predictor(model);
    for (Dataset data : new Dataset[] {bytes, bytes(1)}) {
      float[] inputs = new float[SIZE * FEATURES];
      for (int i = 0; i < SIZE; i++) {
        data.copyFeatures(i, inputs, i * FEATURES);
      }
      float[] together = predictor.predictBatch(inputs, SIZE);
      float[] input = new float[FEATURES];
      for (int i = 0; i < SIZE; i++) {
        System.arraycopy(inputs, i * FEATURES, input, 0, FEATURES);
        float[] alone = predictor.predict(input);
        for (int j = 0; j < 3; j++) {
          assertThat((double) alone[j]).isCloseTo(together[3 * i + j], within(TOLERANCE));
        }
      }
    }
  }
}
