package dev.neurite.explorer.prune;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows how a network can be pruned and what came of it. */
public interface PruneView {
  /** Fills the form in. */
  void showSettings(PruneSettings settings);

  /** Says how things are. */
  void showFace(PruneFace face);

  /**
   * Shows what would be left.
   *
   * @param preview null while it is not known
   * @param problem why it cannot be pruned so; empty if it can
   */
  void showPreview(@Nullable PrunePreview preview, String problem);

  /**
   * Shows what has been measured of the accuracy without training.
   *
   * @param percents pruned, rising
   * @param accuracies in per cent, as many
   * @param now the share that is chosen
   * @param text what is expected there, in words
   */
  void showCurve(List<Double> percents, List<Double> accuracies, int now, String text);

  /** Shows what came of it. */
  void showResult(PruneResult result);
}
