package dev.neurite.explorer.service;

import dev.neurite.nn.eval.LayerDiagnosis;
import java.util.List;

/**
 * What the trainer thread sees of a run beside its figures.
 *
 * @param evaluationSeconds how long the last evaluation after an epoch took; 0 before the first
 * @param layers how the learning of each layer goes
 */
public record Observation(double evaluationSeconds, List<LayerDiagnosis> layers) {
  /** Copies the list. */
  public Observation {
    layers = List.copyOf(layers);
  }
}
