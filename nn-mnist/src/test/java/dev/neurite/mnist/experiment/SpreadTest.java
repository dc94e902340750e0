package dev.neurite.mnist.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final double EXACT = 1e-12;

  @Test
  void agreesWithResultsByHand() {
    // Deviations from 5: -3 -1 -1 -1 0 0 2 4; squares add up to 32; the sample has 7 degrees.
    Spread spread = Spread.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(spread.count()).isEqualTo(8);
    assertThat(spread.mean()).isEqualTo(5, within(EXACT));
    assertThat(spread.standardDeviation()).isEqualTo(2.138089935299395, within(EXACT));
    assertThat(spread.standardError()).isEqualTo(0.7559289460184545, within(EXACT));
  }

  @Test
  void saysWhereThereIsNoSpread() {
    assertThat(Spread.of(3.5).mean()).isEqualTo(3.5);
    assertThat(Spread.of(3.5).standardDeviation()).isNaN();
    assertThat(Spread.of().mean()).isNaN();
    assertThat(Spread.of(2, 2, 2).standardDeviation()).isZero();
  }

  @Test
  void binomialErrorOfNinetyEightPercentOfTenThousand() {
    assertThat(Spread.binomialError(0.98, 10_000)).isEqualTo(0.0014, within(EXACT));
    assertThat(Spread.binomialError(1, 10_000)).isZero();
  }
}
