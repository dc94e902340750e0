package dev.neurite.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void medianIsTheMiddle() {
    assertThat(new Samples(5, 1, 100).median()).isEqualTo(5);
    assertThat(new Samples(4, 1, 100, 2).median()).isEqualTo(3);
    assertThat(new Samples(7).median()).isEqualTo(7);
  }

  @Test
  void quantileIsTheNearestRank() {
    Samples hundred = new Samples(DoubleStream.iterate(100, v -> v - 1).limit(100).toArray());

    assertThat(hundred.quantile(0.99)).isEqualTo(99);
    assertThat(hundred.quantile(0.5)).isEqualTo(50);
    assertThat(hundred.quantile(1)).isEqualTo(100);
    assertThat(new Samples(7).quantile(0.99)).isEqualTo(7);
    assertThatIllegalArgumentException().isThrownBy(() -> hundred.quantile(0));
  }

  /** A machine that is three times slower in one round changes no ratio. */
  @Test
  void ratiosAreTakenRoundByRound() {
    Samples ours = new Samples(2, 6, 2);
    Samples theirs = new Samples(4, 12, 4);

    assertThat(ours.medianRatio(theirs)).isEqualTo(0.5);
    assertThat(ours.rates(12).values()).containsExactly(6, 2, 6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ours.medianRatio(new Samples(1)))
        .withMessageContaining("3 and 1");
  }

  @Test
  void refusesNoSamples() {
    assertThatIllegalArgumentException().isThrownBy(Samples::new);
  }
}
