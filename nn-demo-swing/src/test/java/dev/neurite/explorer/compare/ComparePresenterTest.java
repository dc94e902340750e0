package dev.neurite.explorer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparePresenterTest {
  private final Session session = new Session();
  private List<RunRow> rows;
  private int selected;
  private int showings;
  private final ComparePresenter presenter =
      new ComparePresenter(
          (newRows, newSelected) -> {
            rows = newRows;
            selected = newSelected;
            showings++;
          },
          session);

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
            "784-16-10",
            "12,730",
            "2/3",
            "20.00",
            "20.00",
            "13 s",
            "1",
            "Adam, Constant");
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
