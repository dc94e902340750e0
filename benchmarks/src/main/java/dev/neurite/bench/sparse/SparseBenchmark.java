package dev.neurite.bench.sparse;

import dev.neurite.bench.model.TestImages;
import dev.neurite.bench.train.MnistInMemory;
import dev.neurite.bench.train.Workload;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.model.SparseModel;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.WeightPruning;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The network of W2 with a share of zeros, sparse against dense: one image at a time, and batches
 * of 1,000.
 *
 * <p>Danger: the weights are first values, pruned by magnitude in each layer, one by one or in
 * blocks, not trained; about half of the hidden units answer an image, where in a trained network
 * it is a third.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@SuppressWarnings("NullAway.Init") // JMH calls the method with @Setup first.
public class SparseBenchmark {
  private static final int BATCH = 1000;

  /** Share of zeros in each kernel; without any is the control, where dense must win. */
  @Param({"0.95", "0.9", "0.8", "0.7", "0"})
  public double sparsity;

  /** Neighbouring weights that are pruned together. */
  @Param({"1", "16"})
  public int blockWidth;

  /** Implementation. */
  @Param({"PLAIN", "SIMD"})
  public KernelChoice kernel;

  private Predictor dense;
  private SparseModel sparse;
  private Engine engine;
  private float[][] images;
  private float[] batch;
  private float[] output;
  private int next;

  /** Prunes a network and loads MNIST. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    Dataset test = MnistInMemory.load().test();
    Model model = Model.create(Workload.W2.model(), 1);
    new WeightPruning(PruningScope.LAYER, false, blockWidth).prune(model, sparsity);
    EngineSpec spec = new EngineSpec(kernel, Runtime.getRuntime().availableProcessors());
    engine = new Engine(spec);
    dense = Predictor.dense(model, spec);
    sparse = new SparseModel(model, spec);
    images = TestImages.rows(test, BATCH);
    batch = TestImages.matrix(test, BATCH);
    output = new float[test.outputs()];
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void close() {
    engine.close();
  }

  /** One image, sparse. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public float[] single() {
    next = next + 1 == images.length ? 0 : next + 1;
    sparse.predict(images[next], output);
    return output;
  }

  /** Baseline of one image. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public float[] baselineSingle() {
    next = next + 1 == images.length ? 0 : next + 1;
    dense.predict(images[next], output);
    return output;
  }

  /** A batch of 1,000 on one thread, sparse. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public float[] batch() {
    return sparse.predictBatch(batch, BATCH);
  }

  /** The same on all threads. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public float[] batchOnAllThreads() {
    return sparse.predictBatch(batch, BATCH, engine);
  }

  /** Baseline of a batch. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public float[] baselineBatch() {
    return dense.predictBatch(batch, BATCH);
  }

  // One should see: sparse the faster, the more zeros there are, single images faster still in
  // blocks of 16, and dense faster at 0; the baselines the same at every sparsity; with -prof gc
  // 0 B/op for single.
}
