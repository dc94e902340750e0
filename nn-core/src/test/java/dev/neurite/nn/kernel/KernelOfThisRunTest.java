package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Holds that the plain test run is plain and that the SIMD test run has SIMD. */
class KernelOfThisRunTest {
  @Test
  void theEngineRunsWhatTheTestRunIsFor() {
    String wanted = System.getProperty("neurite.kernel");
    assertThat(wanted).isIn("plain", "simd");
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      assertThat(engine.kernelName()).isEqualTo(wanted);
      assertThat(engine.spec().kernel().name().toLowerCase(Locale.ROOT)).isEqualTo(wanted);
    }
  }

  @Test
  void withoutTheModuleSimdIsRefusedInWordsAndAutoIsPlain() {
    boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(there).isEqualTo(System.getProperty("neurite.kernel").equals("simd"));
    if (there) {
      assertThat(KernelChooser.choose("auto").get().name()).isEqualTo("simd");
    } else {
      assertThat(KernelChooser.choose("auto").get().name()).isEqualTo("plain");
      assertThatThrownBy(() -> KernelChooser.choose("simd"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("--add-modules jdk.incubator.vector");
    }
  }
}
