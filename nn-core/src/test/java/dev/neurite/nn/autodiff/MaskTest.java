package dev.neurite.nn.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class MaskTest {
  private static Mask mask(int rows, int columns, int... kept) {
    BitSet bits = new BitSet();
    for (int place : kept) {
      bits.set(place);
    }
    return Mask.of(rows, columns, bits);
  }

  private static Parameter kernel(float... values) {
    return new Parameter(
        "k", Parameter.Role.KERNEL, new FMatrixRMaj(1, values.length, true, values));
  }

  @Test
  void countsAndAppliesWithoutANegativeZero() {
    Mask mask = mask(2, 3, 0, 2, 5);
    assertThat(mask.kept()).isEqualTo(3);
    assertThat(mask.pruned()).isEqualTo(3);
    float[] values = {-1, -2, -0f, 4, -5, 6, 7};
    mask.applyTo(values, 0, 6);
    assertThat(values).containsExactly(-1, 0, 0, 0, 0, 6, 7);
    for (float value : values) {
      assertThat(Float.floatToRawIntBits(value)).isNotEqualTo(Integer.MIN_VALUE);
    }
    float[] part = {1, 2, 3, 4, 5, 6};
    mask.applyTo(part, 3, 5);
    assertThat(part).containsExactly(1, 2, 3, 0, 0, 6);
  }

  @Test
  void aDivergedPrunedValueIsSeen() {
    float[] values = {Float.POSITIVE_INFINITY, 1};
    mask(1, 2, 1).applyTo(values, 0, 2);
    assertThat(values[0]).isNaN();
  }

  @Test
  void withinMeansKeepsNothingMore() {
    assertThat(mask(1, 4, 1).isWithin(mask(1, 4, 1, 2))).isTrue();
    assertThat(mask(1, 4, 1, 2).isWithin(mask(1, 4, 1))).isFalse();
    assertThat(mask(1, 4, 1).isWithin(mask(2, 2, 1))).isFalse();
  }

  @Test
  void aMaskOfNonZerosKeepsThem() {
    Mask mask = Mask.ofNonZero(new FMatrixRMaj(2, 2, true, 0, 1, -0f, Float.MIN_VALUE));
    assertThat(mask.kept()).isEqualTo(2);
    assertThat(mask.keeps(1) && mask.keeps(3)).isTrue();
  }

  @Test
  void pruningSetsToZeroAndOnlyEverAddsZeros() {
    Parameter kernel = kernel(1, -2, 3, -0f);
    kernel.prune(mask(1, 4, 0, 1, 3));
    assertThat(kernel.value().data).containsExactly(1, -2, 0, 0);
    assertThatThrownBy(() -> kernel.prune(mask(1, 4, 0, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keeps weights that are pruned already");
    kernel.prune(mask(1, 4, 1));
    assertThat(kernel.value().data).containsExactly(0, -2, 0, 0);
    Parameter copy = kernel(5, 6, 7, 8);
    copy.setTo(kernel);
    assertThat(copy.mask()).isSameAs(kernel.mask());
    assertThat(copy.value().data).containsExactly(0, -2, 0, 0);
  }

  @Test
  void refusesAnotherShapeAndABias() {
    assertThatThrownBy(() -> kernel(1, 2, 3, 4).prune(mask(2, 2, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("k needs a mask of 1×4, received a mask of 2×2");
    assertThatThrownBy(
            () ->
                new Parameter("b", Parameter.Role.BIAS, new FMatrixRMaj(1, 2)).prune(mask(1, 2, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only kernels are pruned");
    assertThatThrownBy(() -> mask(1, 2, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernel(1, 2).setTo(kernel(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1×2");
  }
}
