package dev.neurite.explorer.testbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.NowAnalysis;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestImagesPresenterTest {
  private final Session session = new Session();
  private final DataSplit data = TinyDigits.split(20);
  private final RecordedTestImages view = new RecordedTestImages();
  private final List<DigitSample> looked = new ArrayList<>();
  private final List<DigitSample> kept = new ArrayList<>();
  private final TestImagesPresenter presenter =
      new TestImagesPresenter(view, session, new NowAnalysis(), looked::add, kept::add);

  @Test
  void saysWhatIsMissing() {
    presenter.setVisible(true);
    assertThat(view.message).contains("Waiting");
    session.setData(new DataState.Ready(data));
    assertThat(view.message).contains("No network yet");
    assertThat(view.predictions).hasSize(30);
    presenter.look(4);
    presenter.keep(5);
    assertThat(looked).extracting(DigitSample::name).containsExactly("Image 4");
    assertThat(looked).extracting(DigitSample::actual).containsExactly(4);
    float[] pixels = new float[784];
    data.test().copyFeatures(4, pixels, 0);
    assertThat(looked.get(0).toArray()).isEqualTo(pixels);
    assertThat(kept).extracting(DigitSample::name).containsExactly("Image 5");
  }

  @Test
  void countsAndFiltersAsTheNetworkAnswersOneByOne() {
    Predictor predictor = TinyDigits.predictor(1);
    session.setData(new DataState.Ready(data));
    session.update(session.begin(TinyDigits.experiment(1)).withPredictor(predictor));
    presenter.setVisible(true);
    int mistakes = 0;
    int[][] expected = new int[10][10];
    for (int i = 0; i < 30; i++) {
      float[] pixels = new float[784];
      data.test().copyFeatures(i, pixels, 0);
      int predicted = Predictor.argMax(predictor.predict(pixels));
      expected[i % 10][predicted]++;
      mistakes += predicted == i % 10 ? 0 : 1;
    }
    assertThat(mistakes).isPositive();
    for (int actual = 0; actual < 10; actual++) {
      for (int predicted = 0; predicted < 10; predicted++) {
        assertThat(view.confusion.get(actual).get(predicted))
            .isEqualTo(expected[actual][predicted]);
      }
    }
    presenter.choose(new ImageFilter(-1, -1, true));
    assertThat(view.predictions).hasSize(mistakes).allMatch(Prediction::isMistake);
    assertThat(view.predictions)
        .isSortedAccordingTo((a, b) -> Float.compare(b.confidence(), a.confidence()));
    presenter.choose(new ImageFilter(4, -1, false));
    assertThat(view.predictions).extracting(Prediction::index).containsExactly(4, 14, 24);
    presenter.find("30");
    assertThat(view.message).contains("0 to 29");
    presenter.find("7");
    assertThat(view.message).startsWith("Image 7: a 7");
  }

  @Test
  void theImagesAreThoseThatTheAnsweringNetworkLearnedFrom() {
    List<String> wanted = new ArrayList<>();
    session.addListener(
        new SessionListener() {
          @Override
          public void dataWanted(String name) {
            wanted.add(name);
          }
        });
    session.setData(new DataState.Ready(data));
    Predictor predictor = TinyDigits.predictor(1);
    session.update(session.begin(TinyDigits.experiment(1)).withPredictor(predictor));
    presenter.setVisible(true);
    assertThat(view.predictions).hasSize(30);
    session.update(session.begin(TinyDigits.withClothes(1)).withPredictor(predictor));
    assertThat(wanted).contains("fashion");
    assertThat(view.predictions).isEmpty();
    assertThat(view.message).contains("Waiting");
    assertThat(view.words.names()).isEqualTo(TinyDigits.clothes().classNames());
    session.setData(
        "fashion", new DataState.Ready(TinyDigits.split(20), false, TinyDigits.clothes()));
    assertThat(view.predictions).hasSize(30);
    presenter.look(5);
    assertThat(looked.get(0).classNames()).isEqualTo(TinyDigits.clothes().classNames());
    assertThat(view.message).startsWith("Image 5: Sandal, ");
    session.select(new RunId(1));
    assertThat(view.words).isEqualTo(ClassWords.DIGITS);
    assertThat(view.predictions).hasSize(30);
  }
}
