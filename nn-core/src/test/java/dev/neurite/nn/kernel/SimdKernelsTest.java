package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.nn.kernel.simd.SimdActivations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs in the test run that has the Vector API; there it must not be missing. */
@Tag("simd")
class SimdKernelsTest extends KernelsContract {
  @Override
  String kernelName() {
    return "simd";
  }

  /** Holds that the run that is for narrow vectors has no wider ones. */
  @Test
  void vectorsAreNoWiderThanTheTestRunIsFor() throws ReflectiveOperationException {
    String vectors = "jdk.incubator.vector."; // not there when tests are compiled
    Object species = Class.forName(vectors + "FloatVector").getField("SPECIES_PREFERRED").get(null);
    Object bits =
        Class.forName(vectors + "VectorSpecies").getMethod("vectorBitSize").invoke(species);
    int widest = Integer.getInteger("neurite.test.widest.vector", 2048); // as wide as there are
    assertThat((int) bits).isBetween(64, widest);
  }

  @Override
  PlainActivations activations() {
    return new SimdActivations();
  }
}
