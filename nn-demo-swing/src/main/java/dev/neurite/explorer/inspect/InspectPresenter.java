package dev.neurite.explorer.inspect;

import dev.neurite.explorer.service.Analysis;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.session.Snapshots;
import dev.neurite.explorer.session.Snapshots.Snapshot;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.FlowFigure;
import dev.neurite.explorer.ui.ScatterPoint;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes what is looked at of the model that answers, now or as it was after an epoch. */
public final class InspectPresenter {
  private static final int PIXELS = 784;
  private static final int MAP_IMAGES = 1000;

  private final InspectView view;
  private final Session session;
  private final Analysis analysis;
  private InspectTab tab = InspectTab.WEIGHTS;
  private boolean visible;
  private int layer;
  private int target = 3;

  /** Epoch that is replayed, or -1 for the model as it is now. */
  private int epoch = -1;

  private @Nullable RunId run;
  private @Nullable Predictor shown;
  private int request;

  /** Shows that there is nothing yet. */
  public InspectPresenter(InspectView view, Session session, Analysis analysis) {
    this.view = view;
    this.session = session;
    this.analysis = analysis;
    session.addListener(
        new SessionListener() {
          @Override
          public void runChanged(Run changed) {
            modelMayHaveChanged();
          }

          @Override
          public void selectionChanged() {
            modelMayHaveChanged();
          }

          @Override
          public void digitChanged() {
            if (tab == InspectTab.FLOW || tab == InspectTab.SALIENCY) {
              refresh();
            }
          }

          @Override
          public void dataChanged() {
            if (tab == InspectTab.MAP) {
              refresh();
            }
          }
        });
    refresh();
  }

  /** The user opens or leaves the whole view; nothing is computed while it is not seen. */
  public void setVisible(boolean newVisible) {
    visible = newVisible;
    session.inspect(visible);
    if (visible) {
      refresh();
    }
  }

  /** The user looks at something else. */
  public void choose(InspectTab newTab) {
    tab = newTab;
    refresh();
  }

  /** The user chooses a dense layer, from 0. */
  public void chooseLayer(int newLayer) {
    if (newLayer != layer) {
      layer = newLayer;
      refresh();
    }
  }

  /** The user asks what would make it another digit. */
  public void chooseTarget(int digit) {
    target = digit;
    refresh();
  }

  /** The user points at a unit of a dense layer, both from 0. */
  public void pointAt(int denseLayer, int unit) {
    Predictor predictor = shown;
    if (predictor == null || denseLayer >= predictor.spec().denseLayers().size()) {
      return;
    }
    float[] pixels = digit();
    ClassWords words = words();
    int number = request;
    analysis.compute(
        "unit",
        () -> UnitInputs.of(predictor, pixels, denseLayer, unit, words),
        inputs -> {
          if (number == request) {
            view.showUnit(inputs.tile(), inputs.text());
          }
        },
        this::failed);
  }

  /** The user moves the slider to a place of the list of epochs. */
  public void chooseEpoch(int place) {
    List<Integer> epochs = epochs();
    int chosen = place < 0 || place >= epochs.size() - 1 ? -1 : epochs.get(place);
    if (chosen != epoch) {
      epoch = chosen;
      refresh();
    }
  }

  private void modelMayHaveChanged() {
    if (predictor() != shown) {
      refresh();
    }
  }

  private List<Snapshot> snapshots() {
    return session.answering().map(r -> session.snapshots().of(r.id())).orElse(List.of());
  }

  private List<Integer> epochs() {
    return snapshots().stream().map(Snapshot::epoch).toList();
  }

  private @Nullable Predictor predictor() {
    Predictor newest = session.answering().map(Run::predictor).orElse(null);
    return snapshots().stream()
        .filter(s -> s.epoch() == epoch)
        .map(Snapshot::predictor)
        .findFirst()
        .orElse(newest);
  }

