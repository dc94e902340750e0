package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.Analysis;
import dev.neurite.explorer.service.DigitReading;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.service.Drawing;
import dev.neurite.explorer.service.Inference;
import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.explorer.service.Specimen;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the model of the run that is looked at, and one to compare it with, whenever the drawing or
 * a model changes.
 */
public final class TestbenchPresenter {
  /** Blur of drawings at first, in pixels of a drawing ten times as large as the digit. */
  static final double USUAL_BLUR = 2;

  private static final double SURE = 0.9;
  private static final double UNSURE = 0.5;

  private final TestbenchView view;
  private final Session session;
  private final Inference inference;
  private final Analysis analysis;
  private @Nullable Shelf shelf;
  private double blur = USUAL_BLUR;
  private @Nullable Specimen specimen;
  private @Nullable Predictor asked;
  private @Nullable Predictor askedRival;
  private @Nullable RunId answering;
  private @Nullable RunId rival;
  private List<RunId> rivals = List.of();
  private List<Float> seen = List.of();

  /** Numbers of the newest request, and of the newest that is answered or no longer counts. */
  private int newest;

  private int done;
  private boolean keepsAnswer;

  /** Where digits are kept for later. */
  public interface Shelf {
    /** Takes a digit. */
    void keep(DigitSample sample);

    /** Takes pictures from outside. */
    void keep(List<OutsidePicture> pictures);
  }

