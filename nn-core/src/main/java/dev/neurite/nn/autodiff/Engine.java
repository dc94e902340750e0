package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.Workers;
import java.util.Locale;

/**
 * The arithmetic and the threads that a tape runs on; for one caller at a time.
 *
 * <p>With one thread it owns nothing that must be closed. With more it owns daemon threads that
 * {@link #close()} ends.
 */
public final class Engine implements AutoCloseable {
  private final EngineSpec spec;
  private final Workers workers;

  /**
   * Starts an engine.
   *
   * @throws IllegalStateException if the kernel asked for is not there
   */
  public Engine(EngineSpec spec) {
    this.spec = spec;
    this.workers =
        new Workers(
            spec.threads(), KernelChooser.choose(spec.kernel().name().toLowerCase(Locale.ROOT)));
  }

  /** What the engine was asked to be. */
  public EngineSpec spec() {
    return spec;
  }

  /** The name of the kernel that runs, for example {@code plain}. */
  public String kernelName() {
    return workers.kernels().name();
  }

  /** For the packages of this module: the threads and their arithmetic. */
  public Workers workers() {
    return workers;
  }

  /** Ends the engine's threads; closing twice does nothing. */
  @Override
  public void close() {
    workers.close();
  }
}
