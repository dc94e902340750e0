package dev.neurite.explorer.compare;

import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists the runs and lets the user choose which one to look at. */
public final class ComparePresenter {
  private final CompareView view;
  private final Session session;
  private final Consumer<Experiment> duplicate;
  private final Map<RunId, String> notes = new HashMap<>();
  private List<RunId> chosen = List.of();
  private List<RunRow> shown = List.of();
  private @Nullable Run removed;

  /**
   * Shows the runs there are.
   *
   * @param duplicate takes an experiment whose settings the user wants in the form
   */
  public ComparePresenter(CompareView view, Session session, Consumer<Experiment> duplicate) {
    this.view = view;
    this.session = session;
    this.duplicate = duplicate;
    session.addListener(
        new SessionListener() {
          @Override
          public void runChanged(Run run) {
            if (!rows().equals(shown)) { // most changes within an epoch show in no column
              show();
            }
          }

          @Override
          public void selectionChanged() {
            show();
          }
        });
    show();
  }

  /** The user chooses a run. */
  public void chosen(RunId id) {
    session.select(id);
  }

  /** The user chooses runs to compare; the order counts. */
  public void compared(List<RunId> ids) {
    chosen = List.copyOf(ids);
    showComparison();
  }

  /** The user gives a run another name. */
  public void renamed(RunId id, String name) {
    if (!name.isBlank()) {
      Run run = session.run(id).orElseThrow();
      session.update(run.withExperiment(run.experiment().withName(name.strip())));
    }
  }

  /** The user writes something about a run. */
  public void noted(RunId id, String note) {
    notes.put(id, note.strip());
    show();
  }

  /** The user wants the settings of a run in the form. */
  public void duplicated(RunId id) {
    session.run(id).map(Run::experiment).ifPresent(duplicate);
  }

  /** The user takes a run away; one that is active stays. */
  public void deleted(RunId id) {
    Run run = session.run(id).orElseThrow();
    if (!run.state().isActive()) {
      removed = run;
      session.remove(id);
      view.showUndo(Texts.format("compare.deleted", run.name()));
    }
  }

  /** The user wants the run back that was taken away last. */
  public void undone() {
    Run run = removed;
    if (run != null) {
      removed = null;
      session.restore(run);
      view.showUndo("");
    }
  }

  /** The table as comma-separated values. */
  public String csv() {
    return RunTableCsv.of(rows());
  }

  private void showComparison() {
    List<Run> runs = session.runs();
    List<Run> known = chosen.stream().flatMap(id -> session.run(id).stream()).toList();
    view.showComparison(Comparison.of(runs, known));
  }

  private List<RunRow> rows() {
    List<Run> runs = new ArrayList<>(session.runs());
    Collections.reverse(runs);
    return runs.stream().map(r -> RunRow.of(r, notes.getOrDefault(r.id(), ""))).toList();
  }

  private void show() {
    shown = rows();
    int selected = -1;
    for (int i = 0; i < shown.size(); i++) {
      RunId id = shown.get(i).id();
      if (session.selected().filter(r -> r.id().equals(id)).isPresent()) {
        selected = i;
      }
    }
    view.showRuns(shown, selected);
    showComparison();
  }
}
