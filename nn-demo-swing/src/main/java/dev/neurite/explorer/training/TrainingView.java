package dev.neurite.explorer.training;

import java.util.List;
import java.util.Optional;

/** Shows training. */
public interface TrainingView {
  /** Shows words, figures and what can be asked. */
  void showFace(TrainingFace face);

  /** Names the runs that wait for their turn, the next one first. */
  void showQueue(List<String> names);

  /** Shows how the layers learn; empty for nothing seen. */
  void showLayers(List<LayerFace> layers);

  /** Shows the curves of a run; empty for no run. */
  void showCurves(Optional<RunCurves> curves);
}
