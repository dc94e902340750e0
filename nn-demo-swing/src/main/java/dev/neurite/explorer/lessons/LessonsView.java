package dev.neurite.explorer.lessons;

import java.util.List;

/** Shows the tour. */
public interface LessonsView {
  /**
   * How a step stands.
   *
   * @param step which
   * @param done whether the user has done it
   * @param next whether it is the one to do now
   * @param possible whether it can be begun
   * @param result what came of it; empty before
   */
  record StepFace(TourStep step, boolean done, boolean next, boolean possible, String result) {}

  /** Shows the steps in their order. */
  void showSteps(List<StepFace> steps);
}
