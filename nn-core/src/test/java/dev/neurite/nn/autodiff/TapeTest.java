package dev.neurite.nn.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapeTest {
  private final Tape tape = new Tape();

  private static FMatrixRMaj matrix(float[]... rows) {
    return new FMatrixRMaj(rows);
  }

  private static float[] values(FMatrixRMaj matrix) {
    float[] values = new float[matrix.getNumElements()];
    System.arraycopy(matrix.data, 0, values, 0, values.length);
    return values;
  }

  private static Parameter parameter(FMatrixRMaj value) {
    return new Parameter("p", Parameter.Role.KERNEL, value);
  }

  @Test
  void theExampleOfTheDocumentationWorks() {
    Variable x = tape.variable(matrix(new float[] {1, 2, 3}));
    Variable y = tape.squaredNorm(tape.tanh(x));
    tape.forward();
    tape.backward(y);
    for (int i = 0; i < 3; i++) {
      double t = Math.tanh(i + 1);
      assertThat((double) x.gradient().data[i]).isCloseTo(2 * t * (1 - t * t), within(1e-6));
    }
  }

  @Test
  void replaysWithNewInputs() {
    Variable x = tape.input(1, 2);
    Variable y = tape.sum(x);
    x.value().data[0] = 3;
    tape.forward();
    assertThat(y.scalar()).isEqualTo(3);
    x.value().data[1] = 4;
    tape.forward();
    assertThat(y.scalar()).isEqualTo(7);
  }

  @Test
  void gradientsOfParametersAddUpOverPassesUntilZeroed() {
    Parameter w = parameter(matrix(new float[] {1, 2}));
    Variable loss = tape.squaredNorm(w);
    tape.forward();
    tape.backward(loss);
    assertThat(w.gradient().data).containsExactly(2, 4);
    tape.backward(loss);
    assertThat(w.gradient().data).containsExactly(4, 8);
    w.zeroGradient();
    assertThat(w.gradient().data).containsExactly(0, 0);
    tape.backward(loss);
    assertThat(w.gradient().data).containsExactly(2, 4);
  }

  @Test
  void gradientsOfOneParameterAddUpOverTapes() {
    Parameter w = parameter(matrix(new float[] {1, 2}));
    Tape other = new Tape();
    Variable first = tape.sum(w);
    Variable second = other.squaredNorm(w);
    tape.forward();
    other.forward();
    tape.backward(first);
    other.backward(second);
    assertThat(w.gradient().data).containsExactly(3, 5);
  }

  @Test
  void gradientsOfResultsAreReplacedByThePass() {
    Variable x = tape.variable(matrix(new float[] {1, 2}));
    Variable middle = tape.scale(x, 3);
    Variable loss = tape.sum(middle);
    tape.forward();
    tape.backward(loss);
    tape.backward(loss);
    assertThat(middle.gradient().data).containsExactly(1, 1);
    assertThat(x.gradient().data).containsExactly(6, 6);
  }

  @Test
  void twoScalarsOfOneTapeHaveGradientsOfTheirOwn() {
    Variable x = tape.variable(matrix(new float[] {1, 2}));
    Variable sum = tape.sum(x);
    Variable norm = tape.squaredNorm(x);
    tape.forward();
    tape.backward(sum);
    assertThat(x.gradient().data).containsExactly(1, 1);
    x.zeroGradient();
    tape.backward(norm);
    assertThat(x.gradient().data).containsExactly(2, 4);
  }

  @Test
  void aVariableThatTheScalarDoesNotDependOnHasAZeroGradient() {
    Variable x = tape.variable(matrix(new float[] {1}));
    Variable unused = tape.variable(matrix(new float[] {5, 6}));
    tape.sum(unused);
    Variable loss = tape.sum(x);
    tape.forward();
    tape.backward(loss);
    assertThat(unused.gradient().data).containsExactly(0, 0);
  }

  @Test
  void givesTheGradientOfAnInputAndNoneToConstants() {
    Variable x = tape.variable(matrix(new float[] {1, -1}));
    Variable weight = tape.constant(matrix(new float[] {2}, new float[] {3}));
    Variable bias = tape.constant(matrix(new float[] {10}));
    Variable y = tape.affine(x, weight, bias);
    tape.forward();
    tape.backward(y);
    assertThat(y.scalar()).isEqualTo(9);
    assertThat(x.gradient().data).containsExactly(2, 3);
    assertThat(weight.needsGradient()).isFalse();
    assertThatThrownBy(weight::gradient)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this variable (2×1) was made without a gradient");
  }

  /** The last batch is smaller: all means divide by the rows that are there. */
  @Test
  void aSmallerBatchIsTheSameAsATapeOfThatSize() {
    Random random = new Random(1);
    FMatrixRMaj weights = new FMatrixRMaj(4, 3);
    FMatrixRMaj rows = new FMatrixRMaj(8, 4);
    for (int i = 0; i < 12; i++) {
      weights.data[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < 32; i++) {
      rows.data[i] = (float) random.nextGaussian();
    }
    int[] labels = {0, 1, 2, 1, 2, 0, 0, 1};
    for (int last : new int[] {1, 3, 8}) {
      float[][] whole = lossAndGradient(last, last, weights, rows, labels);
      float[][] shrunk = lossAndGradient(8, last, weights, rows, labels);
      assertThat(shrunk[0]).isEqualTo(whole[0]);
      assertThat(shrunk[1]).isEqualTo(whole[1]);
      assertThat(shrunk[2]).isEqualTo(whole[2]).hasSize(4 * last);
    }
  }

  /** Runs once with all the capacity where it is larger, then with the rows asked for. */
  private static float[][] lossAndGradient(
      int capacity, int rows, FMatrixRMaj weights, FMatrixRMaj data, int[] labels) {
    Tape tape = new Tape();
    Parameter w = parameter(weights.copy());
    Variable x = tape.variable(new FMatrixRMaj(capacity, 4));
    Variable target = tape.input(capacity, 3);
    Variable bias = tape.constant(new FMatrixRMaj(1, 3));
    Variable h = tape.tanh(tape.dropout(tape.affine(x, w, bias), 0.25f, 0));
    Variable loss =
        tape.add(
            tape.add(tape.softmaxCrossEntropy(h, labels, 0.1f), tape.meanSquaredError(h, target)),
            tape.add(tape.mean(tape.softmax(h)), tape.binaryCrossEntropy(h, target)));
    for (int run : new int[] {capacity, rows}) {
      w.zeroGradient();
      x.zeroGradient();
      x.setRows(run);
      target.setRows(run);
      System.arraycopy(data.data, 0, x.value().data, 0, run * 4);
      tape.forward();
      tape.backward(loss);
    }
    assertThat(h.rows()).isEqualTo(rows);
    assertThat(x.gradient().numRows).isEqualTo(rows);
    return new float[][] {{loss.scalar()}, values(w.gradient()), values(x.gradient())};
  }

  @Test
  void rowsMayGrowBackToWhatTheVariableWasMadeWith() {
    Variable x = tape.input(3, 2);
    x.setRows(1);
    assertThat(x.size()).isEqualTo(2);
    x.setRows(3);
    assertThat(x.size()).isEqualTo(6);
    for (int rows : new int[] {0, -1, 4}) {
      assertThatThrownBy(() -> x.setRows(rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rows must be 1...3, received " + rows);
    }
  }

  @Test
  void inputsWhoseRowsDisagreeAtReplayAreRefused() {
    Variable x = tape.input(4, 2);
    Variable target = tape.input(4, 2);
    tape.meanSquaredError(x, target);
    x.setRows(3);
    assertThatThrownBy(tape::forward)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("meanSquaredError: shapes must be equal, received 3×2 and 4×2");

    Tape adding = new Tape();
    Variable a = adding.input(4, 2);
    adding.add(a, adding.input(4, 2));
    a.setRows(3);
    assertThatThrownBy(adding::forward)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("add: shapes must be equal, received 3×2 and 4×2");

    Tape multiplying = new Tape();
    Variable b = multiplying.input(4, 2);
    multiplying.multiply(b, multiplying.input(4, 2));
    b.setRows(3);
    assertThatThrownBy(multiplying::forward)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("multiply: shapes must be equal, received 3×2 and 4×2");

    Tape binary = new Tape();
    Variable c = binary.input(4, 2);
    binary.binaryCrossEntropy(c, binary.input(4, 2));
    c.setRows(3);
    assertThatThrownBy(binary::forward)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("binaryCrossEntropy: shapes must be equal, received 3×2 and 4×2");
  }

  @Test
  void dropoutTakesItsMaskFromSeedLaneAndStep() {
    FMatrixRMaj ones = new FMatrixRMaj(8, 8);
    ones.fill(1);
    Variable x = tape.constant(ones);
    Variable first = tape.seed(5).dropout(x, 0.5f, 0);
    Variable same = tape.dropout(x, 0.5f, 0);
    Variable otherLane = tape.dropout(x, 0.5f, 1);
    Variable otherSeed = tape.seed(6).dropout(x, 0.5f, 0);
    tape.setStep(3);
    tape.forward();
    float[] atThree = values(first.value());
    assertThat(values(same.value())).isEqualTo(atThree);
    assertThat(values(otherLane.value())).isNotEqualTo(atThree);
    assertThat(values(otherSeed.value())).isNotEqualTo(atThree);
    tape.setStep(4);
    tape.forward();
    assertThat(values(first.value())).isNotEqualTo(atThree);
    tape.setStep(3);
    tape.forward();
    assertThat(values(first.value())).isEqualTo(atThree);
  }

  @Test
  void aTapeWithoutGradientsReadsLiveValuesAndHasNoGradients() {
    Parameter w = parameter(matrix(new float[] {2}, new float[] {3}));
    Parameter b = new Parameter("b", Parameter.Role.BIAS, new FMatrixRMaj(1, 1));
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      Tape predicting = Tape.withoutGradients(engine);
      Variable x = predicting.constant(matrix(new float[] {1, 1}));
      Variable y = predicting.affine(x, w, b);
      predicting.forward();
      assertThat(y.scalar()).isEqualTo(5);
      w.value().data[0] = 10;
      predicting.forward();
      assertThat(y.scalar()).isEqualTo(13);
      assertThat(y.needsGradient()).isFalse();
      assertThatThrownBy(() -> predicting.backward(y))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("backward: the scalar depends on no variable that needs a gradient");
    }
  }

  // Errors.

  @Test
  void affineSaysWhichShapesCameAndWhichWereNeeded() {
    Variable x = tape.input(64, 512);
    Variable weight = tape.input(784, 10);
    assertThatThrownBy(() -> tape.affine(x, weight, tape.input(1, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("affine: input is 64×512, weight 784×10 needs 784 columns");
    Variable fitting = tape.input(64, 784);
    assertThatThrownBy(() -> tape.affine(fitting, weight, tape.input(1, 11)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("affine: bias is 1×11, weight 784×10 needs 1×10");
    assertThatThrownBy(() -> tape.affine(fitting, weight, tape.input(2, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("affine: bias is 2×10, weight 784×10 needs 1×10");
  }

  @Test
  void elementwiseOperationsNeedEqualShapes() {
    Variable a = tape.input(2, 3);
    Variable b = tape.input(3, 2);
    String tail = ": shapes must be equal, received 2×3 and 3×2";
    assertThatThrownBy(() -> tape.add(a, b)).hasMessage("add" + tail);
    assertThatThrownBy(() -> tape.subtract(a, b)).hasMessage("subtract" + tail);
    assertThatThrownBy(() -> tape.multiply(a, b)).hasMessage("multiply" + tail);
    assertThatThrownBy(() -> tape.meanSquaredError(a, b)).hasMessage("meanSquaredError" + tail);
    assertThatThrownBy(() -> tape.binaryCrossEntropy(a, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("binaryCrossEntropy" + tail);
  }

  @Test
  void targetsOfBinaryCrossEntropyTakeNoGradient() {
    Variable x = tape.input(1, 1);
    Variable target = tape.variable(new FMatrixRMaj(1, 1));
    assertThatThrownBy(() -> tape.binaryCrossEntropy(x, target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("binaryCrossEntropy: targets must be a variable without gradient");
  }

  @Test
  void crossEntropyChecksLabelsAndSmoothing() {
    Variable x = tape.input(2, 3);
    assertThatThrownBy(() -> tape.softmaxCrossEntropy(x, new int[1], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("softmaxCrossEntropy: logits are 2×3, received 1 labels");
    for (float smoothing : new float[] {-0.1f, 1, Float.NaN}) {
      assertThatThrownBy(() -> tape.softmaxCrossEntropy(x, new int[2], smoothing))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("labelSmoothing must be in [0, 1), received " + smoothing);
    }
    for (int label : new int[] {-1, 3}) {
      Tape other = new Tape();
      other.softmaxCrossEntropy(other.input(2, 3), new int[] {0, label}, 0);
      assertThatThrownBy(other::forward)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("softmaxCrossEntropy: label %d of row 1 is not in 0...2", label);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1, Float.NaN})
  void dropoutChecksItsRate(float dropRate) {
    Variable x = tape.input(1, 1);
    assertThatThrownBy(() -> tape.dropout(x, dropRate, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropRate must be in [0, 1), received " + dropRate);
  }

  @Test
  void inputsAreNotEmpty() {
    assertThatThrownBy(() -> tape.input(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input needs at least 1×1, received 0×3");
    assertThatThrownBy(() -> tape.input(3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input needs at least 1×1, received 3×0");
  }

  @Test
  void refusesVariablesOfAnotherTape() {
    Variable foreign = new Tape().input(2, 3);
    assertThatThrownBy(() -> tape.relu(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the variable (2×3) was recorded on another tape");
    assertThatThrownBy(() -> tape.add(tape.input(2, 3), foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the variable (2×3) was recorded on another tape");
  }

  @Test
  void backwardNeedsAScalarOfThisTape() {
    Variable x = tape.variable(new FMatrixRMaj(2, 3));
    Variable y = tape.relu(x);
    Tape other = new Tape();
    Variable foreign = other.sum(other.variable(new FMatrixRMaj(1, 1)));
    tape.forward();
    other.forward();
    assertThatThrownBy(() -> tape.backward(y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("backward needs a 1×1 result of this tape, received 2×3");
    assertThatThrownBy(() -> tape.backward(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of this tape");
  }

  @Test
  void backwardNeedsSomethingToDifferentiateBy() {
    Variable y = tape.sum(tape.input(2, 3));
    tape.forward();
    assertThatThrownBy(() -> tape.backward(y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("backward: the scalar depends on no variable that needs a gradient");
  }

  @Test
  void backwardNeedsForwardSinceTheLastRecording() {
    Variable x = tape.variable(new FMatrixRMaj(2, 3));
    Variable y = tape.sum(x);
    assertThatThrownBy(() -> tape.backward(y))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("backward needs forward() to run first");
    tape.forward();
    tape.backward(y);
    tape.relu(x);
    assertThatThrownBy(() -> tape.backward(y)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyAScalarHasAScalarValue() {
    assertThatThrownBy(() -> tape.input(2, 3).scalar())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("scalar: needs 1×1, is 2×3");
  }

  @Test
  void aParameterSaysWhatItIs() {
    Parameter w = new Parameter("dense1.kernel", Parameter.Role.KERNEL, new FMatrixRMaj(4, 3));
    assertThat(w).hasToString("dense1.kernel 4×3");
    assertThat(w.name()).isEqualTo("dense1.kernel");
    assertThat(w.role()).isEqualTo(Parameter.Role.KERNEL);
    assertThat(w.needsGradient()).isTrue();
  }
}
