package dev.neurite.explorer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.ModelFigures;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.explorer.session.PruningRecord.Stage;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparePresenterTest {
  private final Session session = new Session();
  private List<RunRow> rows;
  private int selected;
  private Comparison comparison;
  private String undo = "";
  private Experiment duplicated;
  private int showings;
  private final ComparePresenter presenter =
      new ComparePresenter(
          new CompareView() {
            @Override
            public void showRuns(List<RunRow> newRows, int newSelected) {
              rows = newRows;
              selected = newSelected;
              showings++;
            }

            @Override
            public void showComparison(Comparison newComparison) {
              comparison = newComparison;
            }

            @Override
            public void showUndo(String text) {
              undo = text;
            }
          },
          session,
          experiment -> duplicated = experiment);

  @Test
  void listsTheNewestFirstWithItsFigures() {
    Run first = session.begin(TinyDigits.experiment(3));
    session.update(
        first
            .after(Events.started())
            .after(Events.epochCompleted(1))
            .after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1), Events.epoch(2)))));
    session.begin(TinyDigits.experiment(5));

    assertThat(rows).extracting(RunRow::id).containsExactly(new RunId(2), new RunId(1));
    assertThat(selected).isZero();
    assertThat(rows.get(1).cells())
        .containsExactly(
            "1 Tiny",
            "12,730",
            "–",
            "2/3",
            "20.00",
            "20.00",
            "13 s",
            "12,730",
            "50 kB",
            "20.00",
            "1",
            "–",
            "784-16-10",
            "MNIST",
            "Adam, Constant",
            "");
    assertThat(rows.get(1).stateText()).isEqualTo("finished");
    assertThat(rows.get(0).state()).isEqualTo(RunState.RUNNING);
    assertThat(rows.get(0).cell(RunRow.Column.TEST)).isEqualTo("–");
  }

  @Test
  void choosingARunLooksAtIt() {
    session.begin(TinyDigits.experiment(1));
    session.begin(TinyDigits.experiment(1));
    presenter.chosen(new RunId(1));
    assertThat(session.selected().orElseThrow().id()).isEqualTo(new RunId(1));
    assertThat(selected).isEqualTo(1);
  }

  @Test
  void runsAreRenamedNotedDuplicatedDeletedAndBroughtBack() {
    Run run = session.begin(TinyDigits.experiment(1));
    presenter.deleted(List.of(run.id())); // it trains
    assertThat(session.runs()).hasSize(1);
    session.update(run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1)))));
    presenter.renamed(run.id(), " Best, so far ");
    presenter.noted(run.id(), "keep");
    assertThat(rows.get(0).cell(RunRow.Column.NAME)).isEqualTo("1 Best, so far");
    assertThat(rows.get(0).cell(RunRow.Column.NOTE)).isEqualTo("keep");
    assertThat(presenter.csv().lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("\"1 Best, so far\",");
    assertThat(presenter.canDuplicate(run.id())).as("it does not know its form").isFalse();
    presenter.duplicated(run.id());
    assertThat(duplicated.name()).isEqualTo("Best, so far");
    presenter.deleted(List.of(run.id()));
    assertThat(rows).isEmpty();
    assertThat(undo).contains("Best, so far");
    presenter.undone();
    assertThat(rows).hasSize(1);
    assertThat(undo).isEmpty();
    assertThat(session.begin(TinyDigits.experiment(1)).id()).isEqualTo(new RunId(2));
  }

  @Test
  void whatWasDeletedComesBackStepByStep() {
    for (int i = 1; i <= 4; i++) {
      Run run = session.begin(TinyDigits.experiment(i));
      session.update(run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1)))));
    }
    presenter.noted(new RunId(2), "the second");
    presenter.deleted(List.of(new RunId(2)));
    presenter.deleted(List.of(new RunId(1), new RunId(4)));
    presenter.deleted(List.of(new RunId(3)));
    assertThat(rows).isEmpty();
    assertThat(undo).isEqualTo("3 Tiny deleted: undo");
    presenter.undone();
    assertThat(rows).extracting(RunRow::id).containsExactly(new RunId(3));
    assertThat(undo).isEqualTo("2 runs deleted: undo");
    presenter.undone();
    assertThat(undo).isEqualTo("2 Tiny deleted: undo");
    presenter.undone();
    assertThat(undo).isEmpty();
    assertThat(session.runs()).hasSize(4);
    assertThat(presenter.note(new RunId(2))).isEqualTo("the second");
    presenter.undone(); // nothing more
    assertThat(session.runs()).hasSize(4);
  }

  @Test
  void aPrunedRunSaysHowMuchIsLeftAndWhereItComesFrom() {
    Run parent = session.begin(TinyDigits.experiment(1));
    PruningOrder order =
        new PruningOrder(
            parent.id(),
            parent.name(),
            PruningOrder.Method.ONE_SHOT,
            PruningScope.GLOBAL,
            PruningOrder.Grain.WEIGHTS,
            0.5,
            1,
            1);
    Run run = session.begin(TinyDigits.experiment(1), order);
    int pruned = (784 * 16 + 16 * 10) / 2;
    ModelFigures figures = new ModelFigures(0.9, 0.8, 12_730, 12_730 - pruned, 26_000, 0.00001);
    session.update(run.withPruning(run.pruning().with(Stage.TUNED, figures)));
    RunRow row = rows.get(0);
    assertThat(row.cell(RunRow.Column.PARAMETERS)).isEqualTo("12,730");
    assertThat(row.cell(RunRow.Column.NON_ZERO)).isEqualTo("6,378");
    assertThat(row.cell(RunRow.Column.SPARSITY)).isEqualTo("50.00");
    assertThat(row.cell(RunRow.Column.SIZE)).isEqualTo("26 kB");
    assertThat(row.cell(RunRow.Column.PARENT)).isEqualTo("1 Tiny");
  }

  @Test
  void chosenRunsStandSideBySide() {
    for (int epochs = 1; epochs <= 2; epochs++) {
      Run run = session.begin(TinyDigits.experiment(epochs));
      session.update(
          run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1), Events.epoch(2)))));
    }
    presenter.compared(List.of(new RunId(1), new RunId(2)));
    assertThat(comparison.curves()).hasSize(2);
    assertThat(comparison.curves().get(0).accuracies()).containsExactly(10.0, 20.0);
    assertThat(comparison.points())
        .extracting(Comparison.SizePoint::parameters)
        .containsExactly(12_730L, 12_730L);
    assertThat(comparison.differences())
        .containsExactly(new Comparison.Difference("Epochs", "1", "2"));
  }

  @Test
  void figuresAreSortedAsNumbers() {
    assertThat(RunRow.sortValue("101,770")).isEqualTo(101_770);
    assertThat(RunRow.sortValue("3 min 05 s")).isEqualTo(185);
    assertThat(RunRow.sortValue("1.6 MB")).isEqualTo(1600);
    assertThat(RunRow.sortValue("407 kB")).isEqualTo(407);
    assertThat(RunRow.sortValue("–")).isNaN();
  }

  @Test
  void batchesDoNotRedrawTheTable() {
    Run run = session.begin(TinyDigits.experiment(1));
    int before = showings;
    for (int i = 1; i <= 10; i++) {
      run = run.after(Events.batch(1, i, 1));
      session.update(run);
    }
    assertThat(showings).isEqualTo(before);
    session.update(run.after(Events.epochCompleted(1)));
    assertThat(showings).isEqualTo(before + 1);
  }
}
