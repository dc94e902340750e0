package dev.neurite.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every multiply-add adds an eighth, so the sum says how many were done. */
class FmaPeakTest {
  @Test
  void doesAllTheOperationsThatItCounts() {
    for (FmaPeak peak : new FmaPeak[] {new PlainFmaPeak(), new VectorFmaPeak()}) {
      assertThat((double) peak.run()).as(peak.description()).isEqualTo(peak.flops() / 2 / 8);
    }
  }
}
