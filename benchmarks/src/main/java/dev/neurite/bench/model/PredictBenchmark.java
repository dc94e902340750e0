package dev.neurite.bench.model;

import dev.neurite.bench.kernel.ProductCase;
import dev.neurite.bench.kernel.ProductForm;
import dev.neurite.bench.kernel.ProductShape;
import dev.neurite.bench.train.MnistInMemory;
import dev.neurite.bench.train.Workload;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * A network that answers: workload W4, which is the network of W2, one image at a time and in
 * batches of 1,000.
 *
 * <p>Danger: always the same image, whose zero pixels a branch predictor learns by heart. Here the
 * images of the test data take turns.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@SuppressWarnings("NullAway.Init") // JMH calls the method with @Setup first.
public class PredictBenchmark {
  /** Whose network; that of W1 has 6.6 times fewer weights and is the control of one image. */
  @Param({"W2", "W1"})
  public Workload workload;

  /** Implementation. */
  @Param({"PLAIN", "SIMD"})
  public KernelChoice kernel;

  private Dataset test;
  private Predictor predictor;
  private float[][] images;
  private float[] output;
  private int next;
  private Workers caller;
  private List<ProductCase> products;

  /** Loads MNIST and freezes a network. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    test = MnistInMemory.load().test();
    EngineSpec engine = new EngineSpec(kernel, Runtime.getRuntime().availableProcessors());
    predictor = new Predictor(Model.create(workload.model(), 1), engine);
    images = TestImages.rows(test, 1000);
    output = new float[test.outputs()];
    caller = new Workers(1, KernelChooser.choose(kernel.name().toLowerCase(Locale.ROOT)));
    products = new ArrayList<>();
    int in = workload.model().inputs();
    for (DenseSpec layer : workload.model().denseLayers()) {
      products.add(new ProductCase(new ProductShape(1, in, layer.units()), ProductForm.AB));
      in = layer.units();
    }
  }

  /** Ends nothing but says so to the threads. */
  @TearDown(Level.Trial)
  public void close() {
    caller.close();
  }

  /** One image; its percentiles are in the result. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public float[] single() {
    next = next + 1 == images.length ? 0 : next + 1;
    predictor.predict(images[next], output);
    return output;
  }

  /** Baseline of one image: the products of its layers alone, dense ones. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public List<ProductCase> baselineProducts() {
    for (int i = 0; i < products.size(); i++) {
      products.get(i).run(caller);
    }
    return products;
  }

  /** Images of a batch. */
  @State(Scope.Benchmark)
  public static class Batch {
    /** How many; half of them is the control. */
    @Param({"1000", "500"})
    public int size;

    private float[] inputs = {};

    /** Copies the images. */
    @Setup(Level.Trial)
    public void prepare(PredictBenchmark benchmark) {
      inputs = TestImages.matrix(benchmark.test, size);
    }
  }

  /** A batch. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public float[] batch(Batch batch) {
    return predictor.predictBatch(batch.inputs, batch.size);
  }

  // One should see: single at or below baselineProducts where zero pixels are skipped, a few
  // microseconds above it otherwise; W1's network several times as fast; a batch of 500 in half the
  // time of 1,000; with -prof gc 0 B/op for single and the outputs alone for batch.
}
