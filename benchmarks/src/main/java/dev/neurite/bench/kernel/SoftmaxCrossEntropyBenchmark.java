package dev.neurite.bench.kernel;

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
 * The loss of a classifier.
 *
 * <p>Danger: rows of 10 are shorter than a vector; code that is fast for 1,000 classes can be
 * slower than a plain loop here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class SoftmaxCrossEntropyBenchmark {
  /** Implementation. */
  @Param({"plain", "simd"})
  public String kernel = "plain";

  /** A batch; the second is the control. */
  @Param({"128", "256"})
  public int rows = 1;

  /** Number of classes: rows shorter and longer than a vector. */
  @Param({"10", "100"})
  public int classes = 1;

  private Kernels kernels = KernelChooser.choose("plain").get();
  private float[] logits = {};
  private int[] labels = {};
  private float[] probabilities = {};
  private float[] gradient = {};
  private double[] losses = {};

  /** Fills the logits with normal numbers. */
  @Setup(Level.Trial)
  public void fill() {
    kernels = KernelChooser.choose(kernel).get();
    Random random = new Random(1);
    logits = new float[rows * classes];
    probabilities = new float[rows * classes];
    gradient = new float[rows * classes];
    labels = new int[rows];
    losses = new double[rows];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = 3 * (float) random.nextGaussian();
    }
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextInt(classes);
    }
    kernels.softmaxCrossEntropy(classes, 0, logits, labels, probabilities, losses, 0, rows);
  }

  /** The loss and the probabilities. */
  @Benchmark
  public double[] forward() {
    kernels.softmaxCrossEntropy(classes, 0, logits, labels, probabilities, losses, 0, rows);
    return losses;
  }

  /** The gradient. */
  @Benchmark
  public float[] backward() {
    kernels.softmaxCrossEntropyBackward(
        classes, 0, 1f / rows, probabilities, labels, gradient, 0, rows, Write.OVERWRITE);
    return gradient;
  }

  /** Baseline: the formula as it stands in a book, without the largest logit taken off. */
  @Benchmark
  public double[] baselineFormula() {
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        sum += Math.exp(logits[i * classes + j]);
      }
      losses[i] = Math.log(sum) - logits[i * classes + labels[i]];
    }
    return losses;
  }

  // One should see: everything twice as slow with twice the rows and ten times with 100 classes;
  // forward, though it also writes the probabilities, several times as fast as baselineFormula,
  // which calls Math.exp for each element; backward near the time of a copy.
}
