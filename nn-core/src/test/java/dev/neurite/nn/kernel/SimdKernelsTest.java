package dev.neurite.nn.kernel;

import dev.neurite.nn.kernel.simd.SimdActivations;
import org.junit.jupiter.api.Tag;

/** Runs in the test run that has the Vector API; there it must not be missing. */
@Tag("simd")
class SimdKernelsTest extends KernelsContract {
  @Override
  String kernelName() {
    return "simd";
  }

  @Override
  PlainActivations activations() {
    return new SimdActivations();
  }
}
