package dev.neurite.bench.optim;

import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.optim.Optimizer;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A step of an optimiser over the parameters of 784-units-10.
 *
 * <p>Danger: a state of tiny numbers (below 1e-38), on which processors are many times slower. The
 * gradients here are normal numbers that stay the same, and the rate is too small to change much.
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
public class OptimizerBenchmark {
  private static final float RATE = 1e-6f;

  /** Which one. */
  @Param({"SGD", "NESTEROV", "RMSPROP", "ADAGRAD", "ADAM", "ADAMW"})
  public OptimizerChoice optimizer;

  /** Hidden units: about 407,000 and 814,000 parameters; the second is the control. */
  @Param({"512", "1024"})
  public int units;

  /** Implementation. */
  @Param({"PLAIN", "SIMD"})
  public KernelChoice kernel;

  /** Number of threads. */
  @Param({"1", "2"})
  public int threads;

  private Engine engine;
  private Optimizer state;
  private float[] weights;
  private float[] gradients;

  /** Makes the model and its gradients. */
  @Setup(Level.Trial)
  public void prepare() {
    engine = new Engine(new EngineSpec(kernel, threads));
    ModelSpec spec =
        ModelSpec.inputs(784).dense(units, Activation.RELU).output(10, Activation.SOFTMAX);
    Model model = Model.create(spec, 1);
    Random random = new Random(1);
    for (Parameter parameter : model.parameters()) {
      float[] gradient = parameter.gradient().data;
      for (int i = 0; i < parameter.size(); i++) {
        gradient[i] = (float) random.nextGaussian();
      }
    }
    state = new Optimizer(optimizer.spec(), model.parameters(), engine);
    weights = new float[spec.parameterCount()];
    gradients = new float[spec.parameterCount()];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = (float) random.nextGaussian();
    }
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void close() {
    engine.close();
  }

  /** The step. */
  @Benchmark
  public long step() {
    state.step(RATE);
    return state.steps();
  }

  /** Baseline: gradient descent in one loop over one array. */
  @Benchmark
  public float[] baselineLoop() {
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= RATE * gradients[i];
    }
    return weights;
  }

  // One should see: twice the time for twice the units; SGD near baselineLoop on one thread; ADAM
  // at 3 times it or less, because it reads and writes 7 arrays' worth of memory instead of 3.
}
