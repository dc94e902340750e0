package dev.neurite.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.ByteDataset;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.eval.RecordedBatch;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Mode;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.prune.WeightPruning;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** A training step takes no memory after warm-up, neither on the caller nor on helper threads. */
@Timeout(120)
class TrainingStepAllocationTest {
  /**
   * Windows that are tried until one takes no memory: vectors live in memory until the compiler has
   * seen the loops often enough, and it works in the background.
   */
  private static final int WINDOWS = 2000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Everything that a step may contain, in one network each. */
  @Test
  void aStepOnOneThreadAllocatesNothing(TestReporter reporter) {
    List<String> measured = new ArrayList<>();
    for (Loss loss : Loss.values()) {
      for (UpdateRule rule :
          new UpdateRule[] {
            new Sgd(), new Momentum(), new Nesterov(), new RmsProp(), new Adagrad(), new Adam()
          }) {
        ModelSpec spec =
            ModelSpec.inputs(30)
                .dense(24, Activation.RELU)
                .dense(20, Activation.GELU)
                .dropout(0.25f)
                .dense(16, Activation.LEAKY_RELU)
                .output(10, lastActivation(loss));
        double sparsity = measured.size() % 2 * 0.8;
        long[] bytes = bytesPerWindow(spec, loss, rule, 1, 16, 400, 60, sparsity);
        measured.add("%s %s pruned %s: %d".formatted(loss, rule, sparsity, bytes[0]));
        assertThat(bytes).as("%s, %s, %s", loss, rule, sparsity).containsOnly(0);
      }
    }
    assertThat(measured).hasSize(3 * 6);
    assertThat(measured).filteredOn(line -> line.contains("pruned 0.8")).hasSize(3 * 6 / 2);
    reporter.publishEntry("bytes per step on one thread", measured.toString());
  }

  /** Sizes that are split over both threads: batch rows, products, activations, update. */
  @Test
  void aStepOnTwoThreadsAllocatesNothingOnEither(TestReporter reporter) {
    ModelSpec spec =
        ModelSpec.inputs(520)
            .dense(128, Activation.TANH)
            .dropout(0.25f)
            .output(10, Activation.SOFTMAX);
    for (double sparsity : new double[] {0, 0.8}) {
      long[] bytes =
          bytesPerWindow(spec, Loss.SOFTMAX_CROSS_ENTROPY, new Adam(), 2, 128, 150, 30, sparsity);
      reporter.publishEntry("bytes per window of caller and helper", bytes[0] + ", " + bytes[1]);
      assertThat(bytes).as("%s pruned", sparsity).hasSize(2).containsOnly(0);
    }
  }

