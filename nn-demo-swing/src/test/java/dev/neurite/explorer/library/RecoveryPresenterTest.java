package dev.neurite.explorer.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.RecordedTraining;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryPresenterTest {
  private final Session session = new Session();
  private final RecordedTraining training = new RecordedTraining();
  private final List<String> offers = new ArrayList<>();
  private boolean canGoOn;
  private String hint = "";
  private final RecoveryPresenter presenter =
      new RecoveryPresenter(
          (text, newCanGoOn, newHint) -> {
            offers.add(text);
            canGoOn = newCanGoOn;
            hint = newHint;
          },
          session,
          training,
          id -> {});

  private static Checkpoint checkpoint() {
    try (Engine engine = new Engine(new EngineSpec(KernelChoice.PLAIN, 1))) {
      Trainer trainer =
          new Trainer(
              Model.create(TinyDigits.experiment(3).model(), 1),
              TinyDigits.experiment(3).training(),
              TinyDigits.split(200),
              engine);
      TrainingControl control = new TrainingControl();
      trainer.run(
          control,
          event -> {
            if (event instanceof TrainingEvent.EpochCompleted) {
              control.cancel();
            }
          });
      return new Checkpoint(trainer.snapshot(), 0);
    }
  }

  private Run interrupted() {
    Run run = session.begin(TinyDigits.experiment(3)).after(Events.started());
    run = run.after(Events.ended(Outcome.CANCELLED, List.of(Events.epoch(1), Events.epoch(2))));
    session.update(run);
    session.offer(run.id(), checkpoint());
    return run;
  }

  private String offer() {
    return offers.get(offers.size() - 1);
  }

  @Test
  void offersTheRunAndGoesOnFromItsCheckpoint() {
    assertThat(offer()).isEmpty();
    Run run = interrupted();
    assertThat(offer()).contains("1 Tiny").contains("after epoch 1 of 3");
    assertThat(canGoOn).isFalse();
    presenter.goOn();
    assertThat(training.calls).isEmpty();
    session.setData(new DataState.Ready(TinyDigits.split(200)));
    assertThat(canGoOn).isTrue();
    presenter.goOn();
    assertThat(training.calls).containsExactly("go on from 1 with 1");
    assertThat(session.run(run.id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
    assertThat(session.run(run.id()).orElseThrow().history()).hasSize(1);
    assertThat(offer()).isEmpty();
    presenter.goOn();
    assertThat(training.calls).hasSize(1);
  }

  @Test
  void canBeKeptAsItIs() {
    Run run = interrupted();
    presenter.keep();
    assertThat(offer()).isEmpty();
    assertThat(session.offers()).isEmpty();
    assertThat(session.run(run.id()).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void waitsForOtherRunsAndRefusesOtherData() {
    interrupted();
    session.setData(new DataState.Ready(TinyDigits.split(100)));
    assertThat(canGoOn).isFalse();
    assertThat(hint).contains("200").contains("100");
    session.setData(new DataState.Ready(TinyDigits.split(200)));
    session.begin(TinyDigits.experiment(1));
    assertThat(canGoOn).isFalse();
    assertThat(hint).contains("Wait");
  }

  @Test
  void aRunThatIsTakenAwayIsNotOffered() {
    Run run = interrupted();
    session.remove(run.id());
    assertThat(offer()).isEmpty();
  }
}
