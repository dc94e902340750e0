package dev.neurite.nn.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class CrossEntropyThreadsTest {
  private static final int ROWS = 301;
  private static final int CLASSES = 10;

  /** Rows enough that each of four threads has some. */
  @Test
  void theNumberOfThreadsChangesNoBitOfLossAndGradient() {
    float[] expected = {};
    for (int threads = 1; threads <= 4; threads++) {
      try (Engine engine = new Engine(new EngineSpec(KernelChoice.AUTO, threads))) {
        Random random = new Random(8);
        FMatrixRMaj logits = new FMatrixRMaj(ROWS, CLASSES);
        int[] labels = new int[ROWS];
        for (int i = 0; i < logits.data.length; i++) {
          logits.data[i] = (float) (3 * random.nextGaussian());
        }
        for (int i = 0; i < ROWS; i++) {
          labels[i] = random.nextInt(CLASSES);
        }
        Tape tape = new Tape(engine);
        Variable x = tape.variable(logits);
        Variable loss = tape.softmaxCrossEntropy(x, labels, 0.1f);
        tape.forward();
        tape.backward(loss);
        float[] all = new float[ROWS * CLASSES + 1];
        System.arraycopy(x.gradient().data, 0, all, 0, ROWS * CLASSES);
        all[ROWS * CLASSES] = loss.scalar();
        expected = threads == 1 ? all : expected;
        assertThat(all).as("%d threads", threads).isEqualTo(expected);
        assertThat(loss.scalar()).isBetween(1f, 10f);
      }
    }
  }
}
