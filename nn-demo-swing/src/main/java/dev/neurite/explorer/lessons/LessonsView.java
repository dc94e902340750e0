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
   * @param news what came of it, how far it is, or why an attempt does not count; empty before
   */
  record StepFace(TourStep step, boolean done, boolean next, boolean possible, String news) {}

  /**
   * Shows how the tour as a whole stands.
   *
   * @param goesOn whether each step begins by itself when the one before it is done
   * @param possible whether that can be begun or ended
   * @param text what the tour is, or what comes next
   */
  void showTour(boolean goesOn, boolean possible, String text);

  /** Shows the steps in their order. */
  void showSteps(List<StepFace> steps);
}
