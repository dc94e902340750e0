package dev.neurite.explorer.testbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.service.DigitReading;
import dev.neurite.explorer.service.Inference;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.Session;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TestbenchPresenterTest {
  private static final GreyImage DRAWING = new GreyImage(new float[4], 2, 2);

  private final Session session = new Session();
  private final FakeInference inference = new FakeInference();
  private final FakeView view = new FakeView();
  private final TestbenchPresenter presenter = new TestbenchPresenter(view, session, inference);

  @Test
  void withoutANetworkItShowsWhatOneWouldSee() {
    assertThat(view.sentence).contains("Train a network first");
    presenter.drawn(DRAWING);
    assertThat(inference.asked).hasSize(1).containsOnlyNulls();
    inference.answer(new DigitReading(Collections.nCopies(784, 0.5f), List.of()));
    assertThat(view.seen).hasSize(784);
    assertThat(view.digit).isEmpty();
  }

  @Test
  void saysHowSureItIs() {
    train();
    presenter.drawn(DRAWING);
    inference.answer(reading(0.95f));
    assertThat(view.digit).isEqualTo("3");
    assertThat(view.winner).isEqualTo(3);
    assertThat(view.sentence).isEqualTo("It is sure: a 3 (95.00 %).");
    inference.answer(reading(0.6f));
    assertThat(view.sentence).startsWith("Probably");
    inference.answer(reading(0.3f));
    assertThat(view.sentence).startsWith("Not sure");
  }

  @Test
  void asksAgainWhenTheModelHasLearned() {
    Run run = train();
    presenter.drawn(DRAWING);
    Predictor newer = predictor(2);
    session.update(run.withPredictor(newer));
    assertThat(inference.asked).hasSize(2);
    assertThat(inference.asked.get(1)).isSameAs(newer);
    session.update(session.run(run.id()).orElseThrow().after(Events.batch(1, 1, 1)));
    assertThat(inference.asked).hasSize(2); // the same model: nothing to ask
  }

  @Test
  void asksTheModelOfTheRunThatIsLookedAt() {
    Run first = train();
    session.update(first.after(Events.ended(Outcome.COMPLETED, List.of())));
    Run second = train();
    presenter.drawn(DRAWING);
    assertThat(inference.asked.get(0)).isSameAs(second.predictor());
    session.select(first.id());
    assertThat(inference.asked.get(1)).isSameAs(first.predictor());
    assertThat(view.model).isEqualTo("Run 1 Tiny answers");
  }

  @Test
  void anAnswerThatComesAfterWipingIsNotShown() {
    train();
    presenter.drawn(DRAWING);
    presenter.cleared();
    inference.answer(reading(0.95f));
    assertThat(view.digit).isEmpty();
    assertThat(view.seen).isEmpty();
    assertThat(view.sentence).startsWith("Draw a digit");
  }

  private Run train() {
    Run run = session.begin(TinyDigits.experiment(1));
    Run learned = run.withPredictor(predictor(1));
    session.update(learned);
    return learned;
  }

  private static Predictor predictor(long seed) {
    return new Predictor(Model.create(TinyDigits.experiment(1).model(), seed));
  }

  private static DigitReading reading(float probabilityOfThree) {
    List<Float> probabilities =
        new ArrayList<>(Collections.nCopies(10, (1 - probabilityOfThree) / 9));
    probabilities.set(3, probabilityOfThree);
    return new DigitReading(Collections.nCopies(784, 0.5f), probabilities);
  }

  private static final class FakeInference implements Inference {
    final List<Predictor> asked = new ArrayList<>();
    Consumer<DigitReading> receiver;

    @Override
    public void read(Predictor predictor, GreyImage drawing, Consumer<DigitReading> newReceiver) {
      asked.add(predictor);
      receiver = newReceiver;
    }

    void answer(DigitReading reading) {
      receiver.accept(reading);
    }
  }

  private static final class FakeView implements TestbenchView {
    List<Float> seen;
    int winner;
    String digit;
    String sentence;
    String model;

    @Override
    public void showSeen(List<Float> pixels) {
      seen = pixels;
    }

    @Override
    public void showProbabilities(List<Float> probabilities, int newWinner) {
      winner = newWinner;
    }

    @Override
    public void showAnswer(String newDigit, String newSentence) {
      digit = newDigit;
      sentence = newSentence;
    }

    @Override
    public void showModel(String text) {
      model = text;
    }
  }
}
