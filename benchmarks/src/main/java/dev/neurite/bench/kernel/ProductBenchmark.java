package dev.neurite.bench.kernel;

import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.Workers;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
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
 * Products at the app's real shapes, rows x inner x columns, in their three forms.
 *
 * <p>Danger: figures of square, large, always the same matrices. Here a batch is 32 or 128 rows, so
 * packing the weights weighs as much as it does in training, and an output layer has 10 columns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ProductBenchmark {
  /** Sizes. */
  @Param({"128x784x512", "128x512x512", "784x128x512", "128x784x128", "32x784x128", "128x512x10"})
  public String shape = "";

  /** Which factor is transposed. */
  @Param public ProductForm form = ProductForm.AB;

  private ProductCase product = new ProductCase(new ProductShape(1, 1, 1), ProductForm.AB);

  /** The arithmetic under test; apart, so that EJML is not measured once for each of them. */
  @State(Scope.Benchmark)
  public static class Arithmetic {
    /** Implementation. */
    @Param({"plain", "simd"})
    public String kernel = "plain";

    /** Number of threads. */
    @Param({"1", "2"})
    public int threads = 1;

    private Workers workers = new Workers(1, KernelChooser.choose("plain"));

    /** Starts the threads. */
    @Setup(Level.Trial)
    public void start() {
      workers = new Workers(threads, KernelChooser.choose(kernel));
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void close() {
      workers.close();
    }
  }

  /** Fills the factors. */
  @Setup(Level.Trial)
  public void fill() {
    product = new ProductCase(ProductShape.parse(shape), form);
  }

  /** The product of the engine. */
  @Benchmark
  public FMatrixRMaj product(Arithmetic arithmetic, FlopCounter counter) {
    product.run(arithmetic.workers);
    counter.add(product.shape().flops());
    return product.c();
  }

  /** Baseline: EJML, one thread. */
  @Benchmark
  public FMatrixRMaj baselineEjml(FlopCounter counter) {
    product.runEjml();
    counter.add(product.shape().flops());
    return product.c();
  }

  /** A product of twice the rows. */
  @State(Scope.Benchmark)
  public static class Doubled {
    private ProductCase product = new ProductCase(new ProductShape(1, 1, 1), ProductForm.AB);

    /** Fills the factors. */
    @Setup(Level.Trial)
    public void fill(ProductBenchmark benchmark) {
      ProductShape shape = ProductShape.parse(benchmark.shape);
      product = new ProductCase(shape.doubled(), benchmark.form);
    }
  }

  /** Control: twice the rows. */
  @Benchmark
  public FMatrixRMaj controlDoubled(Doubled doubled, Arithmetic arithmetic, FlopCounter counter) {
    doubled.product.run(arithmetic.workers);
    counter.add(doubled.product.shape().flops());
    return doubled.product.c();
  }

  // One should see, in GFLOP/s: simd at 80 % of FmaPeakBenchmark's peak for the large AB and AtB
  // and 70 % for ABt, plain at 30 %; 12 and 4.5 times baselineEjml; 2 threads at 1.8 times 1.
  // controlDoubled does half the calls at the same or a slightly better rate, because the weights
  // are packed once for more rows. 128x512x10 is far below the peak: 10 columns fill no tile.
}
