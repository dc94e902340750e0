package dev.neurite.nn.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
  private static final long JOIN_MILLIS = 10_000;

  private final String kernelBefore = System.getProperty("neurite.kernel");
  private final String threadsBefore = System.getProperty("neurite.threads");

  @AfterEach
  void restoreProperties() {
    set("neurite.kernel", kernelBefore);
    set("neurite.threads", threadsBefore);
  }

  private static void set(String key, String value) {
    if (value == null) {
      System.clearProperty(key);
    } else {
      System.setProperty(key, value);
    }
  }

  @Test
  void defaultsAreTheBestKernelOnAllCores() {
    set("neurite.kernel", null);
    set("neurite.threads", null);
    assertThat(EngineSpec.defaults())
        .isEqualTo(new EngineSpec(KernelChoice.AUTO, Runtime.getRuntime().availableProcessors()));
  }

  @Test
  void propertiesSetTheDefaults() {
    set("neurite.kernel", "plain");
    set("neurite.threads", "3");
    assertThat(EngineSpec.defaults()).isEqualTo(new EngineSpec(KernelChoice.PLAIN, 3));
    assertThat(EngineSpec.defaults().singleThreaded())
        .isEqualTo(new EngineSpec(KernelChoice.PLAIN, 1));
  }

  @ParameterizedTest
  @CsvSource({"fast, 1", "plain, 0", "plain, two", "plain, -1"})
  void refusesPropertiesThatMeanNothing(String kernel, String threads) {
    set("neurite.kernel", kernel);
    set("neurite.threads", threads);
    assertThatThrownBy(EngineSpec::defaults)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "neurite.kernel must be auto, plain or simd and neurite.threads a whole number from 1,"
                + " received \"%s\" and \"%s\"",
            kernel, threads);
  }

  @Test
  void needsAThread() {
    assertThatThrownBy(() -> new EngineSpec(KernelChoice.PLAIN, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be 1...256, received 0");
  }

  @Test
  void saysWhatItIsAndRuns() {
    EngineSpec spec = new EngineSpec(KernelChoice.PLAIN, 2);
    try (Engine engine = new Engine(spec)) {
      assertThat(engine.spec()).isEqualTo(spec);
      assertThat(engine.kernelName()).isEqualTo("plain");
      assertThat(engine.workers().threads()).isEqualTo(2);
    }
  }

  @Test
  void closeEndsItsThreads() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Engine engine = new Engine(new EngineSpec(KernelChoice.PLAIN, 3));
    Set<Thread> helpers = new HashSet<>(Thread.getAllStackTraces().keySet());
    helpers.removeAll(before);
    helpers.removeIf(thread -> !thread.getName().startsWith("neurite-worker-"));
    assertThat(helpers).hasSize(2);
    engine.close();
    for (Thread helper : helpers) {
      helper.join(JOIN_MILLIS);
      assertThat(helper.isAlive()).isFalse();
    }
  }

  /** Every operation in sizes that really are split over three threads. */
  @Test
  void theNumberOfThreadsChangesNoBit() {
    List<List<float[]>> results = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      results.add(everyOperation(threads));
    }
    assertThat(results.get(0)).hasSize(5);
    for (int i = 0; i < results.get(0).size(); i++) {
      assertThat(results.get(1).get(i)).isEqualTo(results.get(0).get(i));
      assertThat(results.get(2).get(i)).isEqualTo(results.get(0).get(i));
    }
  }

  private static List<float[]> everyOperation(int threads) {
    int rows = 250;
    int in = 70;
    int out = 401;
    Random random = new Random(8);
    try (Engine engine = new Engine(new EngineSpec(KernelChoice.PLAIN, threads))) {
      Tape tape = new Tape(engine).seed(4);
      Variable x = tape.variable(gaussian(random, rows, in));
      Variable weight = tape.variable(gaussian(random, in, out));
      Variable bias = tape.variable(gaussian(random, 1, out));
      Variable other = tape.variable(gaussian(random, rows, out));
      Variable h = tape.affine(x, weight, bias);
      h = tape.dropout(tape.gelu(tape.relu(h)), 0.3f, 0);
      h = tape.multiply(tape.add(tape.scale(h, 0.5f), other), tape.tanh(other));
      int[] labels = random.ints(rows, 0, out).toArray();
      Variable loss =
          tape.add(
              tape.softmaxCrossEntropy(h, labels, 0.1f),
              tape.add(
                  tape.squaredNorm(tape.softmax(h)), tape.meanSquaredError(h, tape.selu(other))));
      tape.forward();
      tape.backward(loss);
      return List.of(
          new float[] {loss.scalar()},
          x.gradient().data,
          weight.gradient().data,
          bias.gradient().data,
          other.gradient().data);
    }
  }

  private static FMatrixRMaj gaussian(Random random, int rows, int columns) {
    FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
    for (int i = 0; i < matrix.getNumElements(); i++) {
      matrix.data[i] = (float) random.nextGaussian();
    }
    return matrix;
  }
}
