package dev.neurite.bench.train;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.Dataset;
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
 * An epoch of a workload through the trainer, evaluation apart.
 *
 * <p>Danger: the first epoch is interpreted and compiled while it runs; a peer's figure may or may
 * not contain it. Here the first epochs warm up and are not counted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 7)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@SuppressWarnings("NullAway.Init") // JMH calls the method with @Setup first.
public class EpochBenchmark {
  /** What is trained. */
  @Param public Workload workload;

  /** Images of the epoch; half of them is the control. */
  @Param({"60000", "30000"})
  public int images;

  /** Implementation. */
  @Param({"PLAIN", "SIMD"})
  public KernelChoice kernel;

  /** Number of threads. */
  @Param({"1", "2"})
  public int threads;

  private Engine engine;
  private EpochRun run;
  private TrainingStep step;

  /** Loads MNIST and prepares the trainer. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    Dataset train = MnistInMemory.load().train().slice(0, images);
    engine = new Engine(new EngineSpec(kernel, threads));
    run = new EpochRun(workload, train, engine, 1);
    step = new TrainingStep(workload, workload.batchSize(), train, engine);
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void close() {
    engine.close();
  }

  /** The epoch. */
  @Benchmark
  public double epoch() {
    return run.seconds();
  }

  /** Baseline: only gathering the batches of an epoch. */
  @Benchmark
  public TrainingStep baselineGather() {
    for (int done = 0; done < images; done += workload.batchSize()) {
      step.load();
    }
    return step;
  }

  // One should see: half the images in half the time; an epoch as long as its steps
  // (TrainingStepBenchmark) plus about a millisecond of shuffling; baselineGather well below a
  // quarter of W1.
}
