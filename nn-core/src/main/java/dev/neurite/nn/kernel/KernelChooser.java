package dev.neurite.nn.kernel;

import java.util.function.Supplier;

/** Picks an implementation of the kernels and logs which one and why. */
public final class KernelChooser {
  private static final System.Logger LOG = System.getLogger(KernelChooser.class.getName());

  private KernelChooser() {}

  /**
   * The maker of the kernels to use, one object per thread.
   *
   * @param choice {@code auto}, {@code plain} or {@code simd}
   * @throws IllegalStateException if {@code simd} is asked for and not there
   * @throws IllegalArgumentException for any other word
   */
  public static Supplier<Kernels> choose(String choice) {
    switch (choice) {
      case "auto", "plain" -> {
        LOG.log(System.Logger.Level.DEBUG, "kernel plain: asked for {0}", choice);
        return PlainKernels::new;
      }
      case "simd" ->
          throw new IllegalStateException(
              "kernel simd was asked for, but this build has plain kernels only");
      default ->
          throw new IllegalArgumentException(
              "kernel must be auto, plain or simd, received " + choice);
    }
  }
}
