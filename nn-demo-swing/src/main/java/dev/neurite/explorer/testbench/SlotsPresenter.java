package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.Analysis;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.SlotFace;
import dev.neurite.explorer.ui.SlotFace.Verdict;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps ten digits and lets the answering model read all of them at once. Once asked, it answers
 * again whenever the model has changed.
 */
public final class SlotsPresenter implements TestbenchPresenter.Shelf {
  /** Number of slots. */
  public static final int SLOTS = 10;

  /** Stands for the first free slot. */
  public static final int NEXT_FREE = -1;

  private final SlotsView view;
  private final Session session;
  private final Analysis analysis;
  private final DoubleSupplier blur;
  private final Consumer<DigitSample> looker;
  private final @Nullable DigitSample[] slots = new @Nullable DigitSample[SLOTS];
  private final @Nullable Prediction[] answers = new @Nullable Prediction[SLOTS];
  private boolean follows;

  /** The classes that the network answered with. */
  private ClassWords words = ClassWords.DIGITS;

  private int imports;
  private @Nullable Predictor asked;

  /**
   * Ten empty slots.
   *
   * @param blur how softly pictures from outside are blurred
   * @param looker hears which digit is to be looked at
   */
  public SlotsPresenter(
      SlotsView view,
      Session session,
      Analysis analysis,
      DoubleSupplier blur,
      Consumer<DigitSample> looker) {
    this.view = view;
    this.session = session;
    this.analysis = analysis;
    this.blur = blur;
    this.looker = looker;
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
    view.showStatus(Texts.get("slots.start"), false);
    show();
  }

  @Override
  public void keep(DigitSample sample) {
    put(NEXT_FREE, sample);
  }

  @Override
  public void keep(List<OutsidePicture> pictures) {
    bring(NEXT_FREE, pictures);
  }

  /** A digit is put into a slot, from 0, or {@link #NEXT_FREE}. */
  public void put(int slot, DigitSample sample) {
    if (place(slot, sample)) {
      view.showStatus(Texts.format("slots.filled", filled()), false);
    } else {
      view.showStatus(Texts.get("slots.full"), true);
    }
    show();
  }

  /** Pictures are brought to a slot, from 0, or {@link #NEXT_FREE}; more go where it is free. */
  public void bring(int slot, List<OutsidePicture> pictures) {
    double sigma = blur.getAsDouble();
    List<OutsidePicture> wanted = pictures.subList(0, Math.min(SLOTS, pictures.size()));
    imports++;
    view.showStatus(Texts.get("slots.reading"), false);
    analysis.compute(
        "pictures " + imports, // none of them replaces another
        () -> wanted.stream().map(p -> p.read(sigma)).toList(),
        read -> brought(slot, read, pictures.size() - wanted.size()),
        reason -> view.showStatus(Texts.format("slots.failed", reason), true));
  }

  private void brought(int slot, List<OutsidePicture.Outcome> read, int leftOut) {
    int target = slot;
    int placed = 0;
    int homeless = leftOut;
    List<String> problems = new ArrayList<>();
    for (OutsidePicture.Outcome outcome : read) {
      if (outcome.sample() == null) {
        problems.add(Problems.of(outcome));
      } else if (place(target, outcome.sample())) {
        placed++;
        target = NEXT_FREE;
      } else {
        homeless++;
      }
    }
    List<String> sentences = new ArrayList<>();
    if (placed > 0) {
      sentences.add(Texts.format("slots.filled", filled()));
    }
    if (homeless > 0) {
      sentences.add(Texts.format("slots.homeless", homeless));
    }
    sentences.addAll(problems);
    view.showStatus(String.join(" ", sentences), homeless > 0 || !problems.isEmpty());
    show();
  }

  private boolean place(int slot, DigitSample sample) {
    int target = slot;
    for (int i = 0; i < SLOTS && target == NEXT_FREE; i++) {
      target = slots[i] == null ? i : target;
    }
    if (target == NEXT_FREE) {
      return false;
    }
    slots[target] = sample;
    answers[target] = null;
    return true;
  }

  /** The digit of a slot, from 0, or null. */
  public @Nullable DigitSample at(int slot) {
    return slots[slot];
  }

  /** The user looks at the digit of a slot, from 0. */
  public void look(int slot) {
    DigitSample sample = slots[slot];
    if (sample != null) {
      looker.accept(sample);
    }
  }

