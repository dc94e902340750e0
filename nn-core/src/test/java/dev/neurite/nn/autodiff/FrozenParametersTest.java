package dev.neurite.nn.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class FrozenParametersTest {
  private static final int ROWS = 300;
  private static final int IN = 40;
  private static final int OUT = 83;

  private final Random random = new Random(5);

  private FMatrixRMaj matrix(int rows, int columns) {
    FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
    for (int i = 0; i < rows * columns; i++) {
      matrix.data[i] = (float) random.nextGaussian();
    }
    return matrix;
  }

  @Test
  void frozenParametersGiveTheBitsOfLiveOnesOnAnyNumberOfThreads() {
    Parameter weight = new Parameter("w", Parameter.Role.KERNEL, matrix(IN, OUT));
    Parameter bias = new Parameter("b", Parameter.Role.BIAS, matrix(1, OUT));
    FrozenParameters frozen = new FrozenParameters();
    for (int threads = 1; threads <= 3; threads++) {
      try (Engine engine = new Engine(new EngineSpec(EngineSpec.defaults().kernel(), threads))) {
        FMatrixRMaj input = matrix(ROWS, IN);
        Tape live = Tape.withoutGradients(engine);
        Variable expected = live.affine(live.constant(input), weight, bias);
        live.forward();
        Tape tape = Tape.withFrozenParameters(engine, frozen);
        Variable actual = tape.affine(tape.constant(input), weight, bias);
        tape.forward();
        assertThat(actual.value().data).isEqualTo(expected.value().data);
      }
    }
  }

  @Test
  void aWeightThatIsNoParameterMayChange() {
    Parameter bias = new Parameter("b", Parameter.Role.BIAS, matrix(1, OUT));
    Tape tape =
        Tape.withFrozenParameters(
            new Engine(EngineSpec.defaults().singleThreaded()), new FrozenParameters());
    FMatrixRMaj input = matrix(9, IN);
    FMatrixRMaj weight = matrix(IN, OUT);
    Variable y = tape.affine(tape.constant(input), tape.scale(tape.constant(weight), 2), bias);
    tape.forward();
    for (int i = 0; i < weight.data.length; i++) {
      weight.data[i] = 0;
    }
    tape.forward();
    for (int i = 0; i < 9 * OUT; i++) {
      assertThat(y.value().data[i]).isEqualTo(bias.value().data[i % OUT]);
    }
  }
}
