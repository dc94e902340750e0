package dev.neurite.explorer.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.Session;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LessonsPresenterTest {
  private final Session session = new Session();
  private final List<TourStep> begun = new ArrayList<>();
  private List<LessonsView.StepFace> steps;
  private final LessonsPresenter presenter =
      new LessonsPresenter(
          newSteps -> steps = newSteps,
          session,
          new Tour() {
            @Override
            public void begin(TourStep step) {
              begun.add(step);
            }

            @Override
            public boolean canBegin(TourStep step) {
              return step != TourStep.PRUNE;
            }
          },
          run -> run.experiment().name().equals("Pruned"));

  @Test
  void oneStepComesAfterTheOther() {
    assertThat(steps).extracting(LessonsView.StepFace::next).containsExactly(true, false, false);
    presenter.begun(TourStep.SIMPLE);
    presenter.begun(TourStep.PRUNE); // not possible
    assertThat(begun).containsExactly(TourStep.SIMPLE);
    finish("Simple", 128, Outcome.CANCELLED);
    assertThat(steps.get(0).done()).isFalse();
    finish("Simple", 128, Outcome.COMPLETED);
    assertThat(steps.get(0).done()).isTrue();
    assertThat(steps.get(0).result())
        .isEqualTo("2 Simple: 10.00 % right on validation images, 101,770 parameters");
    assertThat(steps).extracting(LessonsView.StepFace::next).containsExactly(false, true, false);
    finish("Wide", 512, Outcome.COMPLETED);
    finish("Pruned", 256, Outcome.COMPLETED);
    assertThat(steps).allMatch(LessonsView.StepFace::done);
  }

  private void finish(String name, int units, Outcome outcome) {
    Run run =
        session.begin(
            new Experiment(
                name,
                ModelSpec.inputs(784).dense(units, Activation.RELU).output(10, Activation.SOFTMAX),
                TinyDigits.experiment(1).training(),
                "",
                ""));
    session.update(run.after(Events.ended(outcome, List.of(Events.epoch(1)))));
  }
}
