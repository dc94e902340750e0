package dev.neurite.explorer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.RecordedTraining;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.service.Observation;
import dev.neurite.explorer.service.RunEvent;
import dev.neurite.explorer.service.RunProgress;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.LossTrace;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.eval.LayerDiagnosis;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingPresenterTest {
  private final Session session = new Session();
  private final RecordedTraining training = new RecordedTraining();
  private final FakeView view = new FakeView();
  private final TrainingPresenter presenter = new TrainingPresenter(view, session, training);

  @Test
  void nothingCanBeStartedBeforeTheDataAndAValidPlanAreThere() {
    assertThat(view.face.mood()).isEqualTo(TrainingFace.Mood.EMPTY);
    assertThat(view.face.commands()).isEmpty();
    assertThat(view.face.startHint()).contains("Waiting");
    session.setData(new DataState.Missing("gone"));
    assertThat(view.face.startHint()).contains("missing");
    session.setData(new DataState.Ready(TinyDigits.split(200)));
    assertThat(view.face.startHint()).contains("not valid");
    presenter.give(Command.START);
    presenter.toggle();
    assertThat(training.calls).isEmpty();
    session.plan(TinyDigits.experiment(3));
    assertThat(view.face.commands()).containsExactlyInAnyOrder(Command.START, Command.STEP);
    assertThat(view.face.startHint()).contains("Start");
  }

  @Test
  void commandsReachTraining() {
    ready();
    presenter.give(Command.START);
    assertThat(view.face.commands())
        .containsExactlyInAnyOrder(Command.PAUSE, Command.STEP, Command.STOP, Command.QUEUE);
    presenter.give(Command.START); // not possible now
    presenter.give(Command.PAUSE);
    say(Events.started(), Events.batch(1, 1, 2), new TrainingEvent.Paused(1, 1));
    assertThat(view.face.mood()).isEqualTo(TrainingFace.Mood.PAUSED);
    presenter.give(Command.STEP);
    presenter.give(Command.RESUME);
    say(new TrainingEvent.Resumed());
    presenter.give(Command.STOP);
    assertThat(training.calls).containsExactly("start RUN", "pause", "step", "resume", "stop");
  }

  @Test
  void queuedRunsTrainOneAfterAnotherWhileTheUserLooksElsewhere() {
    ready();
    presenter.give(Command.START);
    presenter.give(Command.QUEUE);
    presenter.give(Command.QUEUE);
    assertThat(view.queue).containsExactly("Tiny", "Tiny");
    say(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1))));
    assertThat(view.queue).hasSize(1);
    assertThat(session.runs()).hasSize(2);
    assertThat(session.selected().orElseThrow().id()).isEqualTo(new RunId(2)); // went along
    session.select(new RunId(1));
    say(Events.ended(Outcome.CANCELLED, List.of()));
    assertThat(session.runs()).hasSize(3);
    assertThat(session.selected().orElseThrow().id()).isEqualTo(new RunId(1)); // stayed
    assertThat(view.queue).isEmpty();
    assertThat(training.calls).containsExactly("start RUN", "start RUN", "start RUN");
  }

  @Test
  void aQueuedRunWaitsForItsOwnImages() {
    ready();
    presenter.give(Command.START);
    session.plan(TinyDigits.withClothes(3));
    presenter.give(Command.QUEUE);
    session.plan(TinyDigits.experiment(3));
    presenter.give(Command.QUEUE);
    List<String> wanted = new ArrayList<>();
    session.addListener(
        new SessionListener() {
          @Override
          public void dataWanted(String name) {
            wanted.add(name);
          }
        });
    say(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1))));
    assertThat(wanted).containsExactly("fashion");
    assertThat(session.runs()).hasSize(1);
    DataSplit clothes = TinyDigits.split(20);
    session.setData("fashion", new DataState.Ready(clothes, false, TinyDigits.clothes()));
    assertThat(session.runs()).hasSize(2);
    assertThat(training.data).isSameAs(clothes);
    say(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1))));
    assertThat(training.data).isSameAs(session.split("mnist").orElseThrow());
  }

  @Test
  void aQueuedRunWithoutImagesFailsAndTheNextBegins() {
    ready();
    session.setData("fashion", new DataState.Missing("four files"));
    presenter.give(Command.START);
    session.plan(TinyDigits.withClothes(3));
    presenter.give(Command.QUEUE);
    session.plan(TinyDigits.experiment(3));
    presenter.give(Command.QUEUE);
    say(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1))));
    assertThat(session.runs())
        .extracting(Run::state)
        .containsExactly(RunState.COMPLETED, RunState.FAILED, RunState.RUNNING);
    assertThat(session.runs().get(1).message()).isEqualTo("four files");
  }

  @Test
  void aQueueOfAnEarlierSessionBeginsWhenTheUserWantsIt() {
    ready();
    session.setQueue(List.of(TinyDigits.experiment(2), TinyDigits.experiment(4)));
    assertThat(view.queue).hasSize(2);
    assertThat(view.canBegin).isTrue();
    assertThat(training.calls).isEmpty();
    presenter.queueBegun();
    assertThat(view.canBegin).isFalse();
    assertThat(session.selected().orElseThrow().experiment().training().epochs()).isEqualTo(2);
    assertThat(session.queue()).containsExactly(TinyDigits.experiment(4));
    presenter.queueBegun(); // one trains
    assertThat(session.runs()).hasSize(1);
    presenter.queueCleared();
    assertThat(view.queue).isEmpty();
  }

  @Test
  void layersAreShownInWordsAndEvaluationCountsForTheTimeLeft() {
    ready();
    presenter.give(Command.START);
    say(Events.started(), Events.batch(1, 5, 2));
    List<Integer> counts = Collections.nCopies(LayerDiagnosis.BINS, 1);
    training.receiver.accept(
        new RunProgress(
            List.of(
                new RunEvent.Observed(
                    new Observation(
                        2,
                        List.of(
                            new LayerDiagnosis(16, 9, 0.25, 0, 0.5f, counts),
                            new LayerDiagnosis(10, 0, 0.5, 16, 1f, counts))))),
            LossTrace.EMPTY));
    assertThat(view.layers)
        .extracting(LayerFace::title)
        .containsExactly("Layer 1: 784 to 16, relu", "Layer 2: 16 to 10, softmax");
    assertThat(view.layers.get(0).sentence())
        .isEqualTo("gradient norm 0.25, 9 of 16 units dead, 0.00 % pruned");
    assertThat(view.layers.get(0).warns()).isTrue();
    assertThat(view.layers.get(1).sentence()).contains("10.00 % pruned");
    assertThat(view.layers.get(1).gradientNorms()).containsExactly(0.5);
    say(Events.batch(1, 5, 2));
    assertThat(view.face.figures().time()).isEqualTo("8.5 s"); // 500 rows and 3 evaluations of 2 s
  }

  @Test
  void theSpaceKeyStartsPausesAndResumes() {
    ready();
    presenter.toggle();
    presenter.toggle();
    say(new TrainingEvent.Paused(1, 1));
    presenter.toggle();
    assertThat(training.calls).containsExactly("start RUN", "pause", "resume");
  }

  @Test
  void stepBeginsARunWithOneBatch() {
    ready();
    presenter.give(Command.STEP);
    assertThat(training.calls).containsExactly("start ONE_BATCH");
  }

  @Test
  void figuresAndProgressFollowTheEvents() {
    ready();
    presenter.give(Command.START);
    say(Events.started(), Events.batch(1, 5, 2));
    assertThat(view.face.progressText()).isEqualTo("Epoch 1 of 3, batch 5 of 10");
    assertThat(view.face.progress()).isEqualTo(5 / 30.0);
    assertThat(view.face.figures().trainAccuracy()).isEqualTo("75.00 %"); // 15 of 20
    assertThat(view.face.figures().validationAccuracy()).isEqualTo("–");
    assertThat(view.face.figures().speed()).isEqualTo("200"); // 100 rows in 0.5 s
    assertThat(view.face.figures().time()).isEqualTo("2.5 s"); // 500 rows left
    assertThat(view.face.figures().timeIsLeft()).isTrue();
    say(Events.epochCompleted(1));
    assertThat(view.face.figures().validationAccuracy()).isEqualTo("10.00 %");
    assertThat(view.curves.orElseThrow().validationLoss().y()).containsExactly(2.0);
    assertThat(view.curves.orElseThrow().epochs()).isEqualTo(3);
  }

  @Test
  void everyEndHasAFaceAndAMessageOfItsOwn() {
    ready();
    List<String> messages = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      presenter.give(Command.START);
      say(Events.started(), Events.batch(1, 3, 2), Events.epochCompleted(1));
      say(Events.ended(outcome, List.of(Events.epoch(1))));
      TrainingFace.Mood expected =
          switch (outcome) {
            case COMPLETED, STOPPED_EARLY -> TrainingFace.Mood.DONE;
            case CANCELLED -> TrainingFace.Mood.STOPPED;
            case DIVERGED -> TrainingFace.Mood.WRONG;
          };
      assertThat(view.face.mood()).isEqualTo(expected);
      assertThat(view.face.figures().time()).isEqualTo("13 s");
      assertThat(view.face.figures().timeIsLeft()).isFalse();
      assertThat(view.face.commands()).contains(Command.START);
      messages.add(view.face.message());
    }
    presenter.give(Command.START);
    training.receiver.accept(
        new RunProgress(List.of(new RunEvent.Failed("out of luck")), LossTrace.EMPTY));
    assertThat(view.face.mood()).isEqualTo(TrainingFace.Mood.WRONG);
    messages.add(view.face.message());

    assertThat(messages).hasSize(5).doesNotHaveDuplicates();
    assertThat(messages.get(0)).contains("1 epoch.").contains("10.00 %");
    assertThat(messages.get(2)).contains("epoch 1 after 3 of 10 batches");
    assertThat(messages.get(3)).contains("infinite in epoch 2").contains("learning rate");
    assertThat(messages.get(4)).contains("out of luck");
  }

  @Test
  void theCurvesAreThoseOfTheRunThatIsLookedAt() {
    ready();
    presenter.give(Command.START);
    say(Events.started(), Events.epochCompleted(1));
    say(Events.ended(Outcome.CANCELLED, List.of(Events.epoch(1))));
    presenter.give(Command.START);
    say(Events.started());
    assertThat(view.curves.orElseThrow().trainLoss()).isEqualTo(Curve.EMPTY);

    session.select(new RunId(1));
    assertThat(view.curves.orElseThrow().trainLoss().y()).containsExactly(1.0);
    assertThat(view.face.title()).startsWith("1 Tiny");
    say(Events.batch(1, 4, 2)); // the other run goes on; the progress bar is its
    assertThat(view.face.title()).startsWith("1 Tiny");
    assertThat(view.face.progressText()).isEqualTo("Epoch 1 of 3, batch 4 of 10");
  }

  @Test
  void infiniteLossesAreLeftOutOfTheCurves() {
    ready();
    presenter.give(Command.START);
    LossTrace trace =
        new LossTrace(
            List.of(
                new LossTrace.Point(0.1, 1, 2, 2, 2, 0.1),
                new LossTrace.Point(0.2, 1, Double.POSITIVE_INFINITY, 2, 2, 0.1)));
    training.receiver.accept(new RunProgress(List.of(), trace));
    assertThat(view.curves.orElseThrow().batchLoss().y()).containsExactly(2.0);
  }

  private void ready() {
    session.setData(new DataState.Ready(TinyDigits.split(200)));
    session.plan(TinyDigits.experiment(3));
  }

  private void say(TrainingEvent... events) {
    List<RunEvent> said = Arrays.stream(events).<RunEvent>map(RunEvent.Trained::new).toList();
    training.receiver.accept(new RunProgress(said, LossTrace.EMPTY));
  }

  private static final class FakeView implements TrainingView {
    List<String> queue;
    boolean canBegin;
    List<LayerFace> layers;
    TrainingFace face;
    Optional<RunCurves> curves;

    @Override
    public void showFace(TrainingFace newFace) {
      face = newFace;
    }

    @Override
    public void showQueue(List<String> names, boolean newCanBegin) {
      queue = names;
      canBegin = newCanBegin;
    }

    @Override
    public void showLayers(List<LayerFace> newLayers) {
      layers = newLayers;
    }

    @Override
    public void showCurves(Optional<RunCurves> newCurves) {
      curves = newCurves;
    }
  }
}