  /** The user empties a slot, from 0. */
  public void empty(int slot) {
    slots[slot] = null;
    answers[slot] = null;
    show();
  }

  /** The user empties all slots. */
  public void clear() {
    Arrays.fill(slots, null);
    Arrays.fill(answers, null);
    follows = false;
    view.showStatus(Texts.get("slots.start"), false);
    show();
  }

  /** The user asks the model about all digits. */
  public void predictAll() {
    follows = true;
    ask();
  }

  private void modelMayHaveChanged() {
    if (follows && predictor() != asked) {
      ask();
    }
    showCommands();
  }

  private @Nullable Predictor predictor() {
    return session.answering().map(Run::predictor).orElse(null);
  }

  private void ask() {
    Predictor predictor = predictor();
    asked = predictor;
    if (predictor == null || filled() == 0) {
      return;
    }
    String name = session.answering().map(Run::name).orElse("");
    ClassWords askedWords = new ClassWords(session.answeringData().classNames());
    @Nullable DigitSample[] digits = slots.clone();
    analysis.compute(
        "slots",
        () -> read(predictor, digits),
        read -> answered(name, askedWords, digits, read),
        reason -> view.showStatus(Texts.format("slots.failed", reason), true));
  }

  private static @Nullable Prediction[] read(Predictor predictor, @Nullable DigitSample[] digits) {
    @Nullable Prediction[] read = new @Nullable Prediction[SLOTS];
    for (int i = 0; i < SLOTS; i++) {
      DigitSample digit = digits[i];
      if (digit != null) {
        float[] output = predictor.predict(digit.toArray());
        int winner = Predictor.argMax(output);
        read[i] = new Prediction(i, digit.actual(), winner, output[winner]);
      }
    }
    return read;
  }

  private void answered(
      String name,
      ClassWords askedWords,
      @Nullable DigitSample[] digits,
      @Nullable Prediction[] read) {
    if (!follows) {
      return; // cleared meanwhile
    }
    words = askedWords;
    int right = 0;
    int wrong = 0;
    int unknown = 0;
    for (int i = 0; i < SLOTS; i++) {
      DigitSample digit = slots[i];
      Prediction answer = read[i];
      if (digit != null && answer != null && digit == digits[i]) {
        answers[i] = answer;
        boolean known = digit.isLabelledFor(words.names());
        unknown += known ? 0 : 1;
        right += known && !answer.isMistake() ? 1 : 0;
        wrong += known && answer.isMistake() ? 1 : 0;
      }
    }
    view.showStatus(
        right + wrong == 0
            ? Texts.format("slots.answered", name, unknown)
            : Texts.format("slots.checked", name, right, right + wrong),
        false);
    show();
  }

  private int filled() {
    return (int) Arrays.stream(slots).filter(Objects::nonNull).count();
  }

  private void show() {
    List<SlotFace> faces = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      faces.add(face(i));
    }
    view.showSlots(faces);
    showCommands();
  }

  private SlotFace face(int slot) {
    DigitSample digit = slots[slot];
    Prediction answer = answers[slot];
    if (digit == null) {
      return new SlotFace(
          List.of(), "", "", Verdict.UNKNOWN, Texts.format("slots.empty", slot + 1));
    }
    String what =
        digit.isLabelled()
            ? Texts.format(
                "slots.labelled",
                slot + 1,
                digit.name(),
                new ClassWords(digit.classNames()).phrase(digit.actual()))
            : Texts.format("slots.unlabelled", slot + 1, digit.name());
    if (answer == null) {
      return new SlotFace(digit.pixels(), "", "", Verdict.UNKNOWN, what);
    }
    String confidence = Math.round(100 * answer.confidence()) + " %";
    Verdict verdict =
        !digit.isLabelledFor(words.names())
            ? Verdict.UNKNOWN
            : answer.isMistake() ? Verdict.WRONG : Verdict.RIGHT;
    return new SlotFace(
        digit.pixels(),
        words.name(answer.predicted()),
        confidence,
        verdict,
        what + Texts.format("slots.taken", words.phrase(answer.predicted()), confidence));
  }

  private void showCommands() {
    boolean any = filled() > 0;
    view.showCommands(any && predictor() != null, any);
  }
}
