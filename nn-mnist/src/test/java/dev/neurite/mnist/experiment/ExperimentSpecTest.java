package dev.neurite.mnist.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ExperimentSpecTest {
  private static final int ROWS = 55_000;

  @Test
  void allLearnEquallyLongAndPrunedEndsWithSimplesParameters() {
    ExperimentSpec spec = ExperimentSpec.full(5, 1);
    assertThat(spec.epochs(Contender.SIMPLE))
        .isEqualTo(spec.epochs(Contender.WIDE) + spec.epochs(Contender.PRUNED));
    assertThat(spec.simple(10).parameterCount()).isEqualTo(785 * 128 + 129 * 10);
    // 407,050 parameters, of which 522 are biases; 101,770 are to be left.
    double pruned = spec.pruning(10, ROWS, 1).sparsity() * (784 * 512 + 512 * 10);
    assertThat(Math.round(pruned)).isEqualTo(407_050 - 101_770);
    assertThat(spec.steps(ROWS)).isEqualTo(5L * 56 * 430);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExperimentSpec.full(0, 1))
        .withMessageContaining("1...100, received 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new ExperimentSpec(1, 1, 0));
  }
}
