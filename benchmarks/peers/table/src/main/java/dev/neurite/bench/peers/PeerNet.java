package dev.neurite.bench.peers;

/** A network of a {@link Peer} in training. */
public interface PeerNet extends AutoCloseable {
  /** Trains on every training image once, in batches, without evaluation. */
  void epoch();

  /**
   * Computes the probabilities of test images and leaves them where the library has them.
   *
   * @param first index of the first image
   * @param count how many
   */
  void predict(int first, int count);

  /** The probabilities of the last {@link #predict}, image after image. */
  float[] probabilities();

  /** Gives back the memory. */
  @Override
  void close();
}
