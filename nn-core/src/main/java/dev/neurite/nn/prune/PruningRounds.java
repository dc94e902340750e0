package dev.neurite.nn.prune;

/**
 * The sparsities of several rounds that each keep the same share of what the round before kept.
 *
 * <p>With k = 1 - sparsity: {@code k(i) = k_0 · (k_n / k_0)^(i/n)} after round i of n. Source:
 * Frankle and Carbin, "The lottery ticket hypothesis", 2019.
 *
 * @param initialSparsity before the first round, in [0, 1)
 * @param finalSparsity after the last round, in [0, 1), at least the initial one
 * @param rounds n, 1...100
 */
public record PruningRounds(double initialSparsity, double finalSparsity, int rounds) {
  /** Largest number of rounds. */
  public static final int MAX_ROUNDS = 100;

  /** Checks the numbers. */
  public PruningRounds {
    Sparsity.require("initialSparsity", initialSparsity);
    Sparsity.require("finalSparsity", finalSparsity);
    if (initialSparsity > finalSparsity) {
      throw new IllegalArgumentException(
          "a sparsity of %s is wanted, but %s is pruned already and stays so"
              .formatted(finalSparsity, initialSparsity));
    }
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      throw new IllegalArgumentException(
          "rounds must be 1...%d, received %d".formatted(MAX_ROUNDS, rounds));
    }
  }

  /**
   * The sparsity after a round.
   *
   * @param round its number, from 1
   */
  public double sparsity(int round) {
    if (round < 1 || round > rounds) {
      throw new IllegalArgumentException(
          "round must be 1...%d, received %d".formatted(rounds, round));
    }
    if (round == rounds) {
      return finalSparsity;
    }
    double kept = 1 - initialSparsity;
    return 1 - kept * Math.pow((1 - finalSparsity) / kept, (double) round / rounds);
  }
}
