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
  /** What stands in the cells of a column. */
  private enum Kind {
    /** Numbers, which stand to the right. */
    FIGURE,
    /** Words, which stand to the left. */
    WORDS
  }

  /** The columns of the table in their order: those that runs are compared by come first. */
  public enum Column {
    /** Number and name. */
    NAME(Kind.WORDS),
    /** Number of weights and biases that are not 0. */
    NON_ZERO(Kind.FIGURE),
    /** Share of the weights that is pruned. */
    SPARSITY(Kind.FIGURE),
    /** Epochs done of those planned. */
    EPOCHS(Kind.FIGURE),
    /** Best accuracy on the validation data. */
    BEST_VALIDATION(Kind.FIGURE),
    /** Accuracy on the test data after the last epoch. */
    TEST(Kind.FIGURE),
    /** Time taken. */
    TIME(Kind.FIGURE),
    /** Number of weights and biases. */
    PARAMETERS(Kind.FIGURE),
    /** Size of the values in a file. */
    SIZE(Kind.FIGURE),
    /** Accuracy on the training data in the last epoch. */
    TRAIN(Kind.FIGURE),
    /** Seed. */
    SEED(Kind.FIGURE),
    /** The run whose network it prunes. */
    PARENT(Kind.WORDS),
    /** Widths of the layers. */
    NETWORK(Kind.WORDS),
    /** What it learns from. */
    DATA(Kind.WORDS),
    /** Optimiser and schedule. */
    METHOD(Kind.WORDS),
    /** What the user noted. */
    NOTE(Kind.WORDS);

    private final Kind kind;

    Column(Kind kind) {
      this.kind = kind;
    }

    /** The heading. */
    public String title() {
      return Texts.get("compare.column." + name().toLowerCase(Locale.ROOT));
    }

    /** Whether its cells are figures, which stand to the right. */
    public boolean isFigure() {
      return kind == Kind.FIGURE;
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
            Figures.count(run.nonZeroParameters()),
            run.isPruned() ? Figures.percentNumber(run.sparsity()) : Figures.NONE,
            Texts.format(
                "compare.epochs", run.history().size(), run.experiment().training().epochs()),
            Figures.percentNumber(run.bestValidationAccuracy().orElse(Double.NaN)),
            Figures.percentNumber(last == null ? Double.NaN : last.testAccuracy()),
            run.seconds() > 0 ? Figures.duration(run.seconds()) : Figures.NONE,
            Figures.count(model.parameterCount()),
            Figures.bytes(run.fileBytes()),
            Figures.percentNumber(last == null ? Double.NaN : last.trainAccuracy()),
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
