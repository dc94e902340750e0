package dev.neurite.explorer.compare;

import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.text.DataTitle;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.train.EpochRecord;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    /** Number of weights and biases. */
    PARAMETERS,
    /** Number of those that are not 0. */
    NON_ZERO,
    /** Share of the weights that is pruned. */
    SPARSITY,
    /** Size of the values in a file. */
    SIZE,
    /** Epochs done of those planned. */
    EPOCHS,
    /** Accuracy on the training data in the last epoch. */
    TRAIN,
    /** Best accuracy on the validation data. */
    BEST_VALIDATION,
    /** Accuracy on the test data after the last epoch. */
    TEST,
    /** Time taken. */
    TIME,
    /** Seed. */
    SEED,
    /** The run whose network it prunes. */
    PARENT,
    /** Widths of the layers. */
    NETWORK,
    /** What it learns from. */
    DATA,
    /** Optimiser and schedule. */
    METHOD,
    /** What the user noted. */
    NOTE;

    /** The heading. */
    public String title() {
      return Texts.get("compare.column." + name().toLowerCase(Locale.ROOT));
    }

    /** Whether its cells are figures, which stand to the right. */
    public boolean isFigure() {
      return switch (this) {
        case PARAMETERS,
            NON_ZERO,
            SPARSITY,
            SIZE,
            EPOCHS,
            TRAIN,
            BEST_VALIDATION,
            TEST,
            TIME,
            SEED ->
            true;
        case NAME, PARENT, NETWORK, DATA, METHOD, NOTE -> false;
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

  /**
   * The number that a cell is sorted by; NaN for a cell without one.
   *
   * @param cell as shown, for example {@code 101,770}, {@code 2/10} or {@code 1 min 05 s}
   */
  public static double sortValue(String cell) {
    Matcher number = NUMBER.matcher(cell.replace(",", ""));
    if (!number.find()) {
      return Double.NaN;
    }
    double value = Double.parseDouble(number.group());
    String unit =
        cell.substring(Math.min(cell.length(), cell.length() - 2 < 0 ? 0 : cell.length() - 2));
    if (cell.contains(" h ")) {
      return 3600 * value;
    } else if (cell.contains(" min ")) {
      return 60 * value + (number.find() ? Double.parseDouble(number.group()) : 0);
    }
    return unit.equals("MB") ? 1000 * value : value;
  }

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?");

  /** The row of a run. A pure function. */
  public static RunRow of(Run run) {
    ModelSpec model = run.experiment().model();
    EpochRecord last = run.lastEpoch();
    return new RunRow(
        run.id(),
        run.state(),
        List.of(
            run.name(),
            Figures.count(model.parameterCount()),
            Figures.count(run.nonZeroParameters()),
            run.pruning() == null ? Figures.NONE : Figures.percentNumber(run.sparsity()),
            Figures.bytes(run.fileBytes()),
            Texts.format(
                "compare.epochs", run.history().size(), run.experiment().training().epochs()),
            Figures.percentNumber(last == null ? Double.NaN : last.trainAccuracy()),
            Figures.percentNumber(run.bestValidationAccuracy().orElse(Double.NaN)),
            Figures.percentNumber(last == null ? Double.NaN : last.testAccuracy()),
            run.seconds() > 0 ? Figures.duration(run.seconds()) : Figures.NONE,
            String.valueOf(run.experiment().training().seed()),
            run.pruning() == null ? Figures.NONE : run.pruning().order().parentName(),
            model.widths(),
            DataTitle.of(run.experiment().data().name()),
            Texts.format(
                "compare.method",
                run.experiment().optimizerName(),
                run.experiment().scheduleName()),
            run.note()));
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
