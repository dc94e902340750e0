package dev.neurite.bench.kernel;

import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.Write;
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
 * What is done with the biases, and the norm of a gradient, over the units of a batch of 128.
 *
 * <p>Danger: addRow adds to the same matrix in every call, so a row of ones would run up; the row
 * is zeros.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class RowSumBenchmark {
  private static final int ROWS = 128;

  /** Implementation. */
  @Param({"plain", "simd"})
  public String kernel = "plain";

  /** Units; the second is the control. */
  @Param({"512", "1024"})
  public int columns = 1;

  private Kernels kernels = KernelChooser.choose("plain").get();
  private float[] matrix = {};
  private float[] row = {};
  private float[] sums = {};

  /** Fills the arrays. */
  @Setup(Level.Trial)
  public void fill() {
    kernels = KernelChooser.choose(kernel).get();
    matrix = new float[ROWS * columns];
    row = new float[columns];
    sums = new float[columns];
    Arrays.fill(matrix, 1f);
  }

  /** The bias of the forward pass. */
  @Benchmark
  public float[] addRow() {
    kernels.addRow(columns, row, matrix, 0, ROWS);
    return matrix;
  }

  /** The bias of the backward pass. */
  @Benchmark
  public float[] columnSums() {
    kernels.columnSums(ROWS, columns, matrix, sums, 0, columns, Write.OVERWRITE);
    return sums;
  }

  /** The norm of as many elements. */
  @Benchmark
  public double squaredNorm() {
    return kernels.squaredNorm(matrix, 0, matrix.length);
  }

  /** Baseline: the sum of all elements, in one chain of additions. */
  @Benchmark
  public float baselineSum() {
    float sum = 0;
    for (float value : matrix) {
      sum += value;
    }
    return sum;
  }

  // One should see: everything twice as slow with twice the columns; all of it several times as
  // fast as baselineSum, which waits for each addition before the next.
}
