package dev.neurite.explorer.testbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.LaterAnalysis;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.ui.SlotFace;
import dev.neurite.explorer.ui.SlotFace.Verdict;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.nn.model.Predictor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotsPresenterTest {
  private final Session session = new Session();
  private final LaterAnalysis analysis = new LaterAnalysis();
  private final RecordedSlots view = new RecordedSlots();
  private final List<DigitSample> looked = new ArrayList<>();
  private final SlotsPresenter presenter =
      new SlotsPresenter(view, session, analysis, () -> 2, looked::add);

  @TempDir Path folder;

  @Test
  void digitsTakeTheNextFreeSlotUntilAllAreFull() {
    assertThat(view.faces).hasSize(10).allMatch(f -> f.pixels().isEmpty());
    assertThat(view.canClear).isFalse();
    presenter.put(3, TinyDigits.sample(3));
    for (int i = 0; i < 9; i++) {
      presenter.keep(TinyDigits.sample(i));
    }
    assertThat(view.status).isEqualTo("10 of 10 slots are filled.");
    assertThat(view.bad).isFalse();
    presenter.keep(TinyDigits.sample(5));
    assertThat(view.status).startsWith("All ten slots are full");
    assertThat(view.bad).isTrue();
    presenter.put(0, TinyDigits.sample(8)); // dropped on a slot, it takes the place of the other
    assertThat(presenter.at(0)).isEqualTo(TinyDigits.sample(8));
    assertThat(view.faces.get(0).description()).isEqualTo("Slot 1: Image 8, an 8");
    presenter.look(0);
    assertThat(looked).containsExactly(TinyDigits.sample(8));
    presenter.empty(0);
    presenter.look(0);
    assertThat(looked).hasSize(1);
    assertThat(view.faces.get(0).description()).isEqualTo("Slot 1: empty");
    presenter.clear();
    assertThat(view.faces).allMatch(f -> f.pixels().isEmpty());
  }

  @Test
  void allArePredictedAtOnceAsTheNetworkAnswersOneByOne() {
    for (int i = 0; i < 10; i++) {
      presenter.keep(
          i == 9
              ? new DigitSample(TinyDigits.sample(9).pixels(), -1, "Drawing")
              : TinyDigits.sample(i));
    }
    assertThat(view.canPredict).isFalse(); // no network yet
    Run run = session.begin(TinyDigits.experiment(1));
    Predictor predictor = TinyDigits.predictor(1);
    session.update(run.withPredictor(predictor));
    assertThat(view.canPredict).isTrue();
    presenter.predictAll();
    analysis.runAll();
    int right = checkAnswers(predictor);
    assertThat(view.status).isEqualTo("Run 1 Tiny: %d of 9 right.".formatted(right));

    Predictor better = TinyDigits.predictor(2);
    session.update(run.withPredictor(better)); // it has learned: the answers follow
    analysis.runAll();
    checkAnswers(better);

    presenter.put(0, TinyDigits.sample(4));
    assertThat(view.faces.get(0).answer()).as("not asked yet").isEmpty();
    assertThat(view.faces.get(1).answer()).isNotEmpty();
  }

  private int checkAnswers(Predictor predictor) {
    int right = 0;
    for (int i = 0; i < 10; i++) {
      float[] output = predictor.predict(TinyDigits.sample(i).toArray());
      int winner = Predictor.argMax(output);
      SlotFace face = view.faces.get(i);
      assertThat(face.answer()).isEqualTo(String.valueOf(winner));
      assertThat(face.confidence()).isEqualTo(Math.round(100 * output[winner]) + " %");
      assertThat(face.verdict())
          .isEqualTo(i == 9 ? Verdict.UNKNOWN : winner == i ? Verdict.RIGHT : Verdict.WRONG);
      right += i < 9 && winner == i ? 1 : 0;
    }
    return right;
  }

  @Test
  void anAnswerForDigitsThatAreGoneIsNotShown() {
    session.update(session.begin(TinyDigits.experiment(1)).withPredictor(TinyDigits.predictor(1)));
    presenter.keep(TinyDigits.sample(1));
    presenter.keep(TinyDigits.sample(2));
    presenter.predictAll();
    presenter.put(0, TinyDigits.sample(7)); // while the network reads
    analysis.runAll();
    assertThat(view.faces.get(0).answer()).isEmpty();
    assertThat(view.faces.get(1).answer()).isNotEmpty();
    presenter.predictAll();
    presenter.clear();
    analysis.runAll();
    assertThat(view.faces).allMatch(f -> f.answer().isEmpty());
    assertThat(view.status).startsWith("Drag or drop pictures here");
  }

  @Test
  void filesComeFromTheSlotOnAndWhatIsWrongIsSaid() throws IOException {
    Path picture = folder.resolve("seven.png");
    BufferedImage image = new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB);
    for (int y = 10; y < 50; y++) {
      image.setRGB(30, y, 0xFFFFFF);
    }
    ImageIO.write(image, "png", picture.toFile());
    Path notes = Files.writeString(folder.resolve("notes.txt"), "no picture");
    presenter.put(4, TinyDigits.sample(4));
    presenter.bring(
        4,
        List.of(
            OutsidePicture.of(picture),
            OutsidePicture.of(notes),
            new OutsidePicture("blank", () -> new GreyImage(new float[400], 20, 20)),
            OutsidePicture.of(picture)));
    assertThat(view.status).startsWith("Reading");
    analysis.runAll();
    assertThat(presenter.at(4).name()).isEqualTo("seven.png");
    assertThat(presenter.at(0).name()).isEqualTo("seven.png");
    assertThat(presenter.at(0).isLabelled()).isFalse();
    assertThat(presenter.at(1)).isNull();
    assertThat(view.bad).isTrue();
    assertThat(view.status)
        .isEqualTo(
            "2 of 10 slots are filled. notes.txt is no image of a known format, needs PNG or JPEG."
                + " blank: nothing on it, all of it is one colour.");

    presenter.bring(SlotsPresenter.NEXT_FREE, Collections.nCopies(12, OutsidePicture.of(picture)));
    analysis.runAll();
    assertThat(view.status).isEqualTo("10 of 10 slots are filled. 4 pictures found no free slot.");
  }

  @Test
  void classesWithNamesAreCalledByThemAndOnlyTheirOwnAreRightOrWrong() {
    Run run = session.begin(TinyDigits.withClothes(1));
    Predictor predictor = TinyDigits.predictor(1);
    session.update(run.withPredictor(predictor));
    List<String> names = TinyDigits.clothes().classNames();
    presenter.keep(new DigitSample(TinyDigits.sample(4).pixels(), 4, "Image 4", names));
    presenter.keep(TinyDigits.sample(5)); // a digit, which no answer in clothes can match
    presenter.predictAll();
    analysis.runAll();
    int winner = Predictor.argMax(predictor.predict(TinyDigits.sample(4).toArray()));
    assertThat(view.faces.get(0).answer()).isEqualTo(names.get(winner));
    assertThat(view.faces.get(0).verdict()).isEqualTo(winner == 4 ? Verdict.RIGHT : Verdict.WRONG);
    assertThat(view.faces.get(0).description()).startsWith("Slot 1: Image 4, Coat, taken for ");
    assertThat(view.faces.get(1).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(view.faces.get(1).description()).startsWith("Slot 2: Image 5, a 5, taken for ");
    assertThat(view.status).endsWith(" of 1 right.");
  }
}
