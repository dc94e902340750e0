package dev.neurite.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.kernel.ColumnOrder;
import dev.neurite.nn.kernel.SparseWeights;
import dev.neurite.nn.kernel.WeightBlocks;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.sparse.SparseLayer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SparseModelTest {
  /** By how much a sparse prediction may differ from the dense one. */
  private static final double OUTPUT_TOLERANCE = 1e-5;

  private static final int IN = 37;
  private static final int OUT = 5;

  /** More than two blocks with a rest that is answered one by one. */
  private static final int ROWS = 2 * 128 + 11;

  private final Random random = new Random(7);

  private static ModelSpec spec(Activation hidden, Activation last) {
    return ModelSpec.inputs(IN)
        .rescaling(2)
        .dense(33, hidden)
        .dropout(0.5f)
        .dense(19, hidden)
        .output(OUT, last);
  }

  /** A network with biases whose kernels keep a share of their weights. */
  private Model pruned(ModelSpec spec, double kept) {
    Model model = Model.create(spec, 3);
    for (int layer = 0; layer < spec.denseLayers().size(); layer++) {
      float[] weights = model.kernel(layer).value().data;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = random.nextDouble() < kept ? weights[i] * 2 : 0;
      }
      float[] bias = model.bias(layer).value().data;
      for (int i = 0; i < bias.length; i++) {
        bias[i] = (float) random.nextGaussian() / 4;
      }
    }
    return model;
  }

  /** Half of the values are zero. */
  private float[] inputs(int count) {
    float[] values = new float[count * IN];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? (float) random.nextGaussian() : 0;
    }
    return values;
  }

  private static float[] row(float[] inputs, int row) {
    return Arrays.copyOfRange(inputs, row * IN, row * IN + IN);
  }

  @Test
  void predictsWhatTheDenseNetworkPredictsForAllActivations() {
    int checked = 0;
    float[] inputs = inputs(ROWS);
    for (Activation.Function function : Activation.Function.values()) {
      Activation last = Activation.of(function.label());
      Activation hidden = function == Activation.Function.SOFTMAX ? Activation.RELU : last;
      for (double kept : new double[] {0, 0.1, 1}) {
        Model model = pruned(spec(hidden, last), kept);
        SparseModel sparse = new SparseModel(model);
        float[] expected = Predictor.dense(model, EngineSpec.defaults()).predictBatch(inputs, ROWS);
        float[] batch = sparse.predictBatch(inputs, ROWS);
        assertThat(batch).hasSize(ROWS * OUT);
        for (int i = 0; i < batch.length; i++) {
          assertThat((double) batch[i])
              .as("%s, %s kept, output %d", function, kept, i)
              .isCloseTo(
                  expected[i], within(OUTPUT_TOLERANCE * Math.max(1, Math.abs(expected[i]))));
        }
        for (int i = 0; i < ROWS; i++) {
          assertThat(sparse.predict(row(inputs, i)))
              .isEqualTo(Arrays.copyOfRange(batch, i * OUT, i * OUT + OUT));
        }
        checked++;
      }
    }
    assertThat(checked).isEqualTo(3 * Activation.Function.values().length);
  }

  /** Layers in blocks, and one that is not, of widths that are no multiples of a block. */
  @Test
  void aNetworkPrunedInBlocksPredictsWhatTheDenseOnePredicts() {
    int checked = 0;
    float[] inputs = inputs(ROWS);
    for (double sparsity : new double[] {0.5, 0.8, 0.95}) {
      Model model = inBlocks(sparsity);
      SparseModel sparse = new SparseModel(model);
      float[] expected = Predictor.dense(model, EngineSpec.defaults()).predictBatch(inputs, ROWS);
      float[] batch = sparse.predictBatch(inputs, ROWS);
      for (int i = 0; i < batch.length; i++) {
        assertThat((double) batch[i]).isCloseTo(expected[i], within(OUTPUT_TOLERANCE));
      }
      for (int i = 0; i < ROWS; i++) {
        assertThat(sparse.predict(row(inputs, i)))
            .isEqualTo(Arrays.copyOfRange(batch, i * OUT, i * OUT + OUT));
      }
      assertThat(sparse.bytes()).isLessThan(12L * sparse.keptWeights() + 8_000);
      checked++;
    }
    assertThat(checked).isEqualTo(3);
  }

  private static Model inBlocks(double sparsity) {
    ModelSpec spec =
        ModelSpec.inputs(IN)
            .rescaling(2)
            .dense(90, Activation.RELU)
            .dense(64, Activation.LINEAR)
            .dense(70, Activation.TANH)
            .output(OUT, Activation.SOFTMAX);
    Model model = Model.create(spec, 6);
    new WeightPruning(PruningScope.LAYER, false, WeightPruning.FAST_BLOCK_WIDTH)
        .prune(model, sparsity);
    for (int i = 0; i < model.kernel(2).size(); i++) {
      model.kernel(2).value().data[i] *= i % 5 == 0 ? 1 : 0; // scattered within the blocks
    }
    return model.copyAs(spec);
  }

  /** Inputs are an image of 18 × 18 with margins; the dense network knows nothing of columns. */
  @Test
  void imagesWithMarginsAreAnsweredAsByTheDenseNetwork() {
    int side = 18;
    int in = side * side;
    ModelSpec spec =
        ModelSpec.inputs(in)
            .rescaling(2)
            .dense(80, Activation.RELU)
            .dense(48, Activation.RELU)
            .output(OUT, Activation.SOFTMAX);
    Model model = Model.create(spec, 9);
    new WeightPruning(PruningScope.GLOBAL, false, WeightPruning.FAST_BLOCK_WIDTH).prune(model, 0.8);
    SparseModel sparse = new SparseModel(model);
    int rows = 2 * 128 + 9;
    float[] inputs = new float[rows * in];
    for (int i = 0; i < inputs.length; i++) {
      int margin = i / in % (side / 2 + 1); // 0 on both sides to nothing left
      int column = i % side;
      boolean drawn = column >= margin && column < side - margin;
      inputs[i] = drawn ? random.nextFloat() : 0;
    }
    float[] expected = Predictor.dense(model, EngineSpec.defaults()).predictBatch(inputs, rows);
    float[] batch = sparse.predictBatch(inputs, rows);
    for (int i = 0; i < batch.length; i++) {
      assertThat((double) batch[i]).isCloseTo(expected[i], within(OUTPUT_TOLERANCE));
    }
    for (int i = 0; i < rows; i++) {
      assertThat(sparse.predict(Arrays.copyOfRange(inputs, i * in, i * in + in)))
          .isEqualTo(Arrays.copyOfRange(batch, i * OUT, i * OUT + OUT));
    }
  }

  /** Only then may margins be skipped. */
  @Test
  void theFirstLayerInBlocksStandsInTheOrderOfColumns() {
    FMatrixRMaj kernel = scattered(17 * 17, Activation.RELU, false).kernel(0).value();
    assertThat(imageColumns(kernel, true)).isEqualTo(17);
    assertThat(imageColumns(kernel, false)).isEqualTo(1);
    assertThat(imageColumns(scattered(IN, Activation.RELU, false).kernel(0).value(), true))
        .isEqualTo(1);
    kernel.data[0] = Float.NaN;
    assertThat(imageColumns(kernel, true)).isEqualTo(1);
  }

  private static int imageColumns(FMatrixRMaj kernel, boolean image) {
    WeightBlocks blocks =
        SparseLayer.of(kernel, new FMatrixRMaj(1, kernel.numCols), null, 0, image).blocks();
    assertThat(blocks).isNotNull();
    return blocks.imageColumns();
  }

  /** 0 times infinity is NaN, so the margins count where a weight is not finite. */
  @Test
  void marginsAreNotSkippedWhereAWeightIsInfinite() {
    int in = 18 * 18;
    Model model =
        Model.create(
            ModelSpec.inputs(in).dense(32, Activation.RELU).output(OUT, Activation.LINEAR), 9);
    new WeightPruning(PruningScope.GLOBAL, false, WeightPruning.FAST_BLOCK_WIDTH).prune(model, 0.5);
    model.kernel(0).value().data[0] = Float.POSITIVE_INFINITY;
    float[] input = new float[in];
    input[9] = 1;
    SparseModel sparse = new SparseModel(model);
    assertThat(sparse.predict(input)).containsOnly(Float.NaN);
    float[] rows = new float[20 * in];
    rows[9] = 1;
    assertThat(Arrays.copyOf(sparse.predictBatch(rows, 20), OUT)).containsOnly(Float.NaN);
  }

  /** An oracle that leaves out weights of 0, for inputs that are infinite or NaN. */
  @Test
  void notANumberAndInfinityReachOnlyWhatTheyHaveWeightsFor() {
    int checked = 0;
    int finite = 0;
    for (int in : new int[] {IN, 17 * 17}) {
      for (Activation hidden : List.of(Activation.RELU, Activation.TANH, Activation.SIGMOID)) {
        for (boolean mixed : new boolean[] {false, true}) {
          Model model = scattered(in, hidden, mixed);
          SparseModel sparse = new SparseModel(model);
          for (float strange :
              new float[] {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE / 2, 1}) {
            float[] inputs = new float[40 * in];
            for (int i = 0; i < inputs.length; i++) {
              boolean margin = i % in % 17 < 4;
              inputs[i] = margin || random.nextBoolean() ? 0 : (float) random.nextGaussian();
            }
            for (int row = 0; row < 40; row += 7) {
              inputs[row * in + row * 5 % in] = strange;
            }
            float[] batch = sparse.predictBatch(inputs, 40);
            for (int row = 0; row < 40; row++) {
              float[] input = Arrays.copyOfRange(inputs, row * in, row * in + in);
              float[] expected = naive(model, input);
              float[] one = sparse.predict(input);
              assertThat(Arrays.copyOfRange(batch, row * 40, row * 40 + 40)).isEqualTo(one);
              for (int j = 0; j < 40; j++) {
                if (Float.isFinite(expected[j])) {
                  double tolerance = 5 * OUTPUT_TOLERANCE * Math.max(1, Math.abs(expected[j]));
                  assertThat((double) one[j]).isCloseTo(expected[j], within(tolerance));
                  finite++;
                } else {
                  assertThat(one[j]).isEqualTo(Float.valueOf(expected[j]));
                }
                checked++;
              }
            }
          }
        }
      }
    }
    assertThat(checked).isEqualTo(2 * 3 * 2 * 4 * 40 * 40);
    assertThat(finite).isBetween(checked / 2, checked - 500);
  }

  /** Three layers in blocks, or the one in the middle not; some weights of blocks are 0. */
  private static Model scattered(int in, Activation hidden, boolean mixed) {
    Model model =
        Model.create(
            ModelSpec.inputs(in)
                .rescaling(2)
                .dense(64, hidden)
                .dense(48, hidden)
                .output(40, Activation.LINEAR),
            6);
    new WeightPruning(PruningScope.LAYER, false, WeightPruning.FAST_BLOCK_WIDTH).prune(model, 0.7);
    for (int layer = 0; layer < 3; layer++) {
      for (int i = 0; i < model.kernel(layer).size(); i++) {
        boolean kept = (mixed && layer == 1) ? i % 11 == 0 : i % 3 != 0;
        model.kernel(layer).value().data[i] *= kept ? 1 : 0;
      }
      assertThat(SparseLayer.isInBlocks(model.kernel(layer).value()))
          .isEqualTo(!mixed || layer != 1);
    }
    return model;
  }

  /** What a network answers whose inputs are rescaled by 2, over the weights that are not 0. */
  private static float[] naive(Model model, float[] input) {
    float[] x = new float[input.length];
    for (int p = 0; p < x.length; p++) {
      x[p] = 2 * input[p];
    }
    for (int layer = 0; layer < model.spec().denseLayers().size(); layer++) {
      Activation.Function f = model.spec().denseLayers().get(layer).activation().function();
      float[] y = new float[model.kernel(layer).columns()];
      for (int j = 0; j < y.length; j++) {
        float sum = model.bias(layer).value().get(0, j);
        for (int p = 0; p < x.length; p++) {
          float weight = model.kernel(layer).value().get(p, j);
          sum = weight == 0 ? sum : Math.fma(x[p], weight, sum);
        }
        y[j] =
            switch (f) {
              case RELU -> Math.max(sum, 0);
              case TANH -> (float) Math.tanh(sum);
              case SIGMOID -> (float) (1 / (1 + Math.exp(-sum)));
              default -> sum;
            };
      }
      x = y;
    }
    return x;
  }

  /** Powers of two are multiplied into the weights; the others, and weights too large, are not. */
  @Test
  void rescalingIsThatOfTheDenseNetwork() {
    int checked = 0;
    for (float factor : new float[] {0.5f, 1, 2, 3, 1024, 4096}) {
      for (float largest : new float[] {1, 0x1p126f}) {
        Model model =
            pruned(ModelSpec.inputs(IN).rescaling(factor).output(OUT, Activation.LINEAR), 0.5);
        model.kernel(0).value().data[1] = largest;
        float[] input = row(inputs(1), 0);
        input[0] = 0x1p-12f;
        double[] expected = new double[OUT];
        for (int j = 0; j < OUT; j++) {
          expected[j] = model.bias(0).value().data[j];
          for (int p = 0; p < IN; p++) {
            expected[j] += (double) factor * input[p] * model.kernel(0).value().get(p, j);
          }
        }
        float[] output = new SparseModel(model).predict(input);
        for (int j = 0; j < OUT; j++) {
          assertThat((double) output[j])
              .as("factor %s, weight %s, output %d", factor, largest, j)
              .isCloseTo(expected[j], within(OUTPUT_TOLERANCE * Math.max(1, factor) * largest));
        }
        assertThat(new SparseModel(model).predictBatch(input, 1)).isEqualTo(output);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(12);
  }

  @Test
  void refusesALayerWhoseWeightsAreNotThereInOneForm() {
    SparseWeights weights = SparseWeights.byColumn(new float[] {1}, 1, 1);
    WeightBlocks blocks = WeightBlocks.of(new float[] {1}, 1, 1, ColumnOrder.ONE_COLUMN);
    float[] bias = new float[16];
    String message = "needs the weights in blocks, or by input and by output, not both";
    assertThatThrownBy(() -> new SparseLayer(null, null, weights, bias, null, 0, 1, 1, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> new SparseLayer(blocks, null, weights, bias, null, 0, 1, 1, true))
        .hasMessage(message);
    assertThatThrownBy(() -> new SparseLayer(null, null, null, bias, null, 0, 1, 1, true))
        .hasMessage(message);
  }

  @Test
  void paysSoonerInBlocks() {
    assertThat(WeightPruning.FAST_BLOCK_WIDTH).isEqualTo(WeightBlocks.WIDTH);
    ModelSpec spec = ModelSpec.inputs(96).dense(64, Activation.RELU).output(16, Activation.SOFTMAX);
    int checked = 0;
    for (int width : new int[] {1, 16}) {
      WeightPruning pruning = new WeightPruning(PruningScope.GLOBAL, false, width);
      for (double sparsity : new double[] {0, 0.7, 0.79, 0.81, 0.83, 0.94, 0.96}) {
        Model model = Model.create(spec, 2);
        pruning.prune(model, sparsity);
        assertThat(SparseModel.pays(model))
            .as("%s of blocks of %d", sparsity, width)
            .isEqualTo(sparsity >= (width == 1 ? 0.95 : 0.8));
        assertThat(SparseModel.paysInBatches(model))
            .as("batches, %s of blocks of %d", sparsity, width)
            .isEqualTo(sparsity >= (width == 1 ? 0.82 : 0.8));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(14);
  }

  /** An oracle that shares no code with the dense network: loops in double precision. */
  @Test
  void predictsWhatNaiveLoopsPredict() {
    Model model = pruned(spec(Activation.TANH, Activation.SIGMOID), 0.2);
    float[] input = row(inputs(1), 0);
    double[] x = new double[IN];
    for (int i = 0; i < IN; i++) {
      x[i] = 2.0 * input[i];
    }
    for (int layer = 0; layer < 3; layer++) {
      double[] y = new double[model.kernel(layer).columns()];
      for (int j = 0; j < y.length; j++) {
        double sum = model.bias(layer).value().get(0, j);
        for (int p = 0; p < x.length; p++) {
          sum += x[p] * model.kernel(layer).value().get(p, j);
        }
        y[j] = layer == 2 ? 1 / (1 + Math.exp(-sum)) : Math.tanh(sum);
      }
      x = y;
    }
    float[] output = new SparseModel(model).predict(input);
    for (int j = 0; j < OUT; j++) {
      assertThat((double) output[j]).isCloseTo(x[j], within(OUTPUT_TOLERANCE));
    }
  }

  @Test
  void threadsOfAnEngineChangeNoBit() {
    SparseModel sparse = new SparseModel(pruned(spec(Activation.RELU, Activation.SOFTMAX), 0.1));
    int rows = 7 * 128 + 3;
    float[] inputs = inputs(rows);
    float[] expected = sparse.predictBatch(inputs, rows);
    int checked = 0;
    for (int threads : new int[] {1, 2, 3}) {
      try (Engine engine = new Engine(new EngineSpec(KernelChoice.PLAIN, threads))) {
        assertThat(sparse.predictBatch(inputs, rows, engine)).isEqualTo(expected);
        assertThat(sparse.predictBatch(new float[0], 0, engine)).isEmpty();
        checked++;
      }
    }
    assertThat(checked).isEqualTo(3);
  }

  /** More threads than work areas are kept. */
  @Test
  @Timeout(60)
  void manyThreadsGetTheSameBitsAsOne() throws InterruptedException, ExecutionException {
    SparseModel sparse = new SparseModel(pruned(spec(Activation.GELU, Activation.SOFTMAX), 0.1));
    int count = 50;
    float[] inputs = inputs(count);
    float[] expected = sparse.predictBatch(inputs, count);
    int threads = 24;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int offset = t;
        results.add(
            pool.submit(
                () -> {
                  int same = 0;
                  float[] output = new float[OUT];
                  for (int k = 0; k < 200; k++) {
                    int i = (k + offset) % count;
                    if (k % 10 == 0) {
                      float[] batch = sparse.predictBatch(inputs, count);
                      output = Arrays.copyOfRange(batch, i * OUT, i * OUT + OUT);
                    } else {
                      sparse.predict(row(inputs, i), output);
                    }
                    same +=
                        Arrays.equals(output, Arrays.copyOfRange(expected, i * OUT, i * OUT + OUT))
                            ? 1
                            : 0;
                  }
                  return same;
                }));
      }
      int same = 0;
      for (Future<Integer> result : results) {
        same += result.get();
      }
      assertThat(same).isEqualTo(threads * 200);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aSinglePredictionTakesNoMemory() {
    takesNoMemory(new SparseModel(pruned(spec(Activation.RELU, Activation.SOFTMAX), 0.1)));
  }

  /** The inputs are an image, the widths those of real networks. */
  @Test
  void aSinglePredictionInBlocksTakesNoMemory() {
    ModelSpec spec =
        ModelSpec.inputs(784)
            .rescaling(2)
            .dense(512, Activation.RELU)
            .dense(512, Activation.RELU)
            .output(OUT, Activation.SOFTMAX);
    Model model = Model.create(spec, 6);
    new WeightPruning(PruningScope.LAYER, false, WeightPruning.FAST_BLOCK_WIDTH).prune(model, 0.9);
    takesNoMemory(new SparseModel(model));
  }

  private void takesNoMemory(SparseModel sparse) {
    float[] x = new float[sparse.spec().inputs()];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 3;
    }
    float[] output = new float[OUT];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long fewest = Long.MAX_VALUE;
    // Vectors live in memory until the compiler has seen the loops often enough.
    for (int window = 0; window < 2000 && fewest > 0; window++) {
      long before = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < 500; i++) {
        sparse.predict(x, output);
      }
      fewest = Math.min(fewest, threads.getThreadAllocatedBytes(self) - before);
    }
    // That the counter counts at all.
    long before = threads.getThreadAllocatedBytes(self);
    sparse.predict(x);
    assertThat(threads.getThreadAllocatedBytes(self) - before).isPositive();
    assertThat(fewest).isZero();
  }

  @Test
  void laterChangesOfTheModelChangeNothing() {
    Model model = pruned(spec(Activation.RELU, Activation.SOFTMAX), 0.3);
    SparseModel sparse = new SparseModel(model);
    float[] x = row(inputs(1), 0);
    float[] before = sparse.predict(x);
    model.kernel(0).value().fill(1);
    model.bias(2).value().data[0] = 9;
    assertThat(sparse.predict(x)).isEqualTo(before);
    assertThat(new SparseModel(model).predict(x)).isNotEqualTo(before);
  }

  @Test
  void countsWhatIsKept() {
    Model model = Model.zeros(spec(Activation.RELU, Activation.SOFTMAX));
    int all = IN * 33 + 33 * 19 + 19 * OUT;
    assertThat(new SparseModel(model).sparsity()).isEqualTo(1);
    model.kernel(0).value().data[4] = 1;
    model.kernel(2).value().data[7] = Float.NaN;
    model.bias(0).value().fill(1);
    SparseModel sparse = new SparseModel(model);
    assertThat(sparse.keptWeights()).isEqualTo(2);
    assertThat(sparse.sparsity()).isEqualTo(1 - 2.0 / all);
    assertThat(sparse.bytes()).isLessThan(4L * model.spec().parameterCount());
    assertThat(sparse.spec()).isEqualTo(model.spec());
  }

  @Test
  void paysWhereFewWeightsAreLeft() {
    ModelSpec spec = spec(Activation.RELU, Activation.SOFTMAX);
    assertThat(SparseModel.pays(Model.zeros(spec))).isTrue();
    assertThat(SparseModel.pays(Model.create(spec, 1))).isFalse();
    assertThat(SparseModel.paysInBatches(pruned(spec, 0.1))).isTrue();
    assertThat(SparseModel.paysInBatches(Model.create(spec, 1))).isFalse();
  }

  @Test
  void aPredictorTakesTheFasterFormByItself() {
    ModelSpec spec = spec(Activation.RELU, Activation.SOFTMAX);
    Model fewWeights = pruned(spec, 0.03);
    assertThat(SparseModel.pays(fewWeights)).isTrue();
    float[] inputs = inputs(ROWS);
    Predictor predictor = new Predictor(fewWeights);
    SparseModel sparse = new SparseModel(fewWeights);
    assertThat(predictor.predict(row(inputs, 0))).isEqualTo(sparse.predict(row(inputs, 0)));
    assertThat(predictor.predictBatch(inputs, ROWS)).isEqualTo(sparse.predictBatch(inputs, ROWS));
    Predictor dense = Predictor.dense(fewWeights, EngineSpec.defaults());
    // Other groupings of the sums: if no bit differed, this could not tell the forms apart.
    assertThat(dense.predictBatch(inputs, ROWS)).isNotEqualTo(sparse.predictBatch(inputs, ROWS));

    Model allWeights = Model.create(spec, 1);
    assertThat(new Predictor(allWeights).predictBatch(inputs, ROWS))
        .isEqualTo(Predictor.dense(allWeights, EngineSpec.defaults()).predictBatch(inputs, ROWS));
  }

  /** A weight that is infinite meets the zeros of the input: infinity times 0 is NaN. */
  @Test
  void weightsThatAreNotFiniteAreNeverSkipped() {
    Model model =
        Model.zeros(ModelSpec.inputs(3).dense(2, Activation.LINEAR).output(2, Activation.LINEAR));
    model.kernel(0).value().set(1, 0, Float.POSITIVE_INFINITY);
    model.kernel(1).value().set(0, 1, 1);
    SparseModel sparse = new SparseModel(model);
    assertThat(sparse.predict(new float[] {1, 0, 0})[1]).isNaN();
    assertThat(sparse.predict(new float[] {1, 2, 0})[1]).isEqualTo(Float.POSITIVE_INFINITY);
    float[] rows = new float[3 * 20];
    rows[1] = 2;
    float[] outputs = sparse.predictBatch(rows, 20);
    assertThat(outputs[1]).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(outputs[3]).isNaN();
  }

  @Test
  void saysHowManyValuesItNeeds() {
    SparseModel sparse = new SparseModel(Model.zeros(spec(Activation.RELU, Activation.SOFTMAX)));
    assertThatThrownBy(() -> sparse.predict(new float[19]))
        .hasMessage("input has 19 values, needed are 37");
    assertThatThrownBy(() -> sparse.predict(new float[37], new float[4]))
        .hasMessage("output has 4 values, needed are 5");
    assertThatThrownBy(() -> sparse.predictBatch(new float[39], 2))
        .hasMessage("2 inputs of 37 values need 74 values, received 39");
    assertThatThrownBy(() -> sparse.predictBatch(new float[0], -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
