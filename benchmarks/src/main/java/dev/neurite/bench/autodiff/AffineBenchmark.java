package dev.neurite.bench.autodiff;

import dev.neurite.bench.kernel.ProductCase;
import dev.neurite.bench.kernel.ProductForm;
import dev.neurite.bench.kernel.ProductShape;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.autodiff.Tape;
import dev.neurite.nn.autodiff.Variable;
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
 * A dense layer of 784 inputs and 512 units on a tape, forward and backward.
 *
 * <p>Danger: a tape whose bookkeeping costs as much as the arithmetic. The input here is dense, so
 * that nothing can be skipped and the products alone are a fair floor.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@SuppressWarnings("NullAway.Init") // JMH calls the method with @Setup first.
public class AffineBenchmark {
  private static final int IN = 784;
  private static final int OUT = 512;

  /** Batch; the second is the control. */
  @Param({"128", "256"})
  public int rows;

  /** Implementation. */
  @Param({"PLAIN", "SIMD"})
  public KernelChoice kernel;

  /** Number of threads. */
  @Param({"1", "2"})
  public int threads;

  private Engine engine;
  private ProductCase forward;
  private ProductCase weightGradient;
  private Tape tape;
  private Variable weight;
  private Variable bias;
  private Variable sum;

  /** Records the layer. */
  @Setup(Level.Trial)
  public void prepare() {
    engine = new Engine(new EngineSpec(kernel, threads));
    forward = new ProductCase(new ProductShape(rows, IN, OUT), ProductForm.AB);
    weightGradient = new ProductCase(new ProductShape(IN, rows, OUT), ProductForm.AT_B);
    tape = new Tape(engine);
    weight = tape.variable(forward.b());
    bias = tape.variable(new FMatrixRMaj(1, OUT));
    sum = tape.sum(tape.affine(tape.constant(forward.a()), weight, bias));
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void close() {
    engine.close();
  }

  /** The layer on the tape. */
  @Benchmark
  public Variable tape() {
    tape.forward();
    tape.backward(sum);
    weight.zeroGradient();
    bias.zeroGradient();
    return weight;
  }

  /** Baseline: its two products alone. */
  @Benchmark
  public ProductCase baselineProducts() {
    forward.run(engine.workers());
    weightGradient.run(engine.workers());
    return weightGradient;
  }

  // One should see: tape within 15 % of baselineProducts (bias, its gradient, the sum); twice the
  // time for twice the rows.
}
