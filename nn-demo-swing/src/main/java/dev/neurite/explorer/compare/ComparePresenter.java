package dev.neurite.explorer.compare;

import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Lists the runs and lets the user choose which one to look at. */
public final class ComparePresenter {
  private final CompareView view;
  private final Session session;
  private final Consumer<Experiment> duplicate;
  private List<RunId> chosen = List.of();
  private List<RunRow> shown = List.of();
  private final Deque<List<Run>> removed = new ArrayDeque<>();

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
            if (!shown.contains(RunRow.of(run))) { // most changes within an epoch show in no column
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

  /** The name of a run without its number, to be changed. */
  public String name(RunId id) {
    return session.run(id).map(r -> r.experiment().name()).orElse("");
  }

  /** What the user wrote about a run, to be changed. */
  public String note(RunId id) {
    return session.run(id).map(Run::note).orElse("");
  }

  /** The user writes something about a run. */
  public void noted(RunId id, String note) {
    session.update(session.run(id).orElseThrow().withNote(note.strip()));
  }

  /** The user wants the settings of a run in the form. */
  public void duplicated(RunId id) {
    session.run(id).map(Run::experiment).ifPresent(duplicate);
  }

  /** Whether it is known how the form was filled in for a run. */
  public boolean canDuplicate(RunId id) {
    return session.run(id).filter(r -> !r.experiment().form().isEmpty()).isPresent();
  }

  /** The user takes runs away at once; those that are active stay. */
  public void deleted(List<RunId> ids) {
    List<Run> gone =
        ids.stream()
            .flatMap(id -> session.run(id).stream())
            .filter(r -> !r.state().isActive())
            .toList();
    if (!gone.isEmpty()) {
      removed.push(gone);
      gone.forEach(r -> session.remove(r.id()));
      showUndo();
    }
  }

  /** The user wants back what was taken away last; then what was taken away before that. */
  public void undone() {
    if (!removed.isEmpty()) {
      removed.pop().forEach(session::restore);
      showUndo();
    }
  }

  private void showUndo() {
    List<Run> last = removed.peek();
    view.showUndo(
        last == null
            ? ""
            : last.size() == 1
                ? Texts.format("compare.deleted", last.get(0).name())
                : Texts.format("compare.deletedMany", last.size()));
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
    return runs.stream().map(RunRow::of).toList();
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
