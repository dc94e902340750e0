package dev.neurite.nn.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** An input of non-zero elements gives what the same dense input gives. */
class CompressedInputTest {
  private static final double TOLERANCE = 1e-4;
  private static final int ROWS = 12;
  private static final int IN = 50;
  private static final int OUT = 70;

  private final Random random = new Random(3);

  private FMatrixRMaj matrix(int rows, int columns, double density) {
    FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
    for (int i = 0; i < rows * columns; i++) {
      matrix.data[i] = random.nextDouble() < density ? (float) random.nextGaussian() : 0;
    }
    return matrix;
  }

  @Test
  void valuesAndGradientsAreThoseOfTheDenseInput() {
    FMatrixRMaj input = matrix(ROWS, IN, 0.2);
    Parameter weight = new Parameter("w", Parameter.Role.KERNEL, matrix(IN, OUT, 1));
    Parameter bias = new Parameter("b", Parameter.Role.BIAS, matrix(1, OUT, 1));
    for (int threads = 1; threads <= 2; threads++) {
      try (Engine engine = new Engine(new EngineSpec(EngineSpec.defaults().kernel(), threads))) {
        Tape dense = new Tape(engine);
        Variable x = dense.constant(input);
        Variable denseLoss =
            dense.squaredNorm(dense.tanh(dense.affine(dense.scale(x, 2), weight, bias)));
        dense.forward();
        dense.backward(denseLoss);
        FMatrixRMaj weightGradient = weight.gradient().copy();
        FMatrixRMaj biasGradient = bias.gradient().copy();
        weight.zeroGradient();
        bias.zeroGradient();

        Tape sparse = new Tape(engine);
        Variable elements = sparse.compressedInput(ROWS + 3, IN);
        elements.setRows(ROWS);
        Objects.requireNonNull(elements.compressed()).compress(input.data, 0, ROWS);
        Variable sparseLoss =
            sparse.squaredNorm(sparse.tanh(sparse.affine(sparse.scale(elements, 2), weight, bias)));
        sparse.forward();
        sparse.backward(sparseLoss);
        assertThat((double) sparseLoss.scalar())
            .isCloseTo(denseLoss.scalar(), within(TOLERANCE * denseLoss.scalar()));
        assertClose(weight.gradient(), weightGradient);
        assertClose(bias.gradient(), biasGradient);

        // Gradients add up over two backward passes, as everywhere.
        sparse.forward();
        sparse.backward(sparseLoss);
        for (int i = 0; i < weightGradient.getNumElements(); i++) {
          weightGradient.data[i] *= 2;
        }
        assertClose(weight.gradient(), weightGradient);
        weight.zeroGradient();
        bias.zeroGradient();
      }
    }
  }

  private static void assertClose(FMatrixRMaj received, FMatrixRMaj expected) {
    for (int i = 0; i < expected.getNumElements(); i++) {
      assertThat((double) received.data[i]).isCloseTo(expected.data[i], within(TOLERANCE * 10));
    }
  }

  @Test
  void otherOperationsRefuseItAndItsRowsAreLimited() {
    Tape tape = new Tape();
    Variable x = tape.compressedInput(4, 5);
    assertThat(x.rows()).isEqualTo(4);
    assertThatThrownBy(() -> tape.relu(x))
        .hasMessage("a compressed input (4×5) can only go to affine and scale");
    assertThatThrownBy(() -> x.setRows(5)).hasMessage("rows must be 1...4, received 5");
    assertThatThrownBy(() -> tape.compressedInput(0, 5)).hasMessageContaining("received 0×5");
  }
}
