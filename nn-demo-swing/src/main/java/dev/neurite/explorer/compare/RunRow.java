package dev.neurite.explorer.compare;

import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.train.EpochRecord;
import java.util.List;
import java.util.Locale;

/**
 * A run as a row of the table.
 *
 * @param id which
 * @param state where it is in its life
 * @param cells one text for each {@link Column}
 */
public record RunRow(RunId id, RunState state, List<String> cells) {
  /** The columns of the table in their order. */
  public enum Column {
    /** Number and name. */
    NAME,
    /** Widths of the layers. */
    NETWORK,
    /** Number of weights and biases. */
    PARAMETERS,
    /** Epochs done of those planned. */
    EPOCHS,
    /** Best accuracy on the validation data. */
    BEST_VALIDATION,
    /** Accuracy on the test data after the last epoch. */
    TEST,
    /** Time taken. */
    TIME,
    /** Seed. */
    SEED,
    /** Optimiser and schedule. */
    METHOD;

    /** The heading. */
    public String title() {
      return Texts.get("compare.column." + name().toLowerCase(Locale.ROOT));
    }

    /** Whether its cells are figures, which stand to the right. */
    public boolean isFigure() {
      return switch (this) {
        case PARAMETERS, EPOCHS, BEST_VALIDATION, TEST, TIME, SEED -> true;
        case NAME, NETWORK, METHOD -> false;
      };
    }
  }

  /** Copies the cells. */
  public RunRow {
    cells = List.copyOf(cells);
    if (cells.size() != Column.values().length) {
      throw new IllegalArgumentException(
          "a row needs %d cells, received %d".formatted(Column.values().length, cells.size()));
    }
  }

  /** The row of a run. A pure function. */
  public static RunRow of(Run run) {
    ModelSpec model = run.experiment().model();
    EpochRecord last = run.lastEpoch();
    return new RunRow(
        run.id(),
        run.state(),
        List.of(
            run.name(),
            model.widths(),
            Figures.count(model.parameterCount()),
            Texts.format(
                "compare.epochs", run.history().size(), run.experiment().training().epochs()),
            Figures.percentNumber(run.bestValidationAccuracy().orElse(Double.NaN)),
            Figures.percentNumber(last == null ? Double.NaN : last.testAccuracy()),
            run.seconds() > 0 ? Figures.duration(run.seconds()) : Figures.NONE,
            String.valueOf(run.experiment().training().seed()),
            Texts.format(
                "compare.method",
                run.experiment().optimizerName(),
                run.experiment().scheduleName())));
  }

  /** Where it is in its life, in a word. */
  public String stateText() {
    return Texts.get("state." + state.name().toLowerCase(Locale.ROOT));
  }

  /** The text of a column. */
  public String cell(Column column) {
    return cells.get(List.of(Column.values()).indexOf(column));
  }
}
