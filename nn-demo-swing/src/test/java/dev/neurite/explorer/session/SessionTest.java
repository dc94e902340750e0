package dev.neurite.explorer.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final Session session = new Session();

  @Test
  void aNewRunIsNumberedAndLookedAt() {
    session.begin(TinyDigits.experiment(1));
    Run second = session.begin(TinyDigits.experiment(1));
    assertThat(session.runs()).extracting(Run::name).containsExactly("1 Tiny", "2 Tiny");
    assertThat(session.selected()).contains(second);
  }

  @Test
  void listenersHearOfEveryChangeAfterIt() {
    List<String> heard = new ArrayList<>();
    session.addListener(
        new SessionListener() {
          @Override
          public void plannedChanged() {
            heard.add("planned " + session.planned().isPresent());
          }

          @Override
          public void dataChanged() {
            heard.add("data " + session.trainRows());
          }

          @Override
          public void runChanged(Run run) {
            heard.add("run " + session.run(run.id()).orElseThrow().state());
          }

          @Override
          public void selectionChanged() {
            heard.add("selected " + session.selected().orElseThrow().id().number());
          }
        });
    session.plan(TinyDigits.experiment(1));
    session.setData(new DataState.Ready(TinyDigits.split(30)));
    Run run = session.begin(TinyDigits.experiment(1));
    session.update(run.failed("x"));
    session.select(run.id()); // no change
    assertThat(heard)
        .containsExactly("planned true", "data 30", "run RUNNING", "selected 1", "run FAILED");
  }

  @Test
  void aRunBecomesWhatItsEventsSay() {
    Run run = Run.begin(new RunId(1), TinyDigits.experiment(3)).after(Events.started());
    assertThat(run.progress()).isZero();
    run = run.after(Events.batch(2, 5, 0.5));
    assertThat(run.progress()).isEqualTo(0.5);
    run = run.after(new TrainingEvent.Paused(2, 5));
    assertThat(run.state()).isEqualTo(RunState.PAUSED);
    run = run.after(new TrainingEvent.Resumed()).after(Events.epochCompleted(2));
    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    assertThat(run.bestValidationAccuracy()).hasValue(0.2);
    Run before = run;
    run = run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1))));
    assertThat(run.state()).isEqualTo(RunState.COMPLETED);
    assertThat(run.progress()).isEqualTo(1);
    assertThat(run.seconds()).isEqualTo(12.5);
    assertThat(before.state()).isEqualTo(RunState.RUNNING); // values do not change
  }

  @Test
  void theRunLookedAtAnswersElseTheNewestWithAModel() {
    Run first = session.begin(TinyDigits.experiment(1));
    session.update(first.withPredictor(new Predictor(Model.create(first.experiment().model(), 1))));
    Run second = session.begin(TinyDigits.experiment(1));
    assertThat(session.answering().orElseThrow().id()).isEqualTo(first.id());
    session.update(
        second.withPredictor(new Predictor(Model.create(second.experiment().model(), 1))));
    assertThat(session.answering().orElseThrow().id()).isEqualTo(second.id());
  }

  @Test
  void itIsWatchedWhileThereIsADigitOrSomebodyLooksInside() {
    List<Boolean> told = new ArrayList<>();
    session.addListener(
        new SessionListener() {
          @Override
          public void watchedChanged() {
            told.add(session.isWatched());
          }
        });
    assertThat(session.isWatched()).isFalse();
    session.lookAt(List.of(1f));
    session.lookAt(List.of(0.5f));
    session.inspect(true);
    session.lookAt(List.of());
    assertThat(told).containsExactly(true);
    session.inspect(false);
    assertThat(told).containsExactly(true, false);
  }

  @Test
  void unknownRunsAreRefused() {
    assertThatThrownBy(() -> session.select(new RunId(4))).hasMessageContaining("no run 4");
    assertThatThrownBy(() -> session.update(Run.begin(new RunId(5), TinyDigits.experiment(1))))
        .hasMessageContaining("no run 5");
  }
}
