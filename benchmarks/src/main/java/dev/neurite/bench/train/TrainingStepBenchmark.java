package dev.neurite.bench.train;

import dev.neurite.bench.kernel.ProductCase;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.Dataset;
import java.io.IOException;
import java.util.List;
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
 * A whole training step: gather, forward, backward, optimiser.
 *
 * <p>Danger: the same batch again and again, which stays in the cache and lets every branch be
 * learnt. Here the batches go through shuffled MNIST. Run with {@code -prof gc}: a step takes no
 * memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@SuppressWarnings("NullAway.Init") // JMH calls the method with @Setup first.
public class TrainingStepBenchmark {
  /** What is trained. */
  @Param public Workload workload;

  /** Batches of the workload; twice as large is the control. */
  @Param({"1", "2"})
  public int batchFactor;

  /** Implementation. */
  @Param({"PLAIN", "SIMD"})
  public KernelChoice kernel;

  /** Number of threads. */
  @Param({"1", "2"})
  public int threads;

  private Engine engine;
  private TrainingStep step;
  private List<ProductCase> products;

  /** Loads MNIST and records the network. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    Dataset train = MnistInMemory.load().train();
    engine = new Engine(new EngineSpec(kernel, threads));
    int batchSize = batchFactor * workload.batchSize();
    step = new TrainingStep(workload, batchSize, train, engine);
    products = TrainingStep.products(workload.model(), batchSize);
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void close() {
    engine.close();
  }

  /** The step. */
  @Benchmark
  public float step() {
    return step.run();
  }

  /** Baseline: the products of the step alone, dense ones. */
  @Benchmark
  public List<ProductCase> baselineProducts() {
    for (int i = 0; i < products.size(); i++) {
      products.get(i).run(engine.workers());
    }
    return products;
  }

  // One should see: gc.alloc.rate.norm of step below 1 B/op (the counter's own noise), products
  // at 60 % or more of W1's step, or above the whole step where zero pixels are skipped; nearly
  // twice the time for batchFactor 2 (the optimiser's share does not grow), less than that for W3.
}
