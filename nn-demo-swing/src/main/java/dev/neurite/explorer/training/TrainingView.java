package dev.neurite.explorer.training;

import java.util.List;
import java.util.Optional;

/** Shows training. */
public interface TrainingView {
  /** Shows words, figures and what can be asked. */
  void showFace(TrainingFace face);

  /**
   * Names the runs that wait for their turn.
   *
   * @param names the next one first
   * @param canBegin whether it can begin now because no other trains
   */
  void showQueue(List<String> names, boolean canBegin);

  /** Shows how the layers learn; empty for nothing seen. */
  void showLayers(List<LayerFace> layers);

  /** Shows the curves of a run; empty for no run. */
  void showCurves(Optional<RunCurves> curves);
}
