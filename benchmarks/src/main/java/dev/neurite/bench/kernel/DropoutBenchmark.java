package dev.neurite.bench.kernel;

import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.Write;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.util.Arrays;
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
 * A dropout mask and its use over the hidden units of a batch.
 *
 * <p>Danger: a mask that is the same in every call. Here the step goes on, as in training, so the
 * random numbers are made anew and no branch on them can be learnt.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class DropoutBenchmark {
  private static final float DROP_RATE = 0.2f;

  /** Implementation. */
  @Param({"plain", "simd"})
  public String kernel = "plain";

  /** 128 rows of 512 units; the second is the control. */
  @Param({"65536", "131072"})
  public int elements = 1;

  private final RandomStream stream = RandomStream.of(1, RandomPurpose.DROPOUT, 0);
  private Kernels kernels = KernelChooser.choose("plain").get();
  private float[] x = {};
  private float[] y = {};
  private float[] mask = {};
  private int step;

  /** Fills the arrays. */
  @Setup(Level.Trial)
  public void fill() {
    kernels = KernelChooser.choose(kernel).get();
    x = new float[elements];
    y = new float[elements];
    mask = new float[elements];
    Arrays.fill(x, 1f);
  }

  /** Makes a mask and multiplies by it. */
  @Benchmark
  public float[] dropout() {
    kernels.dropout(stream, step++, DROP_RATE, x, y, mask, 0, elements);
    return y;
  }

  /** Baseline: multiplies by a mask that is there, the backward pass. */
  @Benchmark
  public float[] baselineMultiply() {
    kernels.multiply(x, mask, y, 0, elements, Write.OVERWRITE);
    return y;
  }

  // One should see: everything twice as slow with twice the elements. A block of the random
  // generator is about 75 integer operations and gives two numbers: in vectors of 16 lanes about
  // 3 operations a number, so dropout at a few times baselineMultiply; in scalar code 20 times it.
}