  private static Activation lastActivation(Loss loss) {
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> Activation.SOFTMAX;
      case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
      case MEAN_SQUARED_ERROR -> Activation.SILU;
    };
  }

  /** The fewest bytes that each thread took in a window of steps: the caller, then the helpers. */
  private long[] bytesPerWindow(
      ModelSpec spec,
      Loss loss,
      UpdateRule rule,
      int threadCount,
      int batchRows,
      int warmUpSteps,
      int windowSteps,
      double sparsity) {
    Watched data = new Watched(data(spec, loss, 3 * batchRows - 5));
    List<Thread> before = workerThreads();
    try (Engine engine = new Engine(new EngineSpec(KernelChoice.AUTO, threadCount))) {
      List<Thread> measured = workerThreads();
      measured.removeAll(before);
      measured.add(0, Thread.currentThread());
      assertThat(measured).hasSize(threadCount);
      long[] ids = measured.stream().mapToLong(Thread::getId).toArray();
      Model model = Model.create(spec, 1);
      if (sparsity > 0) {
        WeightPruning.global().prune(model, sparsity);
      }
      RecordedBatch batch =
          new RecordedBatch(model, loss, 0, Mode.TRAINING, 1, batchRows, data, engine);
      Optimizer optimizer =
          new Optimizer(new OptimizerSpec(rule, 1e-4, 1e-4, 3, 5, 1), model.parameters(), engine);
      Step step = new Step(data, batch, optimizer, batchRows);
      long[] bytes = new long[ids.length];
      assertThat(threads.getThreadAllocatedBytes(ids[0])).as("the counter works").isPositive();
      step.run(warmUpSteps);
      long[] fewest = new long[ids.length];
      Arrays.fill(fewest, Long.MAX_VALUE);
      for (int window = 0;
          window < WINDOWS && Arrays.stream(fewest).max().orElse(0) > 0;
          window++) {
        for (int i = 0; i < ids.length; i++) {
          bytes[i] = threads.getThreadAllocatedBytes(ids[i]);
        }
        step.run(windowSteps);
        for (int i = 0; i < ids.length; i++) {
          fewest[i] = Math.min(fewest[i], threads.getThreadAllocatedBytes(ids[i]) - bytes[i]);
        }
      }
      assertThat(batch.loss()).isFinite();
      assertThat(data.readByHelper).as("a helper took part").isEqualTo(threadCount > 1);
      return fewest;
    }
  }

  /** Notes whether any other thread than the one that made it reads rows. */
  private static final class Watched implements Dataset {
    private final Dataset rows;
    private final Thread caller = Thread.currentThread();
    private volatile boolean readByHelper;

    Watched(Dataset rows) {
      this.rows = rows;
    }

    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public int features() {
      return rows.features();
    }

    @Override
    public int outputs() {
      return rows.outputs();
    }

    @Override
    public int label(int index) {
      return rows.label(index);
    }

    @Override
    public void copyFeatures(int index, float[] target, int offset) {
      if (Thread.currentThread() != caller) {
        readByHelper = true;
      }
      rows.copyFeatures(index, target, offset);
    }

    @Override
    public void copyTargets(int index, float[] target, int offset) {
      rows.copyTargets(index, target, offset);
    }
  }

  /** Steps over a dataset with a ragged last batch. */
  private static final class Step {
    private final Dataset data;
    private final RecordedBatch batch;
    private final Optimizer optimizer;
    private final int batchRows;
    private final int[] order;
    private int number;

    Step(Dataset data, RecordedBatch batch, Optimizer optimizer, int batchRows) {
      this.data = data;
      this.batch = batch;
      this.optimizer = optimizer;
      this.batchRows = batchRows;
      this.order = IntStream.range(0, data.size()).map(i -> data.size() - 1 - i).toArray();
    }

    void run(int steps) {
      for (int i = 0; i < steps; i++) {
        int from = number % 3 * batchRows;
        batch.load(data, order, from, Math.min(batchRows, data.size() - from));
        batch.forward(number);
        batch.backward();
        optimizer.step(1e-3);
        optimizer.zeroGradients();
        number++;
        if (!Float.isFinite(batch.loss()) || batch.correct() < 0) {
          throw new IllegalStateException("loss is " + batch.loss());
        }
      }
    }
  }

  private static Dataset data(ModelSpec spec, Loss loss, int size) {
    Random random = new Random(1);
    if (loss == Loss.MEAN_SQUARED_ERROR) {
      float[] features = new float[size * spec.inputs()];
      for (int i = 0; i < features.length; i++) {
        features[i] = random.nextFloat();
      }
      return ArrayDataset.regression(
          features, spec.inputs(), new float[size * spec.outputs()], spec.outputs());
    }
    byte[] pixels = new byte[size * spec.inputs()];
    random.nextBytes(pixels);
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      labels[i] = (byte) random.nextInt(spec.outputs());
    }
    return new ByteDataset(pixels, spec.inputs(), labels, spec.outputs());
  }

  private static List<Thread> workerThreads() {
    List<Thread> workers = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("neurite-worker-")) {
        workers.add(thread);
      }
    }
    return workers;
  }
}
