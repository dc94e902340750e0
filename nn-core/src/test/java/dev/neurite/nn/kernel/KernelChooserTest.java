package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelChooserTest {
  @Test
  void makesOneObjectPerCall() {
    Supplier<Kernels> maker = KernelChooser.choose("plain");
    assertThat(maker.get()).isNotSameAs(maker.get());
    assertThat(maker.get().name()).isEqualTo("plain");
  }

  @Test
  void autoIsOneOfTheKernels() {
    assertThat(KernelChooser.choose("auto").get().name()).isIn("plain", "simd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PLAIN", "native", "auto "})
  void refusesOtherWords(String word) {
    assertThatThrownBy(() -> KernelChooser.choose(word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kernel must be auto, plain or simd, received " + word);
  }
}
