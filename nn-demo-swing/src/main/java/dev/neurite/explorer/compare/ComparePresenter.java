package dev.neurite.explorer.compare;

import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists the runs and lets the user choose which one to look at. */
public final class ComparePresenter {
  private final CompareView view;
  private final Session session;
  private List<RunRow> shown = List.of();

  /** Shows the runs there are. */
  public ComparePresenter(CompareView view, Session session) {
    this.view = view;
    this.session = session;
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
  }
}
