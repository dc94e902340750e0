package dev.neurite.explorer.session;

import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.prune.SparsityReport;

/**
 * How much of a network is there.
 *
 * @param nonZeroParameters weights and biases that are not exactly 0
 * @param prunedWeights weights that are switched off for good
 * @param fileBytes bytes of its values in a file
 */
public record NetworkSize(int nonZeroParameters, int prunedWeights, long fileBytes) {
  /** Looks at all parameters; not for the event thread. */
  public static NetworkSize of(Model model) {
    return new NetworkSize(
        SparsityReport.of(model).nonZeroParameters(),
        model.prunedWeights(),
        ModelFile.valueBytes(model));
  }
}
