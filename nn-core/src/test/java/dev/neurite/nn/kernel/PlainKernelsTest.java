package dev.neurite.nn.kernel;

class PlainKernelsTest extends KernelsContract {
  @Override
  String kernelName() {
    return "plain";
  }

  @Override
  PlainActivations activations() {
    return new PlainActivations();
  }
}
