package dev.neurite.bench.peers;

/** A library that can train the workloads. */
public interface Peer {
  /** Version of the library, as it says itself where it does. */
  String version();

  /**
   * Makes a network with first values, ready to be trained.
   *
   * @param recipe the network and its training
   * @param data what it learns and predicts; copied into the library's own memory here, so that no
   *     epoch pays for it
   */
  PeerNet net(Recipe recipe, MnistArrays data);
}
