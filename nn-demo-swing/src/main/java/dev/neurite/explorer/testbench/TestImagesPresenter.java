package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.Analysis;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets the answering model read all test images, and the user search them. */
public final class TestImagesPresenter {
  /** Images of a page. */
  static final int PAGE = 60;

  private static final int CHUNK = 1000;

  private final TestImagesView view;
  private final Session session;
  private final Analysis analysis;
  private final Consumer<DigitSample> looker;
  private final Consumer<DigitSample> keeper;
  private ImageFilter filter = ImageFilter.ALL;
  private List<Prediction> all = List.of();
  private List<Prediction> wanted = List.of();
  private int page;
  private boolean visible;
  private @Nullable Predictor asked;
  private @Nullable RunId askedRun;
  private @Nullable Dataset askedData;
  private ClassWords shownWords = ClassWords.DIGITS;

  /**
   * Shows what there is.
   *
   * @param looker hears which image is to be looked at
   * @param keeper hears which image is wanted for later
   */
  public TestImagesPresenter(
      TestImagesView view,
      Session session,
      Analysis analysis,
      Consumer<DigitSample> looker,
      Consumer<DigitSample> keeper) {
    this.view = view;
    this.session = session;
    this.analysis = analysis;
    this.looker = looker;
    this.keeper = keeper;
    session.addListener(
        new SessionListener() {
          @Override
          public void runChanged(Run run) {
            refresh();
          }

          @Override
          public void selectionChanged() {
            refresh();
          }

          @Override
          public void dataChanged() {
            refresh();
          }
        });
    view.showMessage(Texts.get("images.loading"));
  }

  /** The user opens or leaves the view; nothing is computed while it is not seen. */
  public void setVisible(boolean newVisible) {
    visible = newVisible;
    refresh();
  }

  /** The user wants other images. */
  public void choose(ImageFilter newFilter) {
    filter = newFilter;
    page = 0;
    show();
  }

  /** The user turns the page. */
  public void turn(int pages) {
    page += pages;
    show();
  }

  /** The user looks for an image by its index; other text does nothing. */
  public void find(String text) {
    try {
      int index = Integer.parseInt(text.strip());
      if (index >= 0 && index < all.size()) {
        filter = ImageFilter.ALL;
        page = index / PAGE;
        show();
        look(index);
        return;
      }
    } catch (NumberFormatException e) { // said below
    }
    view.showMessage(Texts.format("images.noSuch", Math.max(0, all.size() - 1)));
  }

  /** The user chooses an image by its index: it is looked at everywhere. */
  public void look(int index) {
    Optional<Dataset> test = test();
    if (test.isPresent()) {
      looker.accept(sample(test.get(), index));
      view.showMessage(sentence(all.get(index), words()));
    }
  }

  /** The user keeps an image, by its index, for later. */
  public void keep(int index) {
    test().ifPresent(test -> keeper.accept(sample(test, index)));
  }

  /** What an image is and what it is taken for. */
  static String sentence(Prediction p, ClassWords words) {
    return p.predicted() < 0
        ? Texts.format("images.image", p.index(), words.phrase(p.actual()))
        : Texts.format(
            p.isMistake() ? "images.mistake" : "images.right",
            p.index(),
            words.phrase(p.actual()),
            words.name(p.predicted()),
            Figures.percent(p.confidence()));
  }

  private Optional<Dataset> test() {
    return session.split(data().name()).map(s -> s.test());
  }

  /** What the model learned from that answers; its test images are shown. */
  private DataKind data() {
    return session.answeringData();
  }

  private ClassWords words() {
    return new ClassWords(data().classNames());
  }

