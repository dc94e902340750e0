package dev.neurite.nn.autodiff;

import java.util.Locale;

/**
 * What arithmetic runs on.
 *
 * <p>The system properties {@code neurite.kernel} ({@code auto}, {@code plain}, {@code simd}) and
 * {@code neurite.threads} set the defaults. The number of threads changes no bit of any result; the
 * kernel changes the last bits.
 *
 * @param kernel which implementation
 * @param threads number of threads with the calling one, at least 1
 */
public record EngineSpec(KernelChoice kernel, int threads) {
  /** Largest number of threads. */
  public static final int MAX_THREADS = 256;

  /** Checks the number of threads. */
  public EngineSpec {
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          "threads must be 1...%d, received %d".formatted(MAX_THREADS, threads));
    }
  }

  /**
   * The defaults: the kernel of {@code neurite.kernel} or {@code auto}, the threads of {@code
   * neurite.threads} or all cores.
   *
   * @throws IllegalArgumentException if a property has no valid value
   */
  public static EngineSpec defaults() {
    String kernel = System.getProperty("neurite.kernel", "auto");
    String threads = System.getProperty("neurite.threads", "");
    try {
      return new EngineSpec(
          KernelChoice.valueOf(kernel.toUpperCase(Locale.ROOT)),
          threads.isEmpty()
              ? Runtime.getRuntime().availableProcessors()
              : Integer.parseInt(threads));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "neurite.kernel must be auto, plain or simd and neurite.threads a whole number from 1,"
              + " received \"%s\" and \"%s\"".formatted(kernel, threads),
          e);
    }
  }

  /** The same kernel on one thread. */
  public EngineSpec singleThreaded() {
    return new EngineSpec(kernel, 1);
  }
}
