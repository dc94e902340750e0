package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.DigitReading;
import dev.neurite.explorer.service.Inference;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.nn.model.Predictor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the model of the run that is looked at, whenever the drawing or the model changes. */
public final class TestbenchPresenter {
  private static final double SURE = 0.9;
  private static final double UNSURE = 0.5;

  private final TestbenchView view;
  private final Session session;
  private final Inference inference;
  private @Nullable GreyImage drawing;
  private @Nullable Predictor asked;
  private boolean waitsForAnswer;

  /** Shows that nothing is drawn. */
  public TestbenchPresenter(TestbenchView view, Session session, Inference inference) {
    this.view = view;
    this.session = session;
    this.inference = inference;
    session.addListener(
        new SessionListener() {
          @Override
          public void runChanged(Run run) {
            modelMayHaveChanged();
          }

          @Override
          public void selectionChanged() {
            modelMayHaveChanged();
          }
        });
    showModel();
    show(DigitReading.NOTHING);
  }

  /** The user drew; the picture is white ink on black. */
  public void drawn(GreyImage picture) {
    drawing = picture;
    ask();
  }

  /** The user wiped the canvas. */
  public void cleared() {
    drawing = null;
    waitsForAnswer = false;
    show(DigitReading.NOTHING);
    session.lookAt(List.of());
  }

  private void modelMayHaveChanged() {
    showModel();
    if (predictor() != asked) {
      if (drawing == null) {
        asked = predictor();
        show(DigitReading.NOTHING);
      } else {
        ask();
      }
    }
  }

  private @Nullable Predictor predictor() {
    return session.answering().map(Run::predictor).orElse(null);
  }

  private void ask() {
    GreyImage picture = drawing;
    if (picture != null) {
      asked = predictor();
      waitsForAnswer = true;
      inference.read(asked, picture, this::answered);
    }
  }

  private void answered(DigitReading reading) {
    if (waitsForAnswer) { // else the canvas was wiped meanwhile
      show(reading);
      session.lookAt(reading.seen());
    }
  }

  private void showModel() {
    Optional<Run> run = session.answering();
    view.showModel(
        run.map(
                r ->
                    Texts.format(
                        r.state().isActive() ? "testbench.modelInTraining" : "testbench.model",
                        r.name()))
            .orElse(Texts.get("testbench.noModel")));
  }

  private void show(DigitReading reading) {
    view.showSeen(reading.seen());
    List<Float> probabilities = reading.probabilities();
    if (probabilities.isEmpty()) {
      view.showProbabilities(probabilities, -1);
      boolean hasModel = predictor() != null;
      view.showAnswer("", Texts.get(hasModel ? "testbench.draw" : "testbench.trainFirst"));
      return;
    }
    int winner = 0;
    for (int i = 1; i < probabilities.size(); i++) {
      if (probabilities.get(i) > probabilities.get(winner)) {
        winner = i;
      }
    }
    view.showProbabilities(probabilities, winner);
    double probability = probabilities.get(winner);
    String key =
        probability >= SURE
            ? "testbench.sure"
            : probability >= UNSURE ? "testbench.likely" : "testbench.unsure";
    view.showAnswer(
        String.valueOf(winner), Texts.format(key, winner, Figures.percent(probability)));
  }
}
