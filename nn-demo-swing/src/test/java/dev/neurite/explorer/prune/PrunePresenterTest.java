package dev.neurite.explorer.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.LaterAnalysis;
import dev.neurite.explorer.RecordedTraining;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.prune.PruneFace.Mood;
import dev.neurite.explorer.service.RunEvent;
import dev.neurite.explorer.service.RunProgress;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.LossTrace;
import dev.neurite.explorer.session.ModelFigures;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.explorer.session.PruningRecord.Stage;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrunePresenterTest {
  private static final int WEIGHTS = 784 * 16 + 16 * 10;

  private final Session session = new Session();
  private final RecordedTraining training = new RecordedTraining();
  private final LaterAnalysis analysis = new LaterAnalysis();
  private final View view = new View();
  private final List<RunId> over = new ArrayList<>();
  private final PrunePresenter presenter =
      new PrunePresenter(view, session, training, analysis, over::add);
  private final Model model = Model.create(TinyDigits.experiment(1).model(), 5);

  private Run trainedRun() {
    session.setData(new DataState.Ready(TinyDigits.split(200)));
    Run run = session.begin(TinyDigits.experiment(2)).after(Events.started());
    run = run.withPredictor(new Predictor(model)).after(Events.epochCompleted(1));
    run = run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1))));
    session.update(run);
    return run;
  }

  @Test
  void withoutATrainedRunItSaysWhatToDo() {
    assertThat(view.face.mood()).isEqualTo(Mood.EMPTY);
    assertThat(view.face.canStart()).isFalse();
    assertThat(view.face.message()).contains("Train a network first");
    presenter.start();
    presenter.cancel();
    assertThat(training.calls).isEmpty();
    session.setData(new DataState.Ready(TinyDigits.split(200)));
    session.begin(TinyDigits.experiment(2));
    assertThat(view.face.mood()).isEqualTo(Mood.EMPTY);
    assertThat(view.face.message()).contains("still being trained");
  }

  @Test
  void nothingIsComputedWhileItIsNotSeen() {
    trainedRun();
    assertThat(view.face.mood()).isEqualTo(Mood.READY);
    assertThat(analysis.run("prune-preview")).isFalse();
    assertThat(analysis.run("prune-accuracy")).isFalse();
  }

  @Test
  void thePreviewFollowsTheSlider() {
    trainedRun();
    presenter.setVisible(true);
    presenter.percentChosen(50);
    presenter.percentChosen(75);
    analysis.runAll();
    int kept = view.preview.layers().stream().mapToInt(PrunePreview.Layer::kept).sum();
    assertThat(kept).isEqualTo(WEIGHTS - Math.round(0.75f * WEIGHTS));
    assertThat(view.preview.layers())
        .extracting(PrunePreview.Layer::weights)
        .containsExactly(784 * 16, 160);
    assertThat(view.preview.denseBytes()).isEqualTo(4L * (WEIGHTS + 26));
    assertThat(view.preview.nonZeroParameters()).isEqualTo(kept); // its biases are still zero
    long sparse = view.preview.fileBytes();
    assertThat((double) sparse / kept).isBetween(5.0, 5.2); // a value and its gap
    presenter.percentChosen(76);
    assertThat(view.previewOf).isEqualTo(75);
    analysis.run("prune-preview");
    assertThat(view.preview.fileBytes()).isLessThan(sparse);
  }

  @Test
  void theCurveIsMeasuredOnValidationImagesTheChosenShareFirst() {
    trainedRun();
    presenter.setVisible(true);
    assertThat(view.face.mood()).isEqualTo(Mood.MEASURING);
    presenter.percentChosen(62);
    assertThat(analysis.run("prune-accuracy")).isTrue();
    assertThat(view.percents).containsExactly(62.0);
    assertThat(view.curveText).contains("62 %");
    analysis.runAll();
    assertThat(view.face.mood()).isEqualTo(Mood.READY);
    assertThat(view.percents).hasSizeGreaterThan(15).isSorted().contains(0.0, 62.0, 99.0);
    try (Engine engine = new Engine(new EngineSpec(KernelChoice.PLAIN, 1))) {
      for (int i = 0; i < view.percents.size(); i++) {
        Model pruned = model.copy();
        WeightPruning.global().prune(pruned, view.percents.get(i) / 100);
        double expected =
            new Evaluator(pruned, Loss.SOFTMAX_CROSS_ENTROPY, engine)
                .evaluate(TinyDigits.split(200).validation())
                .accuracy();
        assertThat(view.accuracies.get(i)).isCloseTo(100 * expected, within(1e-9));
      }
    }
    presenter.scopeChosen(PruningScope.LAYER);
    assertThat(view.percents).as("another scope has another curve").isEmpty();
  }

  @Test
  void blocksHaveAPreviewAndACurveOfTheirOwn() {
    trainedRun();
    presenter.setVisible(true);
    presenter.percentChosen(50);
    analysis.runAll();
    int left = view.preview.nonZeroParameters();
    List<Double> before = List.copyOf(view.accuracies);
    assertThat(before).isNotEmpty();
    presenter.grainChosen(PruningOrder.Grain.BLOCKS);
    assertThat(view.percents).isEmpty();
    analysis.runAll();
    assertThat(view.preview.nonZeroParameters()).isEqualTo(left);
    assertThat(view.accuracies).isNotEqualTo(before);
    presenter.start();
    analysis.runAll();
    assertThat(training.order.pruning())
        .isEqualTo(new WeightPruning(PruningScope.GLOBAL, false, WeightPruning.FAST_BLOCK_WIDTH));
  }

  @Test
  void answersForAnotherNetworkAreDropped() {
    Run first = trainedRun();
    presenter.setVisible(true);
    Run second = trainedRun();
    session.update(
        second.withPredictor(new Predictor(Model.create(first.experiment().model(), 9))));
    session.select(first.id());
    presenter.percentChosen(80);
    session.select(second.id());
    analysis.run("prune-preview");
    assertThat(view.preview).isNotNull();
    analysis.runAll();
    assertThat(view.face.title()).contains("2 Tiny");
  }

  @Test
  void startsARunThatNamesItsParentAndFollowsIt() {
    Run parent = trainedRun();
    presenter.setVisible(true);
    presenter.percentChosen(90);
    presenter.methodChosen(PruningOrder.Method.ITERATIVE);
    presenter.epochsTyped("3");
    presenter.start();
    analysis.runAll();
    assertThat(training.calls).containsExactly("prune");
    assertThat(training.order.parent()).isEqualTo(parent.id());
    assertThat(training.order.sparsity()).isEqualTo(0.9);
    Run run = session.selected().orElseThrow();
    assertThat(run.name()).isEqualTo("2 Tiny, 90 % pruned");
    assertThat(run.pruning().order()).isEqualTo(training.order);
    assertThat(run.experiment().training().epochs()).isEqualTo(3 * PruningOrder.ROUNDS);
    assertThat(view.face.mood()).isEqualTo(Mood.RUNNING);
    assertThat(view.face.canCancel()).isTrue();
    assertThat(view.face.canStart()).isFalse();
    assertThat(view.face.progressText()).contains("Measuring");

    tell(new RunEvent.Measured(Stage.BEFORE, figures(0.98, 12_730)));
    tell(new RunEvent.Measured(Stage.PRUNED, figures(0.5, 1_300)));
    assertThat(view.result.heading()).contains("1 Tiny").contains("90 %");
    assertThat(view.result.rows().get(0)).containsExactly("Validation", "98.00 %", "50.00 %", "–");
    tell(new RunEvent.Trained(Events.batch(2, 5, 0.4)));
    assertThat(view.face.progressText()).isEqualTo("Epoch 2 of 12");
    presenter.cancel();
    assertThat(training.calls).containsExactly("prune", "stop");
    tell(new RunEvent.Measured(Stage.TUNED, figures(0.97, 1_300)));
    tell(new RunEvent.Trained(Events.ended(Outcome.CANCELLED, List.of())));
    assertThat(view.face.mood()).isEqualTo(Mood.CANCELLED);
    assertThat(view.result.rows().get(2)).containsExactly("Not zero", "12,730", "1,300", "1,300");
    assertThat(view.result.rows().get(4))
        .containsExactly("One image", "7.5 µs", "7.5 µs", "7.5 µs");
    assertThat(over).hasSize(5).containsOnly(run.id());
    assertThat(session.run(parent.id()).orElseThrow()).isEqualTo(parent);
  }

  @Test
  void endsAndFailuresHaveTheirFace() {
    trainedRun();
    presenter.start();
    analysis.runAll();
    tell(new RunEvent.Failed("out of luck"));
    assertThat(view.face.mood()).isEqualTo(Mood.FAILED);
    assertThat(view.face.message()).contains("out of luck");
    session.select(new RunId(1));
    presenter.start();
    analysis.runAll();
    tell(new RunEvent.Trained(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1)))));
    assertThat(view.face.mood()).isEqualTo(Mood.FINISHED);
    assertThat(session.selected().orElseThrow().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void aPrunedNetworkCanOnlyBePrunedFurther() {
    Run run = trainedRun();
    session.update(run.withPredictor(new Predictor(WeightPruning.global().pruned(model, 0.9))));
    presenter.setVisible(true);
    for (int percent : new int[] {90, 50}) {
      presenter.percentChosen(percent);
      analysis.runAll();
      assertThat(view.preview.nonZeroParameters())
          .as("what there is")
          .isEqualTo(WEIGHTS - Math.round(0.9f * WEIGHTS));
      assertThat(view.problem).contains("further");
      assertThat(view.face.canStart()).isFalse();
    }
    presenter.percentChosen(95);
    analysis.runAll();
    assertThat(view.problem).isEmpty();
    assertThat(view.face.canStart()).isTrue();
    assertThat(view.percents).contains(0.0, 90.0, 99.0).doesNotContain(50.0);
  }

  @Test
  void whatIsNotPossibleSaysWhy() {
    trainedRun();
    presenter.setVisible(true);
    presenter.epochsTyped("none");
    assertThat(view.face.canStart()).isFalse();
    assertThat(view.face.epochsProblem()).contains("1 to 100");
    presenter.epochsTyped("5");
    presenter.methodChosen(PruningOrder.Method.UNITS);
    presenter.scopeChosen(PruningScope.LAYER);
    presenter.percentChosen(99); // 16 of 16 units
    analysis.runAll();
    assertThat(view.problem).contains("16 units");
    assertThat(view.face.canStart()).isFalse();
    presenter.percentChosen(50);
    analysis.runAll();
    assertThat(view.problem).isEmpty();
    assertThat(view.preview.spec().widths()).isEqualTo("784-8-10");
    assertThat(view.face.canStart()).isTrue();
    session.begin(TinyDigits.experiment(1));
    session.select(new RunId(1));
    assertThat(view.face.canStart()).isFalse();
    assertThat(view.face.startHint()).contains("Wait");
  }

  private void tell(RunEvent event) {
    training.receiver.accept(new RunProgress(List.of(event), LossTrace.EMPTY));
  }

  private static ModelFigures figures(double accuracy, int nonZero) {
    return new ModelFigures(accuracy, accuracy, 12_730, nonZero, 4L * nonZero, 7.5);
  }

  private final class View implements PruneView {
    private PruneFace face;
    private PrunePreview preview;
    private int previewOf;
    private String problem = "";
    private List<Double> percents = List.of();
    private List<Double> accuracies = List.of();
    private int now;
    private String curveText = "";
    private PruneResult result;

    @Override
    public void showSettings(PruneSettings settings) {
      now = settings.percent();
    }

    @Override
    public void showFace(PruneFace newFace) {
      face = newFace;
    }

    @Override
    public void showPreview(PrunePreview newPreview, String newProblem) {
      preview = newPreview;
      previewOf = now;
      problem = newProblem;
    }

    @Override
    public void showCurve(
        List<Double> newPercents, List<Double> newAccuracies, int newNow, String text) {
      percents = newPercents;
      accuracies = newAccuracies;
      now = newNow;
      curveText = text;
    }

    @Override
    public void showResult(PruneResult newResult) {
      result = newResult;
    }
  }
}
