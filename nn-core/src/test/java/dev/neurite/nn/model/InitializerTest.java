package dev.neurite.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.util.HashSet;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitializerTest {
  /** Statistics may be this many standard errors away; the seed is fixed, so a pass stays one. */
  private static final double STANDARD_ERRORS = 5;

  private static final int IN = 500;
  private static final int OUT = 200;
  private static final int COUNT = IN * OUT;

  private static FMatrixRMaj fill(Initializer initializer) {
    FMatrixRMaj kernel = new FMatrixRMaj(IN, OUT);
    kernel.fill(Float.NaN);
    initializer.fill(kernel, RandomStream.of(3, RandomPurpose.INITIALIZATION, 0));
    return kernel;
  }

  private static double moment(FMatrixRMaj kernel, int power) {
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += Math.pow(kernel.data[i], power);
    }
    return sum / COUNT;
  }

  /** Variances from the papers, with 500 inputs and 200 units. */
  @ParameterizedTest
  @CsvSource({
    "GLOROT_UNIFORM, 0.0028571428571428571",
    "HE_UNIFORM, 0.004",
    "LECUN_UNIFORM, 0.002",
  })
  void uniformOnesHaveTheirVarianceAndLimit(Initializer.Scheme scheme, double variance) {
    FMatrixRMaj kernel = fill(new Initializer(scheme, 0));
    double limit = Math.sqrt(3 * variance);
    double largest = 0;
    for (int i = 0; i < COUNT; i++) {
      largest = Math.max(largest, Math.abs(kernel.data[i]));
    }
    assertThat(largest).isBetween(0.9995 * limit, (1 + 1e-6) * limit);
    double error = STANDARD_ERRORS / Math.sqrt(COUNT);
    assertThat(moment(kernel, 1)).isCloseTo(0, within(error * Math.sqrt(variance)));
    // Var(x²) of a uniform distribution is 4/5 of the squared variance.
    assertThat(moment(kernel, 2) / variance).isCloseTo(1, within(error * Math.sqrt(0.8)));
  }

  @ParameterizedTest
  @CsvSource({
    "GLOROT_NORMAL, 0.0028571428571428571",
    "HE_NORMAL, 0.004",
    "LECUN_NORMAL, 0.002",
  })
  void normalOnesHaveTheirVarianceAndAreNotTruncated(Initializer.Scheme scheme, double variance) {
    FMatrixRMaj kernel = fill(new Initializer(scheme, 0));
    double error = STANDARD_ERRORS / Math.sqrt(COUNT);
    assertThat(moment(kernel, 1)).isCloseTo(0, within(error * Math.sqrt(variance)));
    assertThat(moment(kernel, 2) / variance).isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(moment(kernel, 4) / (variance * variance))
        .isCloseTo(3, within(error * Math.sqrt(96)));
    double largest = 0;
    for (int i = 0; i < COUNT; i++) {
      largest = Math.max(largest, Math.abs(kernel.data[i]));
    }
    assertThat(largest).isGreaterThan(3.5 * Math.sqrt(variance));
  }

  @Test
  void constantsFillEveryElement() {
    assertThat(fill(Initializer.ZEROS).data).containsOnly(0);
    assertThat(fill(Initializer.constant(0.5f)).data).containsOnly(0.5f);
  }

  @ParameterizedTest
  @EnumSource(Initializer.Scheme.class)
  void sameStreamGivesTheSameValues(Initializer.Scheme scheme) {
    Initializer initializer =
        new Initializer(scheme, scheme == Initializer.Scheme.CONSTANT ? 2 : 0);
    assertThat(fill(initializer).data).isEqualTo(fill(initializer).data);
  }

  @Test
  void allSchemesAreTestedAndDiffer() {
    Set<Double> secondMoments = new HashSet<>();
    for (Initializer.Scheme scheme : Initializer.Scheme.values()) {
      boolean constant = scheme == Initializer.Scheme.CONSTANT;
      secondMoments.add(moment(fill(new Initializer(scheme, constant ? 2 : 0)), 2));
    }
    assertThat(Initializer.Scheme.values()).hasSize(8);
    assertThat(secondMoments).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({"CONSTANT, NaN", "CONSTANT, Infinity", "HE_NORMAL, 1.0", "ZEROS, -1.0"})
  void refusesValuesThatMeanNothing(Initializer.Scheme scheme, float value) {
    assertThatThrownBy(() -> new Initializer(scheme, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("initializer %s cannot have the value %s", scheme, value);
  }
}
