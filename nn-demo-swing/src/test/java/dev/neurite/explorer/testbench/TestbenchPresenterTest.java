package dev.neurite.explorer.testbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.LaterAnalysis;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.service.DigitReading;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.service.Drawing;
import dev.neurite.explorer.service.Inference;
import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.explorer.service.Specimen;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TestbenchPresenterTest {
  private static final List<Float> SEEN = Collections.nCopies(784, 0.5f);
  private static final GreyImage DRAWING = new GreyImage(new float[4], 2, 2);

  private final Session session = new Session();
  private final FakeInference inference = new FakeInference();
  private final RecordedTestbench view = new RecordedTestbench();
  private final LaterAnalysis analysis = new LaterAnalysis();
  private final FakeShelf shelf = new FakeShelf();
  private final TestbenchPresenter presenter =
      new TestbenchPresenter(view, session, inference, analysis);

  @Test
  void withoutANetworkItShowsWhatOneWouldSee() {
    assertThat(view.sentence).contains("Train a network first");
    presenter.drawn(DRAWING);
    assertThat(inference.asked).hasSize(1).containsOnlyNulls();
    inference.answer(new DigitReading(SEEN, List.of(), List.of()));
    assertThat(view.seen).hasSize(784);
    assertThat(view.answer).isEmpty();
  }

  @Test
  void saysHowSureItIs() {
    train();
    presenter.drawn(DRAWING);
    inference.answer(reading(0.95f));
    assertThat(view.answer).isEqualTo("3");
    assertThat(view.winner).isEqualTo(3);
    assertThat(view.sentence).isEqualTo("It is sure: a 3 (95.00 %).");
    presenter.drawn(DRAWING);
    inference.answer(reading(0.6f));
    assertThat(view.sentence).startsWith("Probably");
    presenter.drawn(DRAWING);
    inference.answer(reading(0.3f));
    assertThat(view.sentence).startsWith("Not sure");
  }

  @Test
  void asksAgainWhenTheModelHasLearned() {
    Run run = train();
    presenter.drawn(DRAWING);
    Predictor newer = TinyDigits.predictor(2);
    session.update(run.withPredictor(newer));
    assertThat(inference.asked).hasSize(2);
    assertThat(inference.asked.get(1)).isSameAs(newer);
    session.update(session.run(run.id()).orElseThrow().after(Events.batch(1, 1, 1)));
    assertThat(inference.asked).hasSize(2); // the same model: nothing to ask
  }

  @Test
  void theAnswerToTheNewestQuestionStands() {
    presenter.setShelf(shelf);
    train();
    presenter.drawn(DRAWING);
    Consumer<DigitReading> first = inference.receiver;
    presenter.drawn(DRAWING);
    Consumer<DigitReading> second = inference.receiver;
    presenter.keep();
    first.accept(reading(0.3f));
    assertThat(view.sentence).as("better than nothing").startsWith("Not sure");
    assertThat(shelf.samples).as("it is not what is drawn now").isEmpty();
    second.accept(reading(0.95f));
    assertThat(view.sentence).startsWith("It is sure");
    assertThat(shelf.samples).hasSize(1);
    presenter.drawn(DRAWING);
    presenter.cleared();
    inference.receiver.accept(reading(0.95f));
    assertThat(view.answer).as("the canvas is empty").isEmpty();
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
    assertThat(view.model).isEqualTo("1 Tiny answers");
  }

  @Test
  void anAnswerThatComesAfterWipingIsNotShown() {
    train();
    presenter.drawn(DRAWING);
    presenter.cleared();
    inference.answer(reading(0.95f));
    assertThat(view.answer).isEmpty();
    assertThat(view.seen).isEmpty();
    assertThat(view.sentence).startsWith("Draw a digit");
  }

  @Test
  void aDigitIsTakenAsItIsAndSaysWhatItReallyIs() {
    train();
    DigitSample four = new DigitSample(SEEN, 4, "Image 12");
    presenter.look(four);
    assertThat(view.sample).isEqualTo(four);
    presenter.given(four); // the canvas shows it now
    assertThat(inference.specimen).isEqualTo(four);
    inference.answer(reading(0.95f));
    assertThat(view.sentence).isEqualTo("It is sure: a 3 (95.00 %). But Image 12 is a 4: wrong.");
    presenter.given(new DigitSample(SEEN, 3, "Image 13"));
    inference.answer(reading(0.95f));
    assertThat(view.sentence).endsWith("Image 13 is a 3: right.");
    assertThat(session.digit()).isEqualTo(SEEN);
  }

  @Test
  void anotherBlurReadsTheDrawingAgain() {
    presenter.drawn(DRAWING);
    presenter.chooseBlur(0.5);
    assertThat(inference.asked).hasSize(2);
    assertThat(inference.specimen).isEqualTo(new Drawing(DRAWING, 0.5));
    presenter.given(new DigitSample(SEEN, 3, "Image 13"));
    presenter.chooseBlur(3); // a finished digit is not blurred
    assertThat(inference.asked).hasSize(3);
    assertThat(presenter.blur()).isEqualTo(3);
  }

  @Test
  void twoNetworksAnswerToTheSameDrawing() {
    Run first = train();
    session.update(first.after(Events.ended(Outcome.COMPLETED, List.of())));
    assertThat(view.rivals).containsExactly("none");
    Run second = train();
    assertThat(view.rivals).containsExactly("none", "1 Tiny");
    presenter.drawn(DRAWING);
    assertThat(inference.rivals).containsOnlyNulls();
    presenter.chooseRival(1);
    assertThat(inference.asked.get(1)).isSameAs(second.predictor());
    assertThat(inference.rivals.get(1)).isSameAs(first.predictor());
    List<Float> other = new ArrayList<>(Collections.nCopies(10, 0.01f));
    other.set(8, 0.91f);
    inference.answer(new DigitReading(SEEN, reading(0.95f).probabilities(), other));
    assertThat(view.winner).isEqualTo(3);
    assertThat(view.rivalWinner).isEqualTo(8);
    assertThat(view.sentence).endsWith("The other says an 8.");

    session.select(first.id()); // the two change places
    assertThat(view.rivals).containsExactly("none", "2 Tiny");
    assertThat(view.rival).isEqualTo(1);
    assertThat(inference.asked.get(2)).isSameAs(first.predictor());
    assertThat(inference.rivals.get(2)).isSameAs(second.predictor());
    presenter.chooseRival(0);
    assertThat(inference.rivals.get(3)).isNull();
  }

  @Test
  void aDrawingIsKeptAsTheNetworkSeesIt() {
    presenter.setShelf(shelf);
    presenter.keep();
    assertThat(shelf.samples).isEmpty(); // nothing is drawn
    presenter.drawn(DRAWING);
    presenter.keep(); // before the answer has come
    assertThat(shelf.samples).isEmpty();
    inference.answer(new DigitReading(SEEN, List.of(), List.of()));
    assertThat(shelf.samples).containsExactly(new DigitSample(SEEN, -1, "Drawing"));
    DigitSample four = new DigitSample(SEEN, 4, "Image 12");
    presenter.given(four);
    inference.answer(reading(0.95f));
    presenter.keep();
    assertThat(shelf.samples.get(1)).isEqualTo(four);
  }

  @Test
  void aPictureFromOutsideComesToTheCanvasAndSeveralToTheShelf() {
    presenter.setShelf(shelf);
    presenter.brought(List.of(stripe("a.png")));
    analysis.runAll();
    assertThat(view.sample.name()).isEqualTo("a.png");
    assertThat(view.sample.pixels()).contains(1f);
    presenter.brought(
        List.of(new OutsidePicture("b.png", () -> new GreyImage(new float[400], 20, 20))));
    analysis.runAll();
    assertThat(view.sentence).startsWith("b.png: nothing on it");
    presenter.brought(
        List.of(
            new OutsidePicture(
                "c.txt",
                () -> {
                  throw new IOException("c.txt is no image");
                })));
    analysis.runAll();
    assertThat(view.sentence).isEqualTo("c.txt is no image.");
    presenter.brought(List.of(stripe("a.png"), stripe("d.png")));
    assertThat(shelf.pictures).extracting(OutsidePicture::name).containsExactly("a.png", "d.png");
  }

  @Test
  void classesWithNamesAreCalledByThem() {
    Run digits = train();
    session.update(digits.after(Events.ended(Outcome.COMPLETED, List.of())));
    Run clothes = session.begin(TinyDigits.withClothes(1));
    session.update(clothes.withPredictor(TinyDigits.predictor(2)));
    List<String> names = TinyDigits.clothes().classNames();
    assertThat(view.own.names()).isEqualTo(names).element(3).isEqualTo("Dress");
    presenter.given(new DigitSample(SEEN, 4, "Image 12", names));
    inference.answer(reading(0.95f));
    assertThat(view.answer).isEqualTo("Dress");
    assertThat(view.sentence)
        .isEqualTo("It is sure: Dress (95.00 %). But Image 12 is Coat: wrong.");
    presenter.given(new DigitSample(SEEN, 3, "Image 9")); // a digit: not what it was asked for
    inference.answer(reading(0.95f));
    assertThat(view.sentence).endsWith("Image 9 is a 3.");
    presenter.chooseRival(1);
    inference.answer(
        new DigitReading(SEEN, reading(0.95f).probabilities(), reading(0.95f).probabilities()));
    assertThat(view.other).isEqualTo(ClassWords.DIGITS);
    assertThat(view.sentence).endsWith("The other says a 3."); // number 3 of other classes
    session.select(digits.id());
    assertThat(view.own).isEqualTo(ClassWords.DIGITS);
    assertThat(view.other.names()).isEqualTo(names);
  }

  private static OutsidePicture stripe(String name) {
    float[] pixels = new float[400];
    for (int y = 4; y < 16; y++) {
      pixels[y * 20 + 10] = 1;
    }
    return new OutsidePicture(name, () -> new GreyImage(pixels, 20, 20));
  }

  private static final class FakeShelf implements TestbenchPresenter.Shelf {
    final List<DigitSample> samples = new ArrayList<>();
    final List<OutsidePicture> pictures = new ArrayList<>();

    @Override
    public void keep(DigitSample sample) {
      samples.add(sample);
    }

    @Override
    public void keep(List<OutsidePicture> newPictures) {
      pictures.addAll(newPictures);
    }
  }

  private Run train() {
    Run run = session.begin(TinyDigits.experiment(1));
    Run learned = run.withPredictor(TinyDigits.predictor(1));
    session.update(learned);
    return learned;
  }

  private static DigitReading reading(float probabilityOfThree) {
    List<Float> probabilities =
        new ArrayList<>(Collections.nCopies(10, (1 - probabilityOfThree) / 9));
    probabilities.set(3, probabilityOfThree);
    return new DigitReading(SEEN, probabilities, List.of());
  }

  private static final class FakeInference implements Inference {
    final List<Predictor> asked = new ArrayList<>();
    final List<Predictor> rivals = new ArrayList<>();
    Specimen specimen;
    Consumer<DigitReading> receiver;

    @Override
    public void read(
        Specimen newSpecimen,
        Predictor predictor,
        Predictor rival,
        Consumer<DigitReading> newReceiver) {
      specimen = newSpecimen;
      asked.add(predictor);
      rivals.add(rival);
      receiver = newReceiver;
    }

    void answer(DigitReading reading) {
      receiver.accept(reading);
    }
  }
}
