package dev.neurite.explorer.training;

import java.util.Optional;

/** Shows training. */
public interface TrainingView {
  /** Shows words, figures and what can be asked. */
  void showFace(TrainingFace face);

  /** Shows the curves of a run; empty for no run. */
  void showCurves(Optional<RunCurves> curves);
}