  private void refresh() {
    if (!visible) {
      return;
    }
    session.want(data().name());
    Dataset test = test().orElse(null);
    if (!words().equals(shownWords)) {
      shownWords = words();
      filter = ImageFilter.ALL;
      view.showClasses(shownWords);
    }
    if (test == null) {
      all = List.of();
      askedData = null;
      show();
      view.showMessage(
          Texts.get(
              session.data(data().name()) instanceof DataState.Missing
                  ? "images.missing"
                  : "images.loading"));
      return;
    }
    Run run = session.answering().orElse(null);
    Predictor predictor = run == null ? null : run.predictor();
    RunId id = run == null ? null : run.id();
    boolean learning = run != null && run.state().isActive() && run.id().equals(askedRun);
    boolean sameData = test.equals(askedData);
    if (sameData && (predictor == asked || (learning && asked != null))) {
      return; // in training the first answer stays until the end, ten thousand images are many
    }
    asked = predictor;
    askedRun = id;
    askedData = test;
    if (predictor == null) {
      answered(unread(test));
      view.showMessage(Texts.get("images.noModel"));
      return;
    }
    if (!sameData) {
      answered(unread(test));
    }
    view.showMessage(Texts.get("images.computing"));
    analysis.compute(
        "images",
        () -> read(predictor, test),
        predictions -> {
          if (predictor == asked) {
            answered(predictions);
            long mistakes = predictions.stream().filter(Prediction::isMistake).count();
            view.showMessage(
                Texts.format(
                    "images.read",
                    Figures.count(predictions.size()),
                    Figures.count(mistakes),
                    Figures.percent(1 - (double) mistakes / predictions.size())));
          }
        },
        reason -> view.showMessage(Texts.format("images.failed", reason)));
  }

  private static List<Prediction> unread(Dataset test) {
    List<Prediction> list = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      list.add(new Prediction(i, test.label(i), -1, 0));
    }
    return list;
  }

  /** What a network takes each image for. A pure function. */
  static List<Prediction> read(Predictor predictor, Dataset test) {
    List<Prediction> list = new ArrayList<>();
    int outputs = predictor.spec().outputs();
    for (int from = 0; from < test.size(); from += CHUNK) {
      int count = Math.min(CHUNK, test.size() - from);
      float[] inputs = new float[count * test.features()];
      for (int i = 0; i < count; i++) {
        test.copyFeatures(from + i, inputs, i * test.features());
      }
      float[] answers = predictor.predictBatch(inputs, count);
      for (int i = 0; i < count; i++) {
        float[] own = Arrays.copyOfRange(answers, i * outputs, (i + 1) * outputs);
        int predicted = Predictor.argMax(own);
        list.add(new Prediction(from + i, test.label(from + i), predicted, own[predicted]));
      }
    }
    return list;
  }

  private void answered(List<Prediction> predictions) {
    all = predictions;
    view.showConfusion(confusion(predictions, words().size()));
    show();
  }

  private static List<List<Integer>> confusion(List<Prediction> predictions, int outputs) {
    if (predictions.isEmpty() || predictions.get(0).predicted() < 0) {
      return List.of();
    }
    int classes =
        Math.max(
            outputs,
            1
                + predictions.stream()
                    .mapToInt(p -> Math.max(p.actual(), p.predicted()))
                    .max()
                    .orElse(0));
    Integer[][] counts = new Integer[classes][classes];
    for (Integer[] row : counts) {
      Arrays.fill(row, 0);
    }
    predictions.forEach(p -> counts[p.actual()][p.predicted()]++);
    return Arrays.stream(counts).map(List::of).toList();
  }

  private void show() {
    wanted = filter.of(all);
    int pages = (wanted.size() + PAGE - 1) / PAGE;
    page = Math.max(0, Math.min(page, pages - 1));
    List<Prediction> seen = wanted.subList(page * PAGE, Math.min(wanted.size(), (page + 1) * PAGE));
    Dataset test = test().orElse(null);
    List<DigitSample> samples = new ArrayList<>();
    if (test != null) {
      seen.forEach(p -> samples.add(sample(test, p.index())));
    }
    view.showFilter(filter);
    view.showPage(samples, seen, pages == 0 ? 0 : page + 1, pages);
  }

  private DigitSample sample(Dataset test, int index) {
    float[] pixels = new float[test.features()];
    test.copyFeatures(index, pixels, 0);
    List<Float> list = new ArrayList<>(pixels.length);
    for (float value : pixels) {
      list.add(value);
    }
    return new DigitSample(
        list, test.label(index), Texts.format("images.name", index), data().classNames());
  }
}
