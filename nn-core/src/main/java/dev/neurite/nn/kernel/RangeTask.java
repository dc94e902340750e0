package dev.neurite.nn.kernel;

/** Work on a range of outputs, which may run on several threads for different parts at once. */
@FunctionalInterface
public interface RangeTask {
  /**
   * Computes the outputs {@code from} to {@code to} (exclusive).
   *
   * @param kernels the arithmetic of the running thread
   */
  void run(Kernels kernels, int from, int to);
}
