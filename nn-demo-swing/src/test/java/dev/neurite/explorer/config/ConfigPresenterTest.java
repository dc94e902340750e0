package dev.neurite.explorer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Session;
import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DropoutSpec;
import dev.neurite.nn.schedule.CosineRestartsSchedule;
import dev.neurite.nn.schedule.CosineSchedule;
import dev.neurite.nn.train.TrainingSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigPresenterTest {
  private final Session session = new Session();
  private final FakeView view = new FakeView();
  private final ConfigPresenter presenter = new ConfigPresenter(view, session, Draft.start(7));

  @Test
  void startsAsTheExplorerAlwaysDid() {
    Experiment planned = session.planned().orElseThrow();
    assertThat(planned.name()).isEqualTo("Simple");
    assertThat(planned.model().widths()).isEqualTo("784-128-10");
    assertThat(planned.model().layers()).hasSize(4); // rescaling, dense, dropout, output
    assertThat(planned.training().epochs()).isEqualTo(10);
    assertThat(planned.training().batchSize()).isEqualTo(512);
    assertThat(planned.training().seed()).isEqualTo(7);
    assertThat(planned.training().optimizer()).isEqualTo(OptimizerChoice.ADAM.spec());
    assertThat(planned.training().schedule())
        .isEqualTo(new CosineSchedule(0.005, 0.005 * 0.01, 10 * 108));
    assertThat(view.parameters).isEqualTo("101,770 parameters");
    assertThat(view.preset).contains(NetworkPreset.SIMPLE);
    assertThat(view.problems).isEmpty();
  }

  @Test
  void presetsSetTheLayersAndAChangeUnmarksThem() {
    presenter.presetChosen(NetworkPreset.DEEP);
    assertThat(view.draft.layers()).hasSize(3);
    assertThat(view.preset).contains(NetworkPreset.DEEP);
    presenter.activationChosen(1, Activation.Function.TANH);
    assertThat(view.preset).isEmpty();
    assertThat(session.planned().orElseThrow().name()).isEqualTo("Custom");
  }

  @Test
  void layersAreAddedUpToALimitAndRemovedDownToNone() {
    for (int i = 0; i < 20; i++) {
      presenter.layerAdded();
    }
    assertThat(view.draft.layers()).hasSize(Draft.MAX_LAYERS);
    while (!presenter.draft().layers().isEmpty()) {
      presenter.layerRemoved(0);
    }
    assertThat(view.widths).isEqualTo("784-10");
    assertThat(view.parameters).isEqualTo("7,850 parameters");
    assertThat(session.planned()).isPresent();
  }

  @Test
  void whatIsWrongIsMarkedAtItsFieldAndNothingIsPlanned() {
    presenter.unitsTyped(0, "0");
    presenter.learningRateTyped("fast");
    presenter.typed(Field.Kind.EPOCHS, "");
    presenter.typed(Field.Kind.BATCH_SIZE, "1e3");
    presenter.typed(Field.Kind.SEED, "x");
    assertThat(view.problems.keySet())
        .containsExactlyInAnyOrder(
            Field.units(0),
            Field.of(Field.Kind.LEARNING_RATE),
            Field.of(Field.Kind.EPOCHS),
            Field.of(Field.Kind.BATCH_SIZE),
            Field.of(Field.Kind.SEED));
    assertThat(view.problems.get(Field.units(0))).isEqualTo("A whole number from 1 to 4,096");
    assertThat(session.planned()).isEmpty();
    assertThat(view.curve).isEqualTo(RateCurve.NONE);

    presenter.unitsTyped(0, " 32 ");
    presenter.learningRateTyped("0,01");
    presenter.typed(Field.Kind.EPOCHS, "2");
    presenter.typed(Field.Kind.BATCH_SIZE, "100");
    presenter.typed(Field.Kind.SEED, "-3");
    assertThat(view.problems).isEmpty();
    assertThat(session.planned().orElseThrow().training().seed()).isEqualTo(-3);
  }

  @Test
  void sliderAndFieldOfTheRateFollowEachOther() {
    presenter.learningRateTyped("0.001");
    assertThat(view.share).isEqualTo(1 / 3.0, within(1e-9));
    presenter.learningRateSlid(1);
    assertThat(view.learningRate).isEqualTo("0.1");
    presenter.learningRateSlid(0);
    assertThat(view.learningRate).isEqualTo("0.0001");
    presenter.optimizerChosen(OptimizerChoice.SGD);
    presenter.usualRateWanted();
    assertThat(Double.parseDouble(view.learningRate))
        .isEqualTo(OptimizerChoice.SGD.defaultLearningRate());
  }

  @Test
  void theCurveFollowsTheSchedule() {
    assertThat(view.curve.rates().get(0)).isEqualTo(0.005);
    assertThat(view.curve.rates().get(159)).isLessThan(0.0001);
    presenter.scheduleChosen(ScheduleChoice.CONSTANT);
    assertThat(view.curve.rates()).hasSize(160).containsOnly(0.005);
    presenter.scheduleChosen(ScheduleChoice.PLATEAU);
    assertThat(view.curve.dependsOnProgress()).isTrue();
  }

  @Test
  void everyScheduleAndOptimiserMakesAnExperiment() {
    int count = 0;
    for (ScheduleChoice schedule : ScheduleChoice.values()) {
      for (OptimizerChoice optimizer : OptimizerChoice.values()) {
        presenter.scheduleChosen(schedule);
        presenter.optimizerChosen(optimizer);
        assertThat(session.planned()).isPresent();
        count++;
      }
    }
    assertThat(count).isGreaterThanOrEqualTo(56);
  }

  @Test
  void dropoutIsAfterEachLayerAndZeroMeansNone() {
    presenter.presetChosen(NetworkPreset.DEEP);
    presenter.dropoutTyped(1, "0.9");
    assertThat(view.problems).containsOnlyKeys(Field.dropout(1));
    presenter.dropoutTyped(0, "0.5");
    presenter.dropoutTyped(1, "0");
    presenter.dropoutTyped(2, "0,1");
    assertThat(session.planned().orElseThrow().model().layers())
        .filteredOn(DropoutSpec.class::isInstance)
        .containsExactly(new DropoutSpec(0.5f), new DropoutSpec(0.1f));
    assertThat(view.preset).contains(NetworkPreset.DEEP);
  }

  @Test
  void layersAreMovedAndTheSketchFollows() {
    presenter.presetChosen(NetworkPreset.DEEP);
    presenter.layerMoved(2, 0);
    assertThat(view.sketch).containsExactly(784, 32, 128, 64, 10);
    presenter.layerMoved(0, 99);
    assertThat(view.sketch).containsExactly(784, 128, 64, 32, 10);
    presenter.unitsTyped(0, "many");
    assertThat(view.sketch).isEmpty();
  }

  @Test
  void schedulesHaveFieldsOfTheirOwn() {
    presenter.scheduleChosen(ScheduleChoice.COSINE_RESTARTS);
    assertThat(view.scheduleFields)
        .containsExactly(Field.Kind.CYCLES, Field.Kind.MULTIPLIER, Field.Kind.MINIMUM);
    presenter.typed(Field.Kind.CYCLES, "2");
    presenter.typed(Field.Kind.MULTIPLIER, "3");
    presenter.typed(Field.Kind.MINIMUM, "0.1");
    assertThat(session.planned().orElseThrow().training().schedule())
        .isEqualTo(
            new CosineRestartsSchedule(0.005, 270, 3, 0.005 * 0.1, 1)); // 1080 steps in 1 + 3
    presenter.typed(Field.Kind.CYCLES, "0");
    assertThat(view.problems).containsOnlyKeys(Field.of(Field.Kind.CYCLES));
    presenter.scheduleChosen(ScheduleChoice.CONSTANT); // which has no cycles to be wrong
    assertThat(view.problems).isEmpty();
    assertThat(view.scheduleFields).isEmpty();
  }

  @Test
  void regularisationReachesTheExperimentAndEmptyMeansUsual() {
    assertThat(session.planned().orElseThrow().training().optimizer())
        .isEqualTo(OptimizerChoice.ADAM.spec());
    presenter.typed(Field.Kind.WEIGHT_DECAY, "0.001");
    presenter.typed(Field.Kind.MAX_NORM, "3");
    presenter.typed(Field.Kind.LABEL_SMOOTHING, "0.1");
    TrainingSpec training = session.planned().orElseThrow().training();
    assertThat(training.optimizer())
        .isEqualTo(OptimizerChoice.ADAM.withDecay(0.001).withMaxNorm(3));
    assertThat(training.labelSmoothing()).isEqualTo(0.1);
    presenter.typed(Field.Kind.MAX_NORM, "-1");
    assertThat(view.problems.get(Field.of(Field.Kind.MAX_NORM)))
        .isEqualTo("A number from 0 to 1000");
  }

  @Test
  void augmentationReachesTheExperimentAndTheWordsOfTheForm() {
    assertThat(session.planned().orElseThrow().augmentation()).isEqualTo(Augmentation.NONE);
    presenter.augmentationChosen(AugmentationChoice.ELASTIC);
    assertThat(session.planned().orElseThrow().augmentation()).isEqualTo(Augmentation.ELASTIC);
    String words = DraftWords.of(presenter.draft());
    assertThat(DraftWords.read(words)).contains(presenter.draft());
    String earlier = words.replace("\"augmentation\":\"ELASTIC\",", "");
    assertThat(earlier).isNotEqualTo(words);
    assertThat(DraftWords.read(earlier).orElseThrow().augmentation())
        .isEqualTo(AugmentationChoice.NONE);
  }

  @Test
  void theScheduleIsFittedToTheRealData() {
    session.setData(new DataState.Ready(TinyDigits.split(1024)));
    assertThat(session.planned().orElseThrow().training().schedule())
        .isEqualTo(new CosineSchedule(0.005, 0.005 * 0.01, 10 * 2));
  }

  @Test
  void theDataIsChosenInTheFormAndMakesTheOutputs() {
    assertThat(session.planned().orElseThrow().data()).isEqualTo(DataKind.MNIST);
    presenter.dataChosen("fashion");
    assertThat(session.chosenData()).isEqualTo("fashion");
    assertThat(session.planned().orElseThrow().data().classNames()).contains("Sneaker");
    String words = DraftWords.of(presenter.draft());
    assertThat(DraftWords.read(words)).contains(presenter.draft());
    String earlier = words.replace("\"data\":\"fashion\",", "");
    assertThat(earlier).isNotEqualTo(words);
    assertThat(DraftWords.read(earlier).orElseThrow().data()).isEqualTo("mnist");

    presenter.dataChosen("hats");
    String folder = Path.of("hats").toAbsolutePath().toString();
    assertThat(session.chosenData()).isEqualTo(folder);
    DataKind hats = new DataKind(folder, List.of("cap", "fez", "hood"));
    float[] pixels = new float[784];
    ArrayDataset rows = ArrayDataset.classification(pixels, 784, new int[] {2}, 3);
    session.setData(new DataState.Ready(new DataSplit(rows, rows, rows), false, hats));
    assertThat(session.planned().orElseThrow().data()).isEqualTo(hats);
    assertThat(view.widths).isEqualTo("784-128-3");

    Experiment withHats = session.planned().orElseThrow();
    presenter.dataChosen("mnist");
    presenter.duplicated(withHats);
    assertThat(session.chosenData()).isEqualTo(folder);
    assertThat(view.draft.data()).isEqualTo(folder);
  }

  private static final class FakeView implements ConfigView {
    Draft draft;
    String learningRate;
    double share;
    Optional<NetworkPreset> preset;
    Map<Field, String> problems;
    String widths;
    String parameters;
    RateCurve curve;
    List<Integer> sketch;
    List<Field.Kind> scheduleFields;

    @Override
    public void showDraft(Draft newDraft) {
      draft = newDraft;
    }

    @Override
    public void showLearningRate(String text) {
      learningRate = text;
    }

    @Override
    public void showLearningRateShare(double newShare) {
      share = newShare;
    }

    @Override
    public void showPreset(Optional<NetworkPreset> newPreset) {
      preset = newPreset;
    }

    @Override
    public void showProblems(Map<Field, String> newProblems) {
      problems = newProblems;
    }

    @Override
    public void showSize(String newWidths, String newParameters) {
      widths = newWidths;
      parameters = newParameters;
    }

    @Override
    public void showRateCurve(RateCurve newCurve) {
      curve = newCurve;
    }

    @Override
    public void showSketch(List<Integer> widths) {
      sketch = widths;
    }

    @Override
    public void showScheduleFields(List<Field.Kind> kinds) {
      scheduleFields = kinds;
    }

    @Override
    public void showUsualRate(String text) {}
  }
}
