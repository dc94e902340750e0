package dev.neurite.explorer.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.NowAnalysis;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.Snapshots.Snapshot;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.ui.FlowFigure;
import dev.neurite.explorer.ui.ScatterPoint;
import dev.neurite.nn.model.LayerWeights;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InspectPresenterTest {
  private final Session session = new Session();
  private final NowAnalysis analysis = new NowAnalysis();
  private final FakeView view = new FakeView();
  private final InspectPresenter presenter = new InspectPresenter(view, session, analysis);

  @Test
  void withoutANetworkItSaysWhatToDo() {
    presenter.setVisible(true);
    assertThat(view.message).contains("train a network first");
    assertThat(analysis.topics).isEmpty();
  }

  @Test
  void computesNothingWhileItIsNotSeen() {
    train();
    assertThat(analysis.topics).isEmpty();
    presenter.setVisible(true);
    assertThat(analysis.topics).containsExactly("weights");
  }

  @Test
  void showsTheWeightsOfTheChosenLayer() {
    Predictor now = train();
    presenter.setVisible(true);
    assertThat(view.layers).containsExactly("Hidden 1", "Output");
    assertThat(view.weights.kernel()).isEqualTo(now.weights(0).kernel());
    presenter.chooseLayer(1);
    assertThat(view.weights.inputs()).isEqualTo(16);
  }

  @Test
  void theSliderReplaysEarlierEpochsAndGoesBackToNow() {
    Predictor now = train();
    Predictor early = TinyDigits.predictor(7);
    Run run = session.selected().orElseThrow();
    session.snapshots().add(run.id(), new Snapshot(0, early));
    session.snapshots().add(run.id(), new Snapshot(1, now));
    presenter.setVisible(true);
    presenter.chooseEpoch(0);
    assertThat(view.weights.kernel()).isEqualTo(early.weights(0).kernel());
    assertThat(view.epochText).isEqualTo("after epoch 0");
    presenter.chooseEpoch(1);
    assertThat(view.weights.kernel()).isEqualTo(now.weights(0).kernel());
    assertThat(view.epochText).isEqualTo("now");
  }

  @Test
  void itSaysWhyAnOldRunCannotBeReplayed() {
    Predictor now = train();
    Run run = session.selected().orElseThrow();
    session.snapshots().add(run.id(), new Snapshot(0, now));
    session.snapshots().add(run.id(), new Snapshot(1, now));
    session.update(run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1)))));
    presenter.setVisible(true);
    assertThat(view.whyNoEpochs).isEmpty();
    session.snapshots().remove(run.id());
    presenter.setVisible(true);
    assertThat(view.whyNoEpochs).contains("newest 4 runs").contains("last network");
  }

  @Test
  void drawingLightsUpTheLayers() {
    Predictor now = train();
    presenter.setVisible(true);
    presenter.choose(InspectTab.FLOW);
    assertThat(view.message).contains("Draw a digit");
    session.lookAt(Collections.nCopies(784, 0.5f));
    assertThat(view.flow.columns()).hasSize(2);
    assertThat(view.flow.columns().get(1).units()).hasSize(10);
    assertThat(view.flow.links()).isNotEmpty().hasSizeLessThanOrEqualTo(40);
    float[] pixels = new float[784];
    java.util.Arrays.fill(pixels, 0.5f);
    assertThat(view.message)
        .contains("says " + ClassWords.DIGITS.phrase(Predictor.argMax(now.predict(pixels))));
  }

  @Test
  void pointingAtAUnitShowsItsWeightsAndStrongestInputs() {
    Predictor now = train();
    presenter.setVisible(true);
    presenter.choose(InspectTab.FLOW);
    session.lookAt(Collections.nCopies(784, 0.5f));
    presenter.pointAt(0, 5);
    assertThat(view.unitTile).hasSize(784);
    for (int i = 0; i < 784; i++) {
      assertThat(view.unitTile.get(i)).isEqualTo(now.weights(0).weight(i, 5));
    }
    assertThat(view.unitText).startsWith("Hidden 1, unit 6, bias");
    presenter.pointAt(1, 7);
    assertThat(view.unitTile).isEmpty();
    float[] pixels = new float[784];
    java.util.Arrays.fill(pixels, 0.5f);
    float[] before = now.activations(pixels).layers().get(0);
    int strongest = 0;
    for (int i = 1; i < before.length; i++) {
      float carried = Math.abs(before[i] * now.weights(1).weight(i, 7));
      float most = Math.abs(before[strongest] * now.weights(1).weight(strongest, 7));
      strongest = carried > most ? i : strongest;
    }
    assertThat(view.unitText.split("\n", -1)).hasSize(6);
    assertThat(view.unitText.split("\n", -1)[0]).startsWith("Output, unit 7, bias");
    assertThat(view.unitText.split("\n", -1)[1]).startsWith("unit %d: ".formatted(strongest + 1));
  }

  @Test
  void stepsAlongTheGradientMakeTheChosenDigitLikelier() {
    Predictor now = train();
    float[] pixels = new float[784];
    java.util.Arrays.fill(pixels, 0.5f);
    for (int digit = 0; digit < 10; digit++) {
      Saliency saliency = Saliency.of(now, pixels, digit);
      assertThat(saliency.steps()).isPositive();
      assertThat(saliency.probability()).isGreaterThan(now.predict(pixels)[digit]);
      for (float pixel : saliency.changed()) {
        assertThat(pixel).isBetween(0f, 1f);
      }
    }
    presenter.setVisible(true);
    presenter.choose(InspectTab.SALIENCY);
    session.lookAt(Collections.nCopies(784, 0.5f));
    assertThat(view.gradient).hasSize(784);
    assertThat(view.message).contains("takes it for a 3");
  }

  @Test
  void mapsTheTestImages() {
    train();
    presenter.setVisible(true);
    presenter.choose(InspectTab.MAP);
    assertThat(view.message).contains("Waiting");
    session.setData(new DataState.Missing("gone"));
    assertThat(view.message).contains("missing");
    session.setData(new DataState.Ready(TinyDigits.split(20)));
    assertThat(view.points).hasSize(30);
    assertThat(view.points.get(12).digit()).isEqualTo(2);
  }

  @Test
  void classesWithNamesAreCalledByThem() {
    session.update(session.begin(TinyDigits.withClothes(1)).withPredictor(TinyDigits.predictor(3)));
    presenter.setVisible(true);
    List<String> names = TinyDigits.clothes().classNames();
    assertThat(view.classes.names()).isEqualTo(names);
    presenter.choose(InspectTab.SALIENCY);
    session.lookAt(Collections.nCopies(784, 0.5f));
    assertThat(view.message).contains("takes it for Dress with");
    presenter.choose(InspectTab.FLOW);
    assertThat(names.stream().filter(n -> view.message.contains("says " + n + " ("))).hasSize(1);
    presenter.pointAt(1, 7);
    assertThat(view.unitText).startsWith("Output, unit Sneaker, bias");
    presenter.choose(InspectTab.MAP);
    session.setData(new DataState.Ready(TinyDigits.split(20))); // digits: not what it learned from
    assertThat(view.points).isEmpty();
    session.setData(
        "fashion", new DataState.Ready(TinyDigits.split(20), false, TinyDigits.clothes()));
    assertThat(view.points).hasSize(30);
  }

  private Predictor train() {
    Predictor now = TinyDigits.predictor(3);
    session.update(session.begin(TinyDigits.experiment(3)).withPredictor(now));
    return now;
  }

  private static final class FakeView implements InspectView {
    private String message = "";
    private String whyNoEpochs = "";
    private String epochText = "";
    private List<String> layers = new ArrayList<>();
    private @Nullable LayerWeights weights;
    private FlowFigure flow = FlowFigure.EMPTY;
    private List<Float> unitTile = List.of();
    private String unitText = "";
    private List<Float> gradient = List.of();
    private List<ScatterPoint> points = List.of();
    private ClassWords classes = ClassWords.DIGITS;

    @Override
    public void showClasses(ClassWords newClasses, int target) {
      classes = newClasses;
    }

    @Override
    public void showMessage(String text) {
      message = text;
    }

    @Override
    public void showEpochs(List<Integer> epochs, int selected, String text, String reason) {
      whyNoEpochs = reason;
      epochText = text;
    }

    @Override
    public void showLayers(List<String> titles, int selected) {
      layers = titles;
    }

    @Override
    public void showWeights(@Nullable LayerWeights newWeights) {
      weights = newWeights;
    }

    @Override
    public void showFlow(FlowFigure figure) {
      flow = figure;
    }

    @Override
    public void showUnit(List<Float> tile, String text) {
      unitTile = tile;
      unitText = text;
    }

    @Override
    public void showSaliency(List<Float> digit, List<Float> slopes, List<Float> changed) {
      gradient = slopes;
    }

    @Override
    public void showMap(List<ScatterPoint> newPoints) {
      points = newPoints;
    }
  }
}
