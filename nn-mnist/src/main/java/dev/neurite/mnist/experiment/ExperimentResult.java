package dev.neurite.mnist.experiment;

import java.util.Comparator;
import java.util.List;

/**
 * What an experiment has come to.
 *
 * @param spec what was to be trained
 * @param networks those that were trained to their end, in the order they were
 * @param seconds of training and evaluation
 */
public record ExperimentResult(ExperimentSpec spec, List<TrainedNetwork> networks, double seconds) {
  /** Keeps the networks as they are now. */
  public ExperimentResult {
    networks = List.copyOf(networks);
  }

  /** Whether all of it was done. */
  public boolean isComplete() {
    return networks.size() == spec.seeds() * Contender.values().length;
  }

  /** The finished runs of a network, by seed. */
  public List<TrainedNetwork> of(Contender contender) {
    return networks.stream().filter(n -> n.contender() == contender).toList();
  }

  /**
   * The finished run of a network that is best on the validation images.
   *
   * @throws java.util.NoSuchElementException if none is finished
   */
  public TrainedNetwork best(Contender contender) {
    return of(contender).stream()
        .max(Comparator.comparingDouble(TrainedNetwork::validationAccuracy))
        .orElseThrow();
  }

  /** Test accuracy over the seeds. */
  public Spread test(Contender contender) {
    return Spread.of(of(contender).stream().mapToDouble(n -> n.test().accuracy()).toArray());
  }

  /** Validation accuracy over the seeds. */
  public Spread validation(Contender contender) {
    return Spread.of(
        of(contender).stream().mapToDouble(TrainedNetwork::validationAccuracy).toArray());
  }

  /**
   * Test accuracy of a network minus that of another one with the same seed, over the seeds that
   * both have finished.
   */
  public Spread advantage(Contender contender, Contender over) {
    List<TrainedNetwork> others = of(over);
    return Spread.of(
        of(contender).stream()
            .flatMapToDouble(
                n ->
                    others.stream()
                        .filter(o -> o.seed() == n.seed())
                        .mapToDouble(o -> n.test().accuracy() - o.test().accuracy()))
            .toArray());
  }
}