  private void refresh() {
    Optional<Run> answering = session.answering();
    RunId id = answering.map(Run::id).orElse(null);
    if (id == null || !id.equals(run)) {
      run = id;
      epoch = -1;
    }
    Predictor predictor = predictor();
    shown = predictor;
    request++; // results of older requests no longer count
    view.showClasses(words(), target);
    showEpochs();
    if (predictor == null) {
      view.showLayers(List.of(), -1);
      wipe();
      view.showMessage(Texts.get("inspect.noModel"));
      return;
    }
    int layers = predictor.spec().denseLayers().size();
    layer = Math.min(layer, layers - 1);
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      titles.add(
          i == layers - 1 ? Texts.get("inspect.output") : Texts.format("inspect.hidden", i + 1));
    }
    view.showLayers(titles, layer);
    if (visible) {
      compute(predictor);
    }
  }

  /** The classes that the network answers with. */
  private ClassWords words() {
    return new ClassWords(session.answeringData().classNames());
  }

  private void showEpochs() {
    List<Integer> epochs = epochs();
    int place = epochs.indexOf(epoch);
    view.showEpochs(
        epochs,
        place >= 0 ? place : epochs.size() - 1,
        place >= 0 ? Texts.format("inspect.epoch", epoch) : Texts.get("inspect.now"),
        epochs.size() <= 1 && session.answering().filter(r -> !r.state().isActive()).isPresent()
            ? Texts.format("inspect.time.gone", Snapshots.MOST_RUNS)
            : "");
  }

  private void wipe() {
    view.showWeights(null);
    view.showFlow(FlowFigure.EMPTY);
    view.showUnit(List.of(), Texts.get("inspect.unit.point"));
    view.showSaliency(List.of(), List.of(), List.of());
    view.showMap(List.of());
  }

  private void compute(Predictor predictor) {
    int number = request;
    switch (tab) {
      case WEIGHTS -> {
        int wanted = layer;
        analysis.compute(
            "weights",
            () -> predictor.weights(wanted),
            weights -> {
              if (number == request) {
                view.showWeights(weights);
                long zeros = 0;
                for (float w : weights.kernel()) {
                  zeros += w == 0 ? 1 : 0;
                }
                view.showMessage(
                    Texts.format(
                        "inspect.weights.of",
                        weights.units(),
                        weights.inputs(),
                        Figures.percent((double) zeros / weights.kernel().length)));
              }
            },
            this::failed);
      }
      case FLOW -> withDigit(predictor, number);
      case SALIENCY -> saliency(predictor, number);
      case MAP -> map(predictor, number);
    }
  }

  private void withDigit(Predictor predictor, int number) {
    float[] pixels = digit();
    if (pixels.length != predictor.spec().inputs()) {
      view.showFlow(FlowFigure.EMPTY);
      view.showMessage(Texts.format("inspect.draw", words().thing()));
      return;
    }
    analysis.compute(
        "flow",
        () -> new Lit(Flow.of(predictor, pixels), predictor.predict(pixels)),
        lit -> {
          if (number == request) {
            view.showFlow(lit.figure());
            int winner = Predictor.argMax(lit.output());
            view.showMessage(
                Texts.format(
                    "inspect.flow.answer",
                    words().phrase(winner),
                    Figures.percent(lit.output()[winner])));
          }
        },
        this::failed);
  }

  private void saliency(Predictor predictor, int number) {
    float[] pixels = digit();
    if (pixels.length != predictor.spec().inputs()) {
      view.showSaliency(List.of(), List.of(), List.of());
      view.showMessage(Texts.format("inspect.draw", words().thing()));
      return;
    }
    int wanted = Math.min(target, predictor.spec().outputs() - 1);
    analysis.compute(
        "saliency",
        () -> Saliency.of(predictor, pixels, wanted),
        found -> {
          if (number == request) {
            view.showSaliency(listOf(pixels), listOf(found.gradient()), listOf(found.changed()));
            view.showMessage(
                Texts.format(
                    "inspect.saliency.steps",
                    found.steps(),
                    words().phrase(wanted),
                    Figures.percent(found.probability())));
          }
        },
        this::failed);
  }

  private void map(Predictor predictor, int number) {
    String data = session.answeringData().name();
    session.want(data);
    if (number != request) {
      return; // the images are on their way, which has been said
    }
    Optional<Dataset> test = session.split(data).map(s -> s.test());
    int hidden = predictor.spec().denseLayers().size() - 1;
    if (test.isEmpty() || hidden == 0) {
      view.showMap(List.of());
      view.showMessage(
          Texts.get(
              hidden == 0
                  ? "inspect.map.noHidden"
                  : session.data(data) instanceof DataState.Missing
                      ? "inspect.map.noData"
                      : "inspect.map.loading"));
      return;
    }
    int wanted = Math.min(layer, hidden - 1);
    view.showMessage(Texts.get("inspect.map.computing"));
    analysis.compute(
        "map",
        () -> points(predictor, test.get(), wanted),
        points -> {
          if (number == request) {
            view.showMap(points);
            view.showMessage(Texts.format("inspect.map.of", points.size(), wanted + 1));
          }
        },
        this::failed);
  }

  /** Where the first test images lie by what a layer says to them. A pure function. */
  static List<ScatterPoint> points(Predictor predictor, Dataset test, int layer) {
    int count = Math.min(MAP_IMAGES, test.size());
    if (count == 0) {
      return List.of();
    }
    float[][] said = new float[count][];
    List<List<Float>> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] pixels = new float[test.features()];
      test.copyFeatures(i, pixels, 0);
      pictures.add(listOf(pixels));
      said[i] = predictor.activations(pixels).layers().get(layer);
    }
    double[][] places = PrincipalComponents.project(said, 2);
    List<ScatterPoint> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(
          new ScatterPoint(
              (float) places[i][0], (float) places[i][1], test.label(i), pictures.get(i)));
    }
    return points;
  }

  private void failed(String reason) {
    view.showMessage(Texts.format("inspect.failed", reason));
  }

  private float[] digit() {
    List<Float> digit = session.digit();
    float[] pixels = new float[digit.size() == PIXELS ? PIXELS : 0];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = digit.get(i);
    }
    return pixels;
  }

  private static List<Float> listOf(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  /** A figure and the probabilities that belong to it. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Lit(FlowFigure figure, float[] output) {}
}
