package dev.neurite.bench.kernel;

import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.Write;
import java.util.Random;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Activations and their derivatives over the hidden units of a batch.
 *
 * <p>Danger: inputs of one sign, which a branch predictor learns. Here signs are random, as in a
 * network, so a version with branches pays for them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ActivationBenchmark {
  /** The function; any of {@link ActivationFunction} with {@code -p function=}. */
  @Param({"RELU", "ELU", "GELU", "SIGMOID", "TANH"})
  public ActivationFunction function = ActivationFunction.RELU;

  /** Implementation. */
  @Param({"plain", "simd"})
  public String kernel = "plain";

  /** 128 rows of 512 units; the second is the control. */
  @Param({"65536", "131072"})
  public int elements = 1;

  private Kernels kernels = KernelChooser.choose("plain").get();
  private float[] x = {};
  private float[] y = {};
  private float[] dy = {};
  private float[] dx = {};

  /** Fills the arrays with normal numbers. */
  @Setup(Level.Trial)
  public void fill() {
    kernels = KernelChooser.choose(kernel).get();
    Random random = new Random(1);
    x = new float[elements];
    y = new float[elements];
    dy = new float[elements];
    dx = new float[elements];
    for (int i = 0; i < elements; i++) {
      x[i] = (float) random.nextGaussian();
      dy[i] = (float) random.nextGaussian();
    }
    kernels.activate(function, 0, x, y, 0, elements);
  }

  /** The values. */
  @Benchmark
  public float[] forward() {
    kernels.activate(function, 0, x, y, 0, elements);
    return y;
  }

  /** The gradient. */
  @Benchmark
  public float[] backward() {
    kernels.activateBackward(function, 0, x, y, dy, dx, 0, elements, Write.OVERWRITE);
    return dx;
  }

  /** Baseline: the same memory, read and written. */
  @Benchmark
  public float[] baselineCopy() {
    System.arraycopy(x, 0, dx, 0, elements);
    return dx;
  }

  // One should see: everything twice as slow with twice the elements; RELU within three times
  // baselineCopy; the others, in vector code, at 1 to 2 ns an element and below; 6 ns and more mean
  // that each element calls Math.exp or takes a branch on its sign.
}
