package dev.neurite.explorer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SmoothingTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void isTheWeightedMeanOfWhatCameBefore() {
    Curve smooth = Smoothing.of(new Curve(List.of(1.0, 2.0, 3.0), List.of(8.0, 4.0, 2.0)), 0.5);
    assertThat(smooth.x()).containsExactly(1.0, 2.0, 3.0);
    assertThat(smooth.y().get(0)).isCloseTo(8, within(TOLERANCE)); // no bias to 0
    assertThat(smooth.y().get(1)).isCloseTo((8 * 1 + 4 * 2) / 3.0, within(TOLERANCE));
    assertThat(smooth.y().get(2)).isCloseTo((8 * 1 + 4 * 2 + 2 * 4) / 7.0, within(TOLERANCE));
  }

  @Test
  void zeroChangesNothingAndOneIsRefused() {
    Curve curve = new Curve(List.of(1.0, 2.0), List.of(5.0, 7.0));
    assertThat(Smoothing.of(curve, 0)).isEqualTo(curve);
    assertThatThrownBy(() -> Smoothing.of(curve, 1)).hasMessageContaining("received 1");
  }
}
