package dev.neurite.explorer.testbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.LaterAnalysis;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.service.DigitReading;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.ui.SlotFace;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The three presenters of the test tab together, as the app wires them, without Swing. */
class TestTabTest {
  private static final int TEST_IMAGES = 150;

  private final Session session = new Session();
  private final LaterAnalysis analysis = new LaterAnalysis();
  private final DataSplit data = TinyDigits.split(200, TEST_IMAGES);
  private final RecordedTestImages images = new RecordedTestImages();
  private final RecordedSlots slots = new RecordedSlots();
  private final RecordedTestbench bench = new RecordedTestbench();
  private final TestbenchPresenter testbench =
      new TestbenchPresenter(
          bench,
          session,
          (specimen, predictor, rival, receiver) ->
              receiver.accept(reading((DigitSample) specimen, predictor, rival)),
          analysis);
  private final SlotsPresenter shelf =
      new SlotsPresenter(slots, session, analysis, testbench::blur, testbench::look);
  private final TestImagesPresenter list =
      new TestImagesPresenter(images, session, analysis, testbench::look, shelf::keep);

  TestTabTest() {
    testbench.setShelf(shelf);
    session.setData(new DataState.Ready(data));
  }

  private static DigitReading reading(DigitSample sample, Predictor predictor, Predictor rival) {
    return new DigitReading(sample.pixels(), answers(predictor, sample), answers(rival, sample));
  }

  private static List<Float> answers(Predictor predictor, DigitSample sample) {
    List<Float> answers = new ArrayList<>();
    if (predictor != null) {
      for (float answer : predictor.predict(sample.toArray())) {
        answers.add(answer);
      }
    }
    return answers;
  }

  private Predictor train(long seed) {
    Predictor predictor = TinyDigits.predictor(seed);
    session.update(session.begin(TinyDigits.experiment(1)).withPredictor(predictor));
    return predictor;
  }

  private void open() {
    list.setVisible(true);
    analysis.runAll();
  }

  @Test
  void tenDigitsOfTheListAreDraggedIntoTheSlotsAndPredictedAtOnce() {
    Predictor predictor = train(1);
    open();
    for (int i = 0; i < SlotsPresenter.SLOTS; i++) {
      shelf.put(9 - i, images.samples.get(i)); // the drop of what was dragged
    }
    shelf.predictAll();
    analysis.runAll();
    int right = 0;
    for (int i = 0; i < SlotsPresenter.SLOTS; i++) {
      int winner = Predictor.argMax(predictor.predict(images.samples.get(i).toArray()));
      SlotFace face = slots.faces.get(9 - i);
      assertThat(face.pixels()).isEqualTo(images.samples.get(i).pixels());
      assertThat(face.answer()).isEqualTo(String.valueOf(winner));
      assertThat(face.verdict())
          .isEqualTo(winner == i ? SlotFace.Verdict.RIGHT : SlotFace.Verdict.WRONG);
      right += winner == i ? 1 : 0;
    }
    assertThat(slots.status).isEqualTo("Run 1 Tiny: %d of 10 right.".formatted(right));
    list.keep(11); // no slot is free
    assertThat(slots.status).startsWith("All ten slots are full");
    shelf.empty(4);
    list.keep(11);
    assertThat(shelf.at(4).name()).isEqualTo("Image 11");
  }

  @Test
  void aDigitOfTheListIsDraggedOntoTheModelAndOneOfASlotToo() {
    Predictor predictor = train(1);
    open();
    DigitSample image = images.samples.get(7);
    testbench.look(image);
    assertThat(bench.sample).isEqualTo(image);
    testbench.given(image); // the canvas shows it now
    int winner = Predictor.argMax(predictor.predict(image.toArray()));
    assertThat(bench.answer).isEqualTo(String.valueOf(winner));
    assertThat(bench.sentence).endsWith("Image 7 is a 7: " + (winner == 7 ? "right." : "wrong."));
    assertThat(session.digit()).isEqualTo(image.pixels());
    list.keep(3);
    shelf.look(0);
    assertThat(bench.sample).isEqualTo(images.samples.get(3));
    list.look(5);
    assertThat(bench.sample).isEqualTo(images.samples.get(5));
  }

  @Test
  void pasteGoesToTheModelAndSeveralPicturesGoToTheSlots() {
    testbench.brought(List.of(stripe("pasted")));
    analysis.runAll();
    assertThat(bench.sample.name()).isEqualTo("pasted");
    assertThat(bench.sample.isLabelled()).isFalse();
    testbench.brought(List.of(stripe("a.png"), stripe("b.png")));
    analysis.runAll();
    assertThat(shelf.at(0).name()).isEqualTo("a.png");
    assertThat(shelf.at(1).name()).isEqualTo("b.png");
    assertThat(shelf.at(0).pixels()).isEqualTo(bench.sample.pixels()); // read in the same way
    testbench.chooseBlur(0);
    shelf.bring(5, List.of(stripe("sharp.png")));
    analysis.runAll();
    assertThat(shelf.at(5).pixels()).isNotEqualTo(shelf.at(0).pixels());
  }

  private static OutsidePicture stripe(String name) {
    float[] pixels = new float[400];
    for (int y = 4; y < 16; y++) {
      pixels[y * 20 + 10] = 1;
    }
    return new OutsidePicture(name, () -> new GreyImage(pixels, 20, 20));
  }

