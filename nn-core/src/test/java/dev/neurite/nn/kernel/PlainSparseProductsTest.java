package dev.neurite.nn.kernel;

class PlainSparseProductsTest extends SparseProductsContract {
  @Override
  String kernelName() {
    return "plain";
  }
}
