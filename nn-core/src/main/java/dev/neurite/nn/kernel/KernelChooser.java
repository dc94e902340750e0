package dev.neurite.nn.kernel;

import java.util.function.Supplier;

/** Picks an implementation of the kernels and logs which one and why. */
public final class KernelChooser {
  private static final System.Logger LOG = System.getLogger(KernelChooser.class.getName());

  /** Named, not imported: without the module the class cannot be loaded. */
  private static final String SIMD = "dev.neurite.nn.kernel.simd.SimdKernels";

  private KernelChooser() {}

  /**
   * The maker of the kernels to use, one object per thread.
   *
   * @param choice {@code auto}, {@code plain} or {@code simd}
   * @throws IllegalStateException if {@code simd} is asked for and not there
   * @throws IllegalArgumentException for any other word
   */
  public static Supplier<Kernels> choose(String choice) {
    return switch (choice) {
      case "plain" -> plain("it was asked for");
      case "simd" -> simd();
      case "auto" -> auto();
      default ->
          throw new IllegalArgumentException(
              "kernel must be auto, plain or simd, received " + choice);
    };
  }

  private static Supplier<Kernels> auto() {
    try {
      return simd();
    } catch (IllegalStateException e) {
      return plain(String.valueOf(e.getMessage()));
    }
  }

  private static Supplier<Kernels> plain(String reason) {
    LOG.log(System.Logger.Level.DEBUG, "kernel plain: {0}", reason);
    return PlainKernels::new;
  }

  private static Supplier<Kernels> simd() {
    try {
      Class.forName(SIMD).getConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException(
          "kernel simd is not there: the virtual machine needs --add-modules jdk.incubator.vector",
          e);
    }
    LOG.log(System.Logger.Level.DEBUG, "kernel simd: jdk.incubator.vector is there");
    return KernelChooser::newSimd;
  }

  private static Kernels newSimd() {
    try {
      return (Kernels) Class.forName(SIMD).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("kernel simd was there and is gone", e);
    }
  }
}
