package dev.neurite.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.nn.autodiff.Tape;
import dev.neurite.nn.autodiff.Variable;
import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.ActivationReference;
import org.assertj.core.api.Assertions;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {
  private static final double VALUE_TOLERANCE = 2e-7;

  @ParameterizedTest
  @CsvSource({
    "LINEAR, linear, GLOROT_UNIFORM, 0",
    "RELU, relu, HE_NORMAL, 0",
    "LEAKY_RELU, leaky_relu, HE_NORMAL, 0.01",
    "ELU, elu, HE_NORMAL, 1",
    "SELU, selu, LECUN_NORMAL, 0",
    "GELU, gelu, HE_NORMAL, 0",
    "SILU, silu, HE_NORMAL, 0",
    "SOFTPLUS, softplus, HE_NORMAL, 0",
    "SIGMOID, sigmoid, GLOROT_UNIFORM, 0",
    "TANH, tanh, GLOROT_UNIFORM, 0",
    "SOFTMAX, softmax, GLOROT_UNIFORM, 0",
  })
  void namesInitialisersAndSlopesAreTheUsualOnes(
      Activation.Function function, String label, Initializer.Scheme initializer, float slope) {
    Activation activation = Activation.of(label);
    assertThat(activation.function()).isEqualTo(function);
    assertThat(activation.slope()).isEqualTo(slope);
    assertThat(function.label()).isEqualTo(label);
    assertThat(activation.defaultInitializer().scheme()).isEqualTo(initializer);
    assertThat(new DenseSpec(3, activation).initializer().scheme()).isEqualTo(initializer);
    assertThat(activation).hasToString(slope == 0 ? label : label + "(" + slope + ")");
    assertThat(Activation.Function.values()).hasSize(11);
  }

  @Test
  void namesMayBeWrittenInOtherWays() {
    assertThat(Activation.of("ReLU")).isEqualTo(Activation.RELU);
    assertThat(Activation.of("leaky-relu")).isEqualTo(Activation.LEAKY_RELU);
    assertThat(Activation.of("swish")).isEqualTo(Activation.SILU);
  }

  @Test
  void constantsAreWhatTheirNamesSay() throws ReflectiveOperationException {
    for (Activation.Function function : Activation.Function.values()) {
      assertThat(Activation.class.getField(function.name()).get(null))
          .isEqualTo(Activation.of(function.label()));
    }
  }

  @Test
  void refusesNamesThatMeanNothing() {
    assertThatThrownBy(() -> Activation.of("step"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "activation must be one of linear, relu, leaky_relu, elu, selu, gelu, silu, softplus,"
                + " sigmoid, tanh, softmax, received step");
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, Float.NaN, Float.POSITIVE_INFINITY, 1e6f})
  void refusesImpossibleSlopes(float slope) {
    assertThatThrownBy(() -> Activation.leakyRelu(slope))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leaky_relu: slope must be in [0, 1,000,000), received " + slope);
    assertThatThrownBy(() -> Activation.elu(slope)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Activation(Activation.Function.TANH, slope))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tanh takes no slope, received " + slope);
  }

  /** The names of this enum and of the kernels' must not be crossed. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.Function.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LINEAR", "SOFTMAX"})
  void recordsTheFunctionOfItsName(Activation.Function function) {
    float slope = function.hasSlope() ? 0.3f : 0;
    Tape tape = new Tape();
    Variable x = tape.constant(new FMatrixRMaj(new float[][] {{-2, -0.5f, 0, 0.7f, 3}}));
    Variable y = new Activation(function, slope).apply(tape, x);
    tape.forward();
    for (int i = 0; i < 5; i++) {
      double expected =
          ActivationReference.value(
              ActivationFunction.valueOf(function.name()), slope, x.value().data[i]);
      assertThat((double) y.value().data[i])
          .isCloseTo(expected, Assertions.within(VALUE_TOLERANCE * Math.max(1, expected)));
    }
  }

  @Test
  void linearIsTheVariableItselfAndSoftmaxSumsToOne() {
    Tape tape = new Tape();
    Variable x = tape.constant(new FMatrixRMaj(new float[][] {{0, (float) Math.log(3)}}));
    assertThat(Activation.LINEAR.apply(tape, x)).isSameAs(x);
    Variable y = Activation.SOFTMAX.apply(tape, x);
    tape.forward();
    assertThat(y.value().data[0]).isCloseTo(0.25f, Assertions.within(1e-7f));
    assertThat(y.value().data[1]).isCloseTo(0.75f, Assertions.within(1e-7f));
  }
}
