package dev.neurite.explorer.prune;

import dev.neurite.explorer.session.ModelFigures;
import dev.neurite.explorer.session.PruningRecord;
import dev.neurite.explorer.session.PruningRecord.Stage;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Figures before, after pruning and at the end, as text.
 *
 * @param heading where they come from
 * @param rows one for each figure: its name and its value at the three moments
 */
public record PruneResult(String heading, List<List<String>> rows) {
  /** No figures. */
  static final PruneResult NONE = new PruneResult("", List.of());

  /** Copies the rows. */
  public PruneResult {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The figures of a run that prunes. A pure function. */
  static PruneResult of(PruningRecord record) {
    List<List<String>> rows = new ArrayList<>();
    for (String key :
        new String[] {
          "prune.result.validation",
          "prune.result.test",
          "prune.result.nonZero",
          "prune.result.file",
          "prune.result.speed"
        }) {
      rows.add(new ArrayList<>(List.of(Texts.get(key))));
    }
    for (Stage stage : Stage.values()) {
      List<String> cells = cells(record.figures(stage));
      for (int i = 0; i < cells.size(); i++) {
        rows.get(i).add(cells.get(i));
      }
    }
    return new PruneResult(
        Texts.format(
            "prune.result.heading",
            record.order().parentName(),
            Math.round(100 * record.order().sparsity())),
        rows);
  }

  private static List<String> cells(@Nullable ModelFigures figures) {
    return figures == null
        ? Collections.nCopies(5, Figures.NONE)
        : List.of(
            Figures.percent(figures.validationAccuracy()),
            Figures.percent(figures.testAccuracy()),
            Figures.count(figures.nonZeroParameters()),
            Figures.bytes(figures.fileBytes()),
            String.format(Locale.ROOT, "%.1f µs", figures.microseconds()));
  }
}