  /** Shows that nothing is drawn. */
  public TestbenchPresenter(
      TestbenchView view, Session session, Inference inference, Analysis analysis) {
    this.view = view;
    this.session = session;
    this.inference = inference;
    this.analysis = analysis;
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

          @Override
          public void dataChanged() {
            view.showClasses(words(), rivalWords());
            if (specimen == null) {
              show(DigitReading.NOTHING); // what to draw may have another name now
            }
          }
        });
    showModel();
    show(DigitReading.NOTHING);
  }

  /** Names where digits are kept. */
  public void setShelf(Shelf newShelf) {
    shelf = newShelf;
  }

  /** How softly drawings are blurred, in pixels of a drawing ten times as large as the digit. */
  public double blur() {
    return blur;
  }

  /** The user drew; the picture is white ink on black. */
  public void drawn(GreyImage picture) {
    specimen = new Drawing(picture, blur);
    ask();
  }

  /** The user has a digit in the place of the drawing; the network sees it as it is. */
  public void given(DigitSample sample) {
    specimen = sample;
    ask();
  }

  /** A digit is to be looked at. */
  public void look(DigitSample sample) {
    view.showSample(sample);
  }

  /** The user brought pictures: a single one to look at, several to keep. */
  public void brought(List<OutsidePicture> pictures) {
    Shelf target = shelf;
    if (pictures.size() > 1 && target != null) {
      target.keep(pictures);
      return;
    }
    double sigma = blur;
    analysis.compute(
        "picture",
        () -> pictures.get(0).read(sigma),
        read -> {
          if (read.sample() != null) {
            look(read.sample());
          } else {
            view.showAnswer("", Problems.of(read));
          }
        },
        reason -> view.showAnswer("", Texts.format("testbench.failed", reason)));
  }

  /** The user wiped the canvas. */
  public void cleared() {
    specimen = null;
    done = newest; // what was asked before no longer counts
    keepsAnswer = false;
    show(DigitReading.NOTHING);
    session.lookAt(List.of());
  }

  /** The user keeps the digit for later. */
  public void keep() {
    keepsAnswer = specimen != null;
    if (done == newest) {
      keepSeen();
    }
  }

  /** The user wants drawings blurred more or less. */
  public void chooseBlur(double sigma) {
    blur = sigma;
    if (specimen instanceof Drawing drawing) {
      drawn(drawing.ink());
    }
  }

  /** The user compares with the network at a place of the list, 0 for none. */
  public void chooseRival(int place) {
    rival = place <= 0 || place > rivals.size() ? null : rivals.get(place - 1);
    modelMayHaveChanged();
  }

  private void keepSeen() {
    Shelf target = shelf;
    if (keepsAnswer && target != null && !seen.isEmpty()) {
      target.keep(
          specimen instanceof DigitSample sample
              ? sample
              : new DigitSample(seen, -1, Texts.get("testbench.drawing")));
    }
    keepsAnswer = false;
  }

  private void modelMayHaveChanged() {
    RunId now = session.answering().map(Run::id).orElse(null);
    if (rival != null && rival.equals(now)) {
      rival = answering; // the user looks at the other one of the two
    }
    answering = now;
    showModel();
    if (predictor() != asked || rivalPredictor() != askedRival) {
      if (specimen == null) {
        asked = predictor();
        askedRival = rivalPredictor();
        show(DigitReading.NOTHING);
      } else {
        ask();
      }
    }
  }

  private @Nullable Predictor predictor() {
    return session.answering().map(Run::predictor).orElse(null);
  }

  private @Nullable Predictor rivalPredictor() {
    return rival == null ? null : session.run(rival).map(Run::predictor).orElse(null);
  }

  private void ask() {
    Specimen what = specimen;
    if (what != null) {
      asked = predictor();
      askedRival = rivalPredictor();
      newest++;
      int number = newest;
      inference.read(what, asked, askedRival, reading -> answered(number, reading));
    }
  }

  private void answered(int number, DigitReading reading) {
    if (number > done) { // else the canvas was wiped meanwhile
      done = number;
      show(reading);
      session.lookAt(reading.seen());
      if (done == newest) {
        keepSeen();
      }
    }
  }

  /** The classes that the network answers with. */
  private ClassWords words() {
    return new ClassWords(session.answeringData().classNames());
  }

  private ClassWords rivalWords() {
    Run run = rival == null ? null : session.run(rival).orElse(null);
    return run == null ? words() : new ClassWords(run.experiment().data().classNames());
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
    List<String> names = new ArrayList<>(List.of(Texts.get("testbench.rival.none")));
    List<RunId> ids = new ArrayList<>();
    for (Run other : session.runs()) {
      if (other.predictor() != null && !other.id().equals(run.map(Run::id).orElse(null))) {
        ids.add(other.id());
        names.add(other.name());
      }
    }
    rivals = ids;
    if (rival != null && !rivals.contains(rival)) {
      rival = null; // it was taken away
    }
    view.showRivals(
        names, rival == null ? 0 : 1 + rivals.indexOf(rival), run.map(Run::name).orElse(""));
    view.showClasses(words(), rivalWords());
  }

  private void show(DigitReading reading) {
    seen = reading.seen();
    view.showSeen(seen);
    List<Float> probabilities = reading.probabilities();
    int other = winner(reading.rivalProbabilities());
    view.showRivalProbabilities(reading.rivalProbabilities(), other);
    int winner = winner(probabilities);
    view.showProbabilities(probabilities, winner);
    if (winner < 0) {
      boolean hasModel = predictor() != null;
      view.showAnswer(
          "",
          hasModel
              ? Texts.format("testbench.draw", words().thing())
              : Texts.get("testbench.trainFirst"));
      return;
    }
    view.showAnswer(words().name(winner), sentence(winner, probabilities.get(winner), other));
  }

  private String sentence(int winner, double probability, int other) {
    String key =
        probability >= SURE
            ? "testbench.sure"
            : probability >= UNSURE ? "testbench.likely" : "testbench.unsure";
    StringBuilder text =
        new StringBuilder(Texts.format(key, words().phrase(winner), Figures.percent(probability)));
    if (specimen instanceof DigitSample sample && sample.isLabelled()) {
      ClassWords own = new ClassWords(sample.classNames());
      text.append(' ')
          .append(
              Texts.format(
                  !sample.isLabelledFor(words().names())
                      ? "testbench.is"
                      : sample.actual() == winner ? "testbench.isRight" : "testbench.isWrong",
                  sample.name(),
                  own.phrase(sample.actual())));
    }
    if (other >= 0) {
      text.append(' ')
          .append(
              rivalWords().name(other).equals(words().name(winner))
                  ? Texts.get("testbench.rival.agrees")
                  : Texts.format("testbench.rival.differs", rivalWords().phrase(other)));
    }
    return text.toString();
  }

  private static int winner(List<Float> probabilities) {
    int winner = probabilities.isEmpty() ? -1 : 0;
    for (int i = 1; i < probabilities.size(); i++) {
      if (probabilities.get(i) > probabilities.get(winner)) {
        winner = i;
      }
    }
    return winner;
  }
}