  @Test
  void everyCellOfTheMatrixOpensExactlyTheImagesBehindIt() {
    train(1);
    open();
    int cells = 0;
    int seen = 0;
    for (int actual = 0; actual < 10; actual++) {
      for (int predicted = 0; predicted < 10; predicted++) {
        list.choose(new ImageFilter(actual, predicted, false));
        int a = actual;
        int p = predicted;
        assertThat(images.predictions)
            .hasSize(images.confusion.get(actual).get(predicted))
            .allMatch(i -> i.actual() == a && i.predicted() == p);
        assertThat(images.filter).isEqualTo(new ImageFilter(actual, predicted, false));
        seen += images.predictions.size();
        cells += images.predictions.isEmpty() ? 0 : 1;
      }
    }
    assertThat(seen).isEqualTo(TEST_IMAGES);
    assertThat(cells).isGreaterThan(5);
  }

  @Test
  void theGalleryOfMistakesBeginsWithTheSurestAcrossItsPages() {
    train(1);
    open();
    list.choose(new ImageFilter(-1, -1, true));
    assertThat(images.pages).as("more than a page").isGreaterThan(1);
    List<Prediction> gallery = new ArrayList<>();
    for (int page = 1; page <= images.pages; page++) {
      assertThat(images.page).isEqualTo(page);
      gallery.addAll(images.predictions);
      list.turn(1);
    }
    assertThat(images.page).as("after the last page there is none").isEqualTo(images.pages);
    int wrong = 0;
    for (int actual = 0; actual < 10; actual++) {
      for (int predicted = 0; predicted < 10; predicted++) {
        wrong += actual == predicted ? 0 : images.confusion.get(actual).get(predicted);
      }
    }
    assertThat(gallery)
        .hasSize(wrong)
        .allMatch(Prediction::isMistake)
        .isSortedAccordingTo((a, b) -> Float.compare(b.confidence(), a.confidence()));
    assertThat(gallery.get(0).confidence()).isGreaterThan(gallery.get(wrong - 1).confidence());
    list.turn(-100);
    assertThat(images.page).isEqualTo(1);
  }

  @Test
  void filtersAndSearchFindAmongAllImages() {
    open(); // without a network too
    assertThat(images.pages).isEqualTo(3);
    list.choose(new ImageFilter(4, -1, false));
    assertThat(images.predictions).hasSize(TEST_IMAGES / 10).allMatch(p -> p.actual() == 4);
    assertThat(images.pages).isEqualTo(1);
    list.find(" 149 ");
    assertThat(images.filter).isEqualTo(ImageFilter.ALL);
    assertThat(images.page).isEqualTo(3);
    assertThat(bench.sample.name()).isEqualTo("Image 149");
    assertThat(images.message).isEqualTo("Image 149: a 9");
    for (String wrong : List.of("150", "-1", "seven", "")) {
      list.find(wrong);
      assertThat(images.message).as(wrong).isEqualTo("Numbers go from 0 to 149");
      assertThat(bench.sample.name()).isEqualTo("Image 149");
    }
    train(1);
    analysis.runAll();
    list.choose(new ImageFilter(-1, 2, false));
    assertThat(images.predictions).allMatch(p -> p.predicted() == 2);
    assertThat(images.predictions.size())
        .isEqualTo(images.confusion.stream().mapToInt(row -> row.get(2)).sum());
  }

  @Test
  void anotherNetworkReadsTheImagesAgainAndAnOlderAnswerDoesNotCount() {
    train(1);
    open();
    List<List<Integer>> first = images.confusion;
    list.choose(new ImageFilter(-1, -1, true));
    Predictor second = train(2);
    analysis.runAll();
    assertThat(images.confusion).isNotEqualTo(first);
    assertThat(images.filter).as("the filter stays").isEqualTo(new ImageFilter(-1, -1, true));
    assertThat(images.confusion)
        .isEqualTo(confusion(TestImagesPresenter.read(second, data.test())));
    session.select(new RunId(1));
    analysis.runAll();
    assertThat(images.confusion).isEqualTo(first);
  }

  private static List<List<Integer>> confusion(List<Prediction> predictions) {
    List<List<Integer>> counts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      counts.add(new ArrayList<>(Collections.nCopies(10, 0)));
    }
    predictions.forEach(
        p ->
            counts
                .get(p.actual())
                .set(p.predicted(), 1 + counts.get(p.actual()).get(p.predicted())));
    return counts;
  }

  @Test
  void twoNetworksAnswerToTheSameDigitWhoeverIsLookedAt() {
    Predictor first = train(1);
    Predictor second = train(2);
    open();
    testbench.given(images.samples.get(6));
    assertThat(bench.probabilities).isEqualTo(answers(second, images.samples.get(6)));
    assertThat(bench.rivalProbabilities).isEmpty();
    testbench.chooseRival(1);
    assertThat(bench.probabilities).isEqualTo(answers(second, images.samples.get(6)));
    assertThat(bench.rivalProbabilities).isEqualTo(answers(first, images.samples.get(6)));
    Run one = session.run(new RunId(1)).orElseThrow();
    Predictor learned = TinyDigits.predictor(3);
    session.update(one.withPredictor(learned)); // the other one has learned: its bars follow
    assertThat(bench.rivalProbabilities).isEqualTo(answers(learned, images.samples.get(6)));
    session.select(new RunId(1));
    assertThat(bench.probabilities).isEqualTo(answers(learned, images.samples.get(6)));
    assertThat(bench.rivalProbabilities).isEqualTo(answers(second, images.samples.get(6)));
  }
}
