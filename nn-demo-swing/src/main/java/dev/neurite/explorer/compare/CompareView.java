package dev.neurite.explorer.compare;

import java.util.List;

/** Shows the runs of the session. */
public interface CompareView {
  /**
   * Shows the runs.
   *
   * @param rows the newest first
   * @param selected index of the row that is looked at, -1 for none
   */
  void showRuns(List<RunRow> rows, int selected);

  /** Shows the chosen runs side by side. */
  void showComparison(Comparison comparison);

  /** Says that a run was taken away and can come back; empty for none. */
  void showUndo(String text);
}
