package dev.neurite.explorer.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.ManualEventThread;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.ModelFigures;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.explorer.session.PruningRecord.Stage;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.schedule.CosineSchedule;
import dev.neurite.nn.train.TrainingResult.Outcome;
import dev.neurite.nn.train.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LessonsPresenterTest {
  private final Session session = new Session();
  private final ManualEventThread eventThread = new ManualEventThread();
  private final List<TourStep> begun = new ArrayList<>();
  private final FakeView view = new FakeView();
  private boolean possible = true;
  private final LessonsPresenter presenter =
      new LessonsPresenter(
          view,
          session,
          new Tour() {
            @Override
            public void begin(TourStep step) {
              begun.add(step);
            }

            @Override
            public boolean canBegin(TourStep step) {
              return possible;
            }
          },
          eventThread);

  @Test
  void oneStepComesAfterTheOtherAndSaysWhatHappened() {
    assertThat(view.next()).containsExactly(true, false, false);
    assertThat(view.news()).containsOnly("");
    presenter.begun(TourStep.SIMPLE);
    assertThat(begun).containsExactly(TourStep.SIMPLE);
    Run simple = session.begin(simple());
    assertThat(view.news().get(0)).isEqualTo("1 Simple is being trained: epoch 1 of 1.");
    end(simple, Outcome.COMPLETED, 2);
    assertThat(view.done()).containsExactly(true, false, false);
    assertThat(view.news().get(0))
        .startsWith(
            "1 Simple gets 20.00 % of the validation images right with 101,770 parameters.");
    assertThat(view.next()).containsExactly(false, true, false);
    end(session.begin(wide(true, true)), Outcome.STOPPED_EARLY, 3);
    assertThat(view.news().get(1))
        .isEqualTo(
            "2 Wide gets 30.00 % right with 407,050 parameters."
                + " 10.00 points better than 1 Simple, with 4.0 times its parameters.");
    end(prune(new RunId(2)), Outcome.COMPLETED, 2);
    assertThat(view.news().get(2))
        .isEqualTo(
            "3 Pruned gets 20.00 % right. 90.00 % of the weights are gone; 41,175 parameters are"
                + " left. As often right as 1 Simple, with 0.4 times its parameters. 10.00 points"
                + " worse than 2 Wide, with 0.1 times its parameters.");
    assertThat(view.done()).containsOnly(true);
    assertThat(view.text).startsWith("All three steps are done.");
    assertThat(begun).hasSize(1); // only what the user asked for
  }

  @Test
  void anAttemptThatIsNotWhatWasMeantDoesNotCountAndIsToldWhy() {
    end(session.begin(simple()), Outcome.CANCELLED, 1);
    assertThat(view.news().get(0)).contains("1 Simple was stopped before its end");
    end(session.begin(simple()), Outcome.DIVERGED, 1);
    assertThat(view.news().get(0)).contains("diverged");
    session.update(session.begin(simple()).failed("why"));
    assertThat(view.news().get(0)).contains("3 Simple failed");
    end(session.begin(wide(false, true)), Outcome.COMPLETED, 1);
    assertThat(view.news().get(1)).contains("4 Wide is as wide, but was not trained smartly");
    end(session.begin(wide(true, false)), Outcome.COMPLETED, 1);
    assertThat(view.news().get(1)).contains("5 Wide is as wide, but was not trained smartly");
    end(prune(new RunId(5)), Outcome.COMPLETED, 1);
    assertThat(view.news().get(2)).contains("not pruned from the Wide of step 2");
    assertThat(view.done()).containsOnly(false);

    end(session.begin(wide(true, true)), Outcome.COMPLETED, 1);
    end(prune(new RunId(7)), Outcome.COMPLETED, 1);
    end(prune(new RunId(8)), Outcome.COMPLETED, 1); // pruned further: still of Wide
    assertThat(view.done()).containsExactly(false, true, true);
    assertThat(view.news().get(2)).startsWith("9 Pruned gets");
  }

  @Test
  void runsOfOtherDataDoNotCount() {
    Experiment digits = simple();
    end(
        session.begin(
            new Experiment(
                "Simple",
                digits.model(),
                digits.training(),
                "",
                "",
                Augmentation.NONE,
                TinyDigits.clothes(),
                "")),
        Outcome.COMPLETED,
        1);
    assertThat(view.done().get(0)).isFalse();
    session.chooseData("fashion");
    assertThat(session.dataKind()).isEqualTo(DataKind.named("fashion"));
    assertThat(view.done().get(0)).isTrue();
  }

  @Test
  void theWholeTourGoesOnByItself() {
    presenter.toggled();
    assertThat(begun).containsExactly(TourStep.SIMPLE);
    assertThat(view.goesOn).isTrue();
    end(session.begin(simple()), Outcome.COMPLETED, 1);
    assertThat(begun).as("not while others hear of the end").hasSize(1);
    eventThread.runAll();
    assertThat(begun).containsExactly(TourStep.SIMPLE, TourStep.WIDE);
    end(session.begin(wide(true, true)), Outcome.COMPLETED, 1);
    eventThread.runAll();
    assertThat(begun).containsExactly(TourStep.SIMPLE, TourStep.WIDE, TourStep.PRUNE);
    end(prune(new RunId(2)), Outcome.COMPLETED, 1);
    eventThread.runAll();
    assertThat(begun).hasSize(3);
    assertThat(view.goesOn).isFalse();
  }

  @Test
  void theTourEndsWhenTheUserWantsItOrAStepIsStopped() {
    presenter.toggled();
    Run simple = session.begin(simple());
    presenter.toggled();
    assertThat(view.goesOn).isFalse();
    end(simple, Outcome.COMPLETED, 1);
    eventThread.runAll();
    assertThat(begun).containsExactly(TourStep.SIMPLE);

    presenter.toggled(); // from the first step that is not done
    assertThat(begun).containsExactly(TourStep.SIMPLE, TourStep.WIDE);
    end(session.begin(wide(true, true)), Outcome.CANCELLED, 1);
    eventThread.runAll();
    assertThat(view.goesOn).isFalse();
    assertThat(begun).hasSize(2);

    possible = false;
    presenter.toggled();
    assertThat(view.goesOn).isFalse();
    assertThat(begun).hasSize(2);
  }

  private static Experiment simple() {
    return experiment("Simple", 128, false, true);
  }

  private static Experiment wide(boolean dropout, boolean constantNot) {
    return experiment("Wide", 512, dropout, !constantNot);
  }

  private static Experiment experiment(
      String name, int units, boolean dropout, boolean constantRate) {
    ModelSpec.Builder layers = ModelSpec.inputs(784).dense(units, Activation.RELU);
    ModelSpec model = (dropout ? layers.dropout(0.25f) : layers).output(10, Activation.SOFTMAX);
    TrainingSpec training =
        TrainingSpec.classifier(1)
            .withSchedule(
                constantRate ? new ConstantSchedule(0.01) : new CosineSchedule(0.01, 0, 10));
    return new Experiment(name, model, training, "", "");
  }

  private Run prune(RunId parent) {
    Run run =
        session.begin(
            new Experiment("Pruned", wide(true, true).model(), TrainingSpec.classifier(1), "", ""),
            new PruningOrder(
                parent,
                "",
                PruningOrder.Method.ONE_SHOT,
                PruningScope.GLOBAL,
                PruningOrder.Grain.WEIGHTS,
                0.9,
                1,
                1));
    int gone = (int) Math.round(0.9 * (784 * 512 + 512 * 10));
    ModelFigures figures = new ModelFigures(0.2, 0.2, 407_050, 407_050 - gone, 200_000, 0.00001);
    Run tuned = run.withPruning(run.pruning().with(Stage.TUNED, figures));
    session.update(tuned);
    return tuned;
  }

  private void end(Run run, Outcome outcome, int epoch) {
    session.update(run.after(Events.ended(outcome, List.of(Events.epoch(epoch)))));
  }

  private static final class FakeView implements LessonsView {
    private List<StepFace> steps = List.of();
    private boolean goesOn;
    private String text = "";

    @Override
    public void showTour(boolean newGoesOn, boolean isPossible, String newText) {
      goesOn = newGoesOn;
      text = newText;
    }

    @Override
    public void showSteps(List<StepFace> newSteps) {
      steps = newSteps;
    }

    List<Boolean> next() {
      return steps.stream().map(StepFace::next).toList();
    }

    List<Boolean> done() {
      return steps.stream().map(StepFace::done).toList();
    }

    List<String> news() {
      return steps.stream().map(StepFace::news).toList();
    }
  }
}
