package dev.neurite.nn.train;

/** What a pruning run says about itself: a closed set of values. */
public sealed interface PruningEvent {
  /**
   * A model has been pruned and will be trained, or will be pruned while it is trained.
   *
   * @param round number, from 1
   * @param rounds how many there are
   * @param sparsity share of its weights that is pruned at the end of the round
   */
  record RoundStarted(int round, int rounds, double sparsity) implements PruningEvent {}

  /**
   * The training of a round said something.
   *
   * @param round number, from 1
   * @param event what
   */
  record Trained(int round, TrainingEvent event) implements PruningEvent {}
}
