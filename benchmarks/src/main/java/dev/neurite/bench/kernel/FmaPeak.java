package dev.neurite.bench.kernel;

/**
 * The most floating-point operations that one thread of this machine can do: fused multiply-adds on
 * registers, in chains that do not wait for each other.
 */
public interface FmaPeak {
  /** What does them, for people. */
  String description();

  /** Floating-point operations of a {@link #run()}; a fused multiply-add is two. */
  double flops();

  /**
   * Does them.
   *
   * @return the sum of all chains, so that none can be left out
   */
  float run();

  /** With the Vector API where it is there, otherwise in plain Java, which is a lower bound. */
  static FmaPeak available() {
    try {
      return new VectorFmaPeak();
    } catch (LinkageError e) {
      return new PlainFmaPeak();
    }
  }
}
