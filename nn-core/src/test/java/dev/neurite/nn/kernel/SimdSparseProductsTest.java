package dev.neurite.nn.kernel;

import org.junit.jupiter.api.Tag;

/** Runs in the test run that has the Vector API; there it must not be missing. */
@Tag("simd")
class SimdSparseProductsTest extends SparseProductsContract {
  @Override
  String kernelName() {
    return "simd";
  }
}
