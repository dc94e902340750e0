package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationFunctionTest {
  /** Values: one rounding to float and what the double formulas lose. */
  private static final double VALUE_TOLERANCE = 2e-7;

  /** Derivatives are partly computed from the rounded value, so an absolute error remains. */
  private static final double DERIVATIVE_TOLERANCE = 3e-7;

  /** The reference's derivative against central differences of its value. */
  private static final double DIFFERENCE_TOLERANCE = 1e-8;

  private static final double DIFFERENCE_STEP = 1e-5;

  private static final float INFINITY = Float.POSITIVE_INFINITY;

  /** Values and derivatives at -∞, -10³⁰, -200, -0, 200, 10³⁰, ∞; the scale or slope is 0.5. */
  private static final Map<ActivationFunction, float[][]> EXTREMES =
      new EnumMap<>(
          Map.of(
              ActivationFunction.RELU,
              new float[][] {{0, 0, 0, 0, 200, 1e30f, INFINITY}, {0, 0, 0, 0, 1, 1, 1}},
              ActivationFunction.LEAKY_RELU,
              new float[][] {
                {-INFINITY, -5e29f, -100, 0, 200, 1e30f, INFINITY}, {.5f, .5f, .5f, 1, 1, 1, 1}
              },
              ActivationFunction.ELU,
              new float[][] {{-.5f, -.5f, -.5f, 0, 200, 1e30f, INFINITY}, {0, 0, 0, 1, 1, 1, 1}},
              ActivationFunction.SELU,
              new float[][] {
                {-1.7580993f, -1.7580993f, -1.7580993f, 0, 210.1402f, 1.050701e30f, INFINITY},
                {0, 0, 0, 1.050701f, 1.050701f, 1.050701f, 1.050701f}
              },
              ActivationFunction.GELU,
              new float[][] {{0, 0, 0, 0, 200, 1e30f, INFINITY}, {0, 0, 0, .5f, 1, 1, 1}},
              ActivationFunction.SILU,
              new float[][] {{0, 0, 0, 0, 200, 1e30f, INFINITY}, {0, 0, 0, .5f, 1, 1, 1}},
              ActivationFunction.SOFTPLUS,
              new float[][] {{0, 0, 0, 0.6931472f, 200, 1e30f, INFINITY}, {0, 0, 0, .5f, 1, 1, 1}},
              ActivationFunction.SIGMOID,
              new float[][] {{0, 0, 0, .5f, 1, 1, 1}, {0, 0, 0, .25f, 0, 0, 0}},
              ActivationFunction.TANH,
              new float[][] {{-1, -1, -1, 0, 1, 1, 1}, {0, 0, 0, 1, 0, 0, 0}}));

  private static final float[] EXTREME_INPUTS = {
    -INFINITY, -1e30f, -200, -0f, 200, 1e30f, INFINITY
  };

  private static final float EXTREME_SLOPE = 0.5f;

  private final Set<ActivationFunction> covered = new HashSet<>();

  @Test
  void valuesAndDerivativesAgreeWithTheDoubleDefinition() {
    for (ActivationFunction f : ActivationFunction.values()) {
      for (float slope : new float[] {0, 0.01f, 0.3f, 1, 2}) {
        for (int i = -1500; i <= 1500; i++) {
          float x = i / 100f;
          double value = ActivationReference.value(f, slope, x);
          double derivative = ActivationReference.derivative(f, slope, x);
          float y = f.value(x, slope);
          assertThat((double) y)
              .as("%s(%s), slope %s", f, x, slope)
              .isCloseTo(value, within(VALUE_TOLERANCE * Math.max(1, Math.abs(value))));
          assertThat((double) f.derivative(x, y, slope))
              .as("%s'(%s), slope %s", f, x, slope)
              .isCloseTo(derivative, within(DERIVATIVE_TOLERANCE));
        }
      }
      covered.add(f);
    }
    assertThat(covered).hasSize(9);
  }

  /** Where the value runs out to zero its relative error must stay small too. */
  @ParameterizedTest
  @EnumSource(
      value = ActivationFunction.class,
      names = {"GELU", "SILU", "SOFTPLUS", "SIGMOID"})
  void lowerTailsKeepTheirRelativePrecision(ActivationFunction f) {
    for (float x = -12; x < -1; x += 0.125f) {
      // Near zero tanh(x / 2) loses what 1 + tanh cancels, so the tail has its own formula.
      double expected =
          f == ActivationFunction.SIGMOID
              ? Math.exp(x) / (1 + Math.exp(x))
              : ActivationReference.value(f, 0, x);
      assertThat(f.value(x, 0) / expected).as("%s(%s)", f, x).isCloseTo(1, within(2e-7));
    }
  }

  @Test
  void extremeInputsGiveTheirLimits() {
    for (ActivationFunction f : ActivationFunction.values()) {
      float[][] expected = EXTREMES.get(f);
      for (int i = 0; i < EXTREME_INPUTS.length; i++) {
        float x = EXTREME_INPUTS[i];
        float y = f.value(x, EXTREME_SLOPE);
        float derivative = f.derivative(x, y, EXTREME_SLOPE);
        assertLimit(f + "(" + x + ")", y, expected[0][i]);
        assertLimit(f + "'(" + x + ")", derivative, expected[1][i]);
      }
      covered.add(f);
    }
    assertThat(covered).hasSize(9);
  }

  private static void assertLimit(String what, float received, float expected) {
    if (Float.isInfinite(expected)) {
      assertThat(received).as(what).isEqualTo(expected);
    } else {
      assertThat(received).as(what).isCloseTo(expected, within(1e-6f * Math.abs(expected)));
    }
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void plusAndMinusZeroAreTheSame(ActivationFunction f) {
    assertThat(f.value(-0f, 0.5f) == f.value(0f, 0.5f)).isTrue();
    assertThat(f.derivative(-0f, f.value(-0f, 0.5f), 0.5f))
        .isEqualTo(f.derivative(0f, f.value(0f, 0.5f), 0.5f));
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void notANumberStaysNotANumber(ActivationFunction f) {
    assertThat(f.value(Float.NaN, 0.5f)).isNaN();
  }

  /** erf and erfc from the tables of Abramowitz and Stegun and from DLMF 7. */
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "0.5, 0.4795001221869535",
    "1, 0.15729920705028513",
    "2, 0.004677734981047266",
    "3, 2.209049699858544e-5",
    "5, 1.5374597944280349e-12",
    "-1, 1.8427007929497148",
  })
  void referenceOfTheErrorFunctionIsThePublishedOne(double x, double expected) {
    assertThat(ActivationReference.errorComplement(x) / expected).isCloseTo(1, within(1e-12));
  }

  @Test
  void derivativesOfTheReferenceAreThoseOfItsValues() {
    for (ActivationFunction f : ActivationFunction.values()) {
      for (double x = -9.987; x < 10; x += 0.05) {
        double above = ActivationReference.value(f, 0.3, x + DIFFERENCE_STEP);
        double below = ActivationReference.value(f, 0.3, x - DIFFERENCE_STEP);
        assertThat(ActivationReference.derivative(f, 0.3, x))
            .as("%s'(%s)", f, x)
            .isCloseTo((above - below) / (2 * DIFFERENCE_STEP), within(DIFFERENCE_TOLERANCE));
      }
      covered.add(f);
    }
    assertThat(covered).hasSize(9);
  }
}
