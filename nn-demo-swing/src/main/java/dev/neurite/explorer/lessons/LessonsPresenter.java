package dev.neurite.explorer.lessons;

import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Follows the runs and knows which step of the tour comes next. */
public final class LessonsPresenter {
  private final LessonsView view;
  private final Session session;
  private final Tour tour;
  private final Map<TourStep, Predicate<Run>> marks = new EnumMap<>(TourStep.class);
  private List<LessonsView.StepFace> shown = List.of();

  /**
   * Shows the steps.
   *
   * @param prunedRun whether a run came of pruning
   */
  public LessonsPresenter(LessonsView view, Session session, Tour tour, Predicate<Run> prunedRun) {
    this.view = view;
    this.session = session;
    this.tour = tour;
    marks.put(TourStep.SIMPLE, r -> r.experiment().model().widths().equals("784-128-10"));
    marks.put(TourStep.WIDE, r -> r.experiment().model().widths().equals("784-512-10"));
    marks.put(TourStep.PRUNE, prunedRun);
    session.addListener(
        new SessionListener() {
          @Override
          public void runChanged(Run run) {
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

  private void show() {
    List<LessonsView.StepFace> faces = new ArrayList<>();
    boolean before = true;
    for (TourStep step : TourStep.values()) {
      Optional<Run> run = doneBy(step);
      faces.add(
          new LessonsView.StepFace(
              step,
              run.isPresent(),
              before && run.isEmpty(),
              tour.canBegin(step),
              run.map(LessonsPresenter::result).orElse("")));
      before &= run.isPresent();
    }
    if (!faces.equals(shown)) {
      shown = faces;
      view.showSteps(faces);
    }
  }

  private Optional<Run> doneBy(TourStep step) {
    return session.runs().stream()
        .filter(r -> r.state() == RunState.COMPLETED || r.state() == RunState.STOPPED_EARLY)
        .filter(marks.getOrDefault(step, r -> false))
        .findFirst();
  }

  private static String result(Run run) {
    return Texts.format(
        "lessons.result",
        run.name(),
        Figures.percent(run.bestValidationAccuracy().orElse(Double.NaN)),
        Figures.count(run.experiment().model().parameterCount()));
  }
}
