package dev.neurite.explorer.lessons;

import dev.neurite.explorer.service.EventThread;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the runs, says what came of each step of the tour, and goes on with the next one by
 * itself when the user has asked for the whole tour.
 */
public final class LessonsPresenter {
  private final LessonsView view;
  private final Session session;
  private final Tour tour;
  private final EventThread eventThread;
  private final TourCheck check;
  private List<LessonsView.StepFace> shown = List.of();
  private @Nullable Whole shownWhole;

  /** How the tour as a whole stands. */
  private record Whole(boolean goesOn, boolean isPossible, String text) {}

  /** The step whose end lets the tour go on, or null while it does not. */
  private @Nullable TourStep awaited;

  /** Whether the run of that step has been seen. */
  private boolean hasBegun;

  /**
   * Shows the steps.
   *
   * @param eventThread where a step begins after the one before it: not while others still hear of
   *     its end
   */
  public LessonsPresenter(LessonsView view, Session session, Tour tour, EventThread eventThread) {
    this.view = view;
    this.session = session;
    this.tour = tour;
    this.eventThread = eventThread;
    check = new TourCheck(session);
    session.addListener(
        new SessionListener() {
          @Override
          public void runChanged(Run run) {
            follow();
            show();
          }

          @Override
          public void dataChanged() {
            show();
          }

          @Override
          public void selectionChanged() {
            show();
          }
        });
    show();
  }

  /** The user wants to do a step; one that is not possible now does nothing. */
  public void begun(TourStep step) {
    if (tour.canBegin(step)) {
      tour.begin(step);
      show();
    }
  }

  /** The user wants the whole tour, from the first step that is not done; or no longer. */
  public void toggled() {
    if (awaited != null) {
      awaited = null;
      show();
    } else {
      goOn();
    }
  }

  private Optional<TourStep> next() {
    for (TourStep step : TourStep.values()) {
      if (check.doneBy(step).isEmpty()) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  private void goOn() {
    TourStep step = next().orElse(null);
    awaited = step;
    if (step != null) {
      hasBegun = check.runningFor(step).isPresent();
      if (!hasBegun && tour.canBegin(step)) {
        tour.begin(step);
      } else if (!hasBegun) {
        awaited = null; // something else trains, or the images are not there
      }
    }
    show();
  }

  /** Goes on when the awaited step is done; stops when its run ended otherwise. */
  private void follow() {
    TourStep step = awaited;
    if (step == null) {
      return;
    }
    if (check.runningFor(step).isPresent()) {
      hasBegun = true;
    } else if (hasBegun && check.doneBy(step).isPresent()) {
      hasBegun = false;
      eventThread.execute(
          () -> {
            if (step == awaited) { // else the user has stopped the tour meanwhile
              goOn();
            }
          });
    } else if (hasBegun) {
      awaited = null;
    }
  }

  private void show() {
    List<LessonsView.StepFace> faces = new ArrayList<>();
    TourStep next = next().orElse(null);
    for (TourStep step : TourStep.values()) {
      faces.add(
          new LessonsView.StepFace(
              step,
              check.doneBy(step).isPresent(),
              step == next,
              tour.canBegin(step),
              check.news(step)));
    }
    boolean isPossible = awaited != null || (next != null && tour.canBegin(next));
    String text =
        Texts.get(
            next == null
                ? "lessons.tour.done"
                : awaited != null ? "lessons.tour.goesOn" : "lessons.tour.text");
    Whole whole = new Whole(awaited != null, isPossible, text);
    if (!faces.equals(shown)) {
      shown = faces;
      view.showSteps(faces);
    }
    if (!whole.equals(shownWhole)) {
      shownWhole = whole;
      view.showTour(whole.goesOn(), whole.isPossible(), whole.text());
    }
  }
}
