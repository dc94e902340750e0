package dev.neurite.nn.autodiff;

/** Which implementation of the arithmetic to run. */
public enum KernelChoice {
  /** The fastest one that this virtual machine offers. */
  AUTO,
  /** Plain Java. */
  PLAIN,
  /** The Vector API; fails if {@code jdk.incubator.vector} is not there. */
  SIMD
}
