package dev.neurite.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.Mask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PredictorTest {
  private static final double OUTPUT_TOLERANCE = 1e-6;

  private static final ModelSpec SPEC =
      ModelSpec.inputs(20)
          .dense(16, Activation.GELU)
          .dropout(0.5f)
          .dense(8, Activation.RELU)
          .output(4, Activation.SOFTMAX);

  private final Model model = Model.create(SPEC, 6);
  private final Predictor predictor = new Predictor(model);

  private static float[] inputs(int count) {
    Random random = new Random(2);
    float[] values = new float[count * 20];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] row(float[] inputs, int row) {
    return Arrays.copyOfRange(inputs, row * 20, row * 20 + 20);
  }

  @Test
  void putAsideItIsReadAgainWhenItIsAsked() {
    float[] before = predictor.predictBatch(inputs(5), 5);
    int[] reads = new int[1];
    Predictor.Source source =
        () -> {
          reads[0]++;
          return model.copy();
        };
    predictor.putAside(source);
    assertThat(predictor.isInMemory()).isFalse();
    assertThat(predictor.spec()).isEqualTo(SPEC);
    assertThat(reads[0]).isZero();
    assertThat(predictor.predictBatch(inputs(5), 5)).containsExactly(before);
    assertThat(predictor.predict(row(inputs(5), 2))).hasSize(4);
    assertThat(predictor.isInMemory()).isTrue();
    assertThat(reads[0]).isOne(); // it stays until it is put aside again
    predictor.putAside(source);
    predictor.takeBack();
    assertThat(predictor.isInMemory()).isTrue();
    assertThat(reads[0]).isEqualTo(2);
  }

  @Test
  void putAsideOutsideTheHeapItAnswersWithTheSameBits() {
    BitSet kept = new BitSet();
    kept.set(3, model.kernel(0).size(), true);
    model.kernel(0).prune(Mask.of(model.kernel(0).rows(), model.kernel(0).columns(), kept));
    Predictor pruned = new Predictor(model);
    float[] before = pruned.predictBatch(inputs(5), 5);
    pruned.putAside();
    assertThat(pruned.isInMemory()).isFalse();
    model.kernel(0).value().data[7] = 100; // training goes on
    assertThat(pruned.predictBatch(inputs(5), 5)).containsExactly(before);
    assertThat(pruned.model().kernel(0).mask().pruned()).isEqualTo(3);
    assertThat(pruned.isInMemory()).isTrue();
    pruned.putAside();
    pruned.putAside(); // it is already
    assertThat(pruned.isInMemory()).isFalse();
    assertThat(pruned.predictBatch(inputs(5), 5)).containsExactly(before);
  }

  @Test
  void aSourceThatIsGoneOrHasAnotherNetworkIsTold() {
    predictor.putAside(
        () -> {
          throw new IOException("the disk is gone");
        });
    assertThatThrownBy(() -> predictor.predict(new float[20]))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the disk is gone");
    predictor.putAside(() -> Model.create(ModelSpec.inputs(20).output(4, Activation.SOFTMAX), 1));
    assertThatThrownBy(predictor::model).hasMessageContaining("put aside was");
    predictor.putAside(model::copy);
    assertThat(predictor.predict(new float[20])).hasSize(4);
  }

  @Test
  void outputsAreThoseOfTheNaiveNetwork() {
    Model two =
        Model.create(
            ModelSpec.inputs(3).dense(4, Activation.TANH).output(2, Activation.SIGMOID), 8);
    two.bias(0).value().data[1] = 0.5f;
    two.bias(1).value().data[0] = -0.25f;
    float[] x = {0.3f, -1, 2};
    double[] hidden = layer(two, 0, new double[] {0.3f, -1, 2});
    for (int i = 0; i < 4; i++) {
      hidden[i] = Math.tanh(hidden[i]);
    }
    double[] sums = layer(two, 1, hidden);
    float[] output = new Predictor(two).predict(x);
    assertThat(output).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat((double) output[i])
          .isCloseTo(1 / (1 + Math.exp(-sums[i])), within(OUTPUT_TOLERANCE));
    }
  }

  private static double[] layer(Model model, int layer, double[] x) {
    int out = model.kernel(layer).columns();
    double[] y = new double[out];
    for (int j = 0; j < out; j++) {
      y[j] = model.bias(layer).value().get(0, j);
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * model.kernel(layer).value().get(i, j);
      }
    }
    return y;
  }

  @Test
  void aBatchGivesTheSameBitsAsOneByOne() {
    // More than one internal batch, with a ragged rest.
    int count = 600;
    float[] inputs = inputs(count);
    float[] outputs = predictor.predictBatch(inputs, count);
    assertThat(outputs).hasSize(count * 4);
    for (int i = 0; i < count; i++) {
      assertThat(Arrays.copyOfRange(outputs, i * 4, i * 4 + 4))
          .isEqualTo(predictor.predict(row(inputs, i)));
    }
    assertThat(predictor.predictBatch(new float[0], 0)).isEmpty();
  }

  /** As the networks of digits are: pixels are rescaled by a power of two, and most are zero. */
  @Test
  void aBatchOfRescaledInputsGivesTheSameBitsAsOneByOne() {
    Model model =
        Model.create(
            ModelSpec.inputs(96)
                .rescaling(2)
                .dense(90, Activation.RELU)
                .output(10, Activation.SOFTMAX),
            3);
    Random random = new Random(9);
    int count = 200;
    float[] inputs = new float[count * 96];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextInt(5) == 0 ? random.nextFloat() : 0;
    }
    Predictor dense = Predictor.dense(model, EngineSpec.defaults());
    float[] outputs = dense.predictBatch(inputs, count);
    for (int i = 0; i < count; i++) {
      float[] input = Arrays.copyOfRange(inputs, i * 96, i * 96 + 96);
      assertThat(Arrays.copyOfRange(outputs, i * 10, i * 10 + 10)).isEqualTo(dense.predict(input));
    }
  }

  /** How many rows a thread takes at a time depends on the threads; the bits do not. */
  @Test
  void aBatchGivesTheSameBitsOnAnyNumberOfThreads() {
    Model wide =
        Model.create(
            ModelSpec.inputs(97)
                .dense(90, Activation.RELU)
                .dense(83, Activation.RELU)
                .output(10, Activation.SOFTMAX),
            3);
    Random random = new Random(8);
    for (double density : new double[] {0.2, 1}) {
      for (int count : new int[] {1, 63, 64, 65, 192, 193, 1000}) {
        float[] inputs = new float[count * 97];
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = random.nextDouble() < density ? random.nextFloat() : 0;
        }
        float @Nullable [] expected = null;
        for (int threads = 1; threads <= 5; threads++) {
          EngineSpec spec = new EngineSpec(EngineSpec.defaults().kernel(), threads);
          float[] outputs = Predictor.dense(wide, spec).predictBatch(inputs, count);
          expected = expected == null ? outputs : expected;
          assertThat(outputs).as("%d rows on %d threads", count, threads).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void anAnsweredBatchIsNotKept() throws InterruptedException {
    float[] inputs = inputs(300);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i % 5 == 0 ? inputs[i] : 0; // mostly zeros are read where they stand
    }
    WeakReference<float[]> reference = new WeakReference<>(inputs);
    assertThat(predictor.predictBatch(inputs, 300)).hasSize(300 * 4);
    inputs = new float[0];
    for (int i = 0; i < 100 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(reference.get()).isNull();
  }

  /** More threads than tapes are kept, all starting at once. */
  @Test
  @Timeout(60)
  void manyThreadsGetTheSameBitsAsOne() throws InterruptedException, ExecutionException {
    int count = 50;
    int threads = 24;
    float[] inputs = inputs(count);
    float[][] expected = new float[count][];
    for (int i = 0; i < count; i++) {
      expected[i] = predictor.predict(row(inputs, i));
    }
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int offset = t;
        results.add(
            pool.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  int same = 0;
                  float[] output = new float[4];
                  for (int k = 0; k < 200; k++) {
                    int i = (k + offset) % count;
                    if (k % 10 == 0) {
                      output = predictor.predictBatch(row(inputs, i), 1);
                    } else if (k % 10 == 1) {
                      output = predictor.activations(row(inputs, i)).output();
                    } else {
                      predictor.predict(row(inputs, i), output);
                    }
                    same += Arrays.equals(output, expected[i]) ? 1 : 0;
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
  void laterChangesOfTheModelChangeNothing() {
    float[] x = row(inputs(1), 0);
    float[] before = predictor.predict(x);
    for (int layer = 0; layer < 3; layer++) {
      model.kernel(layer).value().data[layer] = 9;
      model.bias(layer).value().fill(9);
    }
    assertThat(predictor.predict(x)).isEqualTo(before);
    assertThat(new Predictor(model).predict(x)).isNotEqualTo(before);
    assertThat(predictor.spec()).isEqualTo(SPEC);
  }

  @Test
  void activationsAreThoseOfEveryDenseLayerAndCopies() {
    float[] x = row(inputs(1), 0);
    LayerActivations activations = predictor.activations(x);
    assertThat(activations.layers()).hasSize(3);
    assertThat(activations.layers().get(0)).hasSize(16);
    assertThat(activations.layers().get(1)).hasSize(8);
    assertThat(activations.layers().get(2)).hasSize(4);
    assertThat(activations.output()).isEqualTo(predictor.predict(x));
    for (float value : activations.layers().get(1)) {
      assertThat(value).isNotNegative();
    }
    assertThat(predictor.predict(x)).doesNotContain(0.25f);
    // The second layer, from the first: x · W + b, then ReLU.
    float[] first = activations.layers().get(0);
    double[] hidden = new double[16];
    for (int i = 0; i < 16; i++) {
      hidden[i] = first[i];
    }
    double[] second = layer(model, 1, hidden);
    for (int i = 0; i < 8; i++) {
      assertThat((double) activations.layers().get(1)[i])
          .isCloseTo(Math.max(0, second[i]), within(OUTPUT_TOLERANCE));
    }
    activations.output()[0] = 77;
    assertThat(predictor.predict(x)[0]).isNotEqualTo(77);
  }

  @Test
  void aSinglePredictionTakesNoMemory() {
    float[] x = row(inputs(1), 0);
    float[] output = new float[4];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    for (int i = 0; i < 2000; i++) {
      predictor.predict(x, output);
    }
    long fewest = Long.MAX_VALUE;
    // Vectors live in memory until the compiler has seen the loops often enough.
    for (int window = 0; window < 2000 && fewest > 0; window++) {
      long before = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < 500; i++) {
        predictor.predict(x, output);
      }
      fewest = Math.min(fewest, threads.getThreadAllocatedBytes(self) - before);
    }
    // That the counter counts at all.
    long before = threads.getThreadAllocatedBytes(self);
    predictor.predict(x);
    assertThat(threads.getThreadAllocatedBytes(self) - before).isPositive();
    assertThat(fewest).isZero();
  }

  @Test
  void argMaxIsTheFirstOfTheLargest() {
    assertThat(Predictor.argMax(new float[] {1, 3, 2, 3})).isEqualTo(1);
    assertThat(Predictor.argMax(new float[] {-5})).isZero();
  }

  @Test
  void saysHowManyValuesItNeeds() {
    assertThatThrownBy(() -> predictor.predict(new float[19]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input has 19 values, needed are 20");
    assertThatThrownBy(() -> predictor.predict(new float[20], new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output has 5 values, needed are 4");
    assertThatThrownBy(() -> predictor.activations(new float[21]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input has 21 values, needed are 20");
    assertThatThrownBy(() -> predictor.predictBatch(new float[39], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 inputs of 20 values need 40 values, received 39");
    assertThatThrownBy(() -> predictor.predictBatch(new float[0], -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
