package dev.neurite.explorer.config;

import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.dropin.NamedData;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.model.Activation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the form, checks it after every change, and plans its experiment in the session. */
public final class ConfigPresenter {
  private final ConfigView view;
  private final Session session;
  private Draft draft;
  private int checkedRows;
  private DataKind checkedData = DataKind.MNIST;

  /**
   * Shows the first form and plans it.
   *
   * @param first how the form is filled in
   */
  public ConfigPresenter(ConfigView view, Session session, Draft first) {
    draft = first;
    this.view = view;
    this.session = session;
    session.addListener(
        new SessionListener() {
          @Override
          public void dataChanged() {
            if (session.trainRows() != checkedRows || !session.dataKind().equals(checkedData)) {
              check();
            }
          }
        });
    refill(draft);
  }

  /** The form as it is filled in. */
  public Draft draft() {
    return draft;
  }

  /** The form of an earlier session is back. */
  public void restored(Draft saved) {
    refill(saved);
  }

  /** The user wants the layers of a preset. */
  public void presetChosen(NetworkPreset preset) {
    refill(draft.withPreset(preset));
  }

  /** The user wants one hidden layer more. */
  public void layerAdded() {
    if (draft.layers().size() < Draft.MAX_LAYERS) {
      refill(draft.withLayerAdded());
    }
  }

  /** The user wants one hidden layer less. */
  public void layerRemoved(int index) {
    refill(draft.withoutLayer(index));
  }

  /** The user types units. */
  public void unitsTyped(int index, String units) {
    change(
        draft.withLayer(
            index,
            new LayerDraft(
                units,
                draft.layers().get(index).activation(),
                draft.layers().get(index).dropout())));
  }

  /** The user chooses an activation. */
  public void activationChosen(int index, Activation.Function activation) {
    change(
        draft.withLayer(
            index,
            new LayerDraft(
                draft.layers().get(index).units(),
                activation,
                draft.layers().get(index).dropout())));
  }

  /** The user chooses an optimiser. */
  public void optimizerChosen(OptimizerChoice optimizer) {
    change(draft.withOptimizer(optimizer));
  }

  /** The user types a learning rate. */
  public void learningRateTyped(String text) {
    change(draft.with(Field.Kind.LEARNING_RATE, text));
    double share = LearningRateScale.shareOf(text);
    if (!Double.isNaN(share)) {
      view.showLearningRateShare(share);
    }
  }

  /**
   * The user moves the slider of the learning rate.
   *
   * @param share 0 to 1
   */
  public void learningRateSlid(double share) {
    String text = LearningRateScale.textAt(share);
    change(draft.with(Field.Kind.LEARNING_RATE, text));
    view.showLearningRate(text);
  }

  /** The user wants the usual rate of the optimiser. */
  public void usualRateWanted() {
    String text = Figures.rate(draft.optimizer().defaultLearningRate());
    view.showLearningRate(text);
    learningRateTyped(text);
  }

  /** The user chooses a schedule. */
  public void scheduleChosen(ScheduleChoice schedule) {
    change(draft.withSchedule(schedule));
  }

  /** The user chooses how the training images are changed. */
  public void augmentationChosen(AugmentationChoice augmentation) {
    change(draft.withAugmentation(augmentation));
  }

  /**
   * The user chooses the images to learn from.
   *
   * @param name a word or a directory, as {@link NamedData} has it
   */
  public void dataChosen(String name) {
    refill(draft.withData(NamedData.recordName(name)));
  }

  /** The user types the dropout after a layer. */
  public void dropoutTyped(int index, String dropout) {
    LayerDraft layer = draft.layers().get(index);
    change(draft.withLayer(index, new LayerDraft(layer.units(), layer.activation(), dropout)));
  }

  /** The user moves a layer to another place; one that is not there means the nearest. */
  public void layerMoved(int from, int to) {
    int place = Math.max(0, Math.min(draft.layers().size() - 1, to));
    if (place != from) {
      refill(draft.withLayerMoved(from, place));
    }
  }

  /** The user types into a field that is there once, but not the learning rate. */
  public void typed(Field.Kind kind, String text) {
    change(draft.with(kind, text));
  }

  /** Fills in the whole form again, after changes that did not come from it. */
  public void shown() {
    refill(draft);
  }

  /**
   * The user wants the form as it was for an experiment; one that does not know it does nothing.
   */
  public void duplicated(Experiment experiment) {
    DraftWords.read(experiment.form()).ifPresent(this::refill);
  }

  private void refill(Draft newDraft) {
    draft = newDraft;
    view.showDraft(draft);
    double share = LearningRateScale.shareOf(draft.text(Field.Kind.LEARNING_RATE));
    if (!Double.isNaN(share)) {
      view.showLearningRateShare(share);
    }
    check();
  }

  private void change(Draft newDraft) {
    if (!newDraft.equals(draft)) {
      draft = newDraft;
      check();
    }
  }

  private void check() {
    session.chooseData(draft.data());
    checkedRows = session.trainRows();
    checkedData = session.dataKind();
    DraftCheck check = DraftCheck.of(draft, checkedRows, checkedData);
    view.showPreset(draft.preset());
    view.showProblems(check.problems());
    view.showScheduleFields(ScheduleFields.of(draft.schedule()));
    view.showUsualRate(
        Texts.format(
            "config.usualRate",
            draft.optimizer().title(),
            Figures.rate(draft.optimizer().defaultLearningRate())));
    check
        .network()
        .ifPresentOrElse(
            network -> {
              view.showSize(
                  network.widths(),
                  Texts.format("config.parameters", Figures.count(network.parameterCount())));
              List<Integer> widths = new ArrayList<>(List.of(network.inputs()));
              network.denseLayers().forEach(layer -> widths.add(layer.units()));
              view.showSketch(widths);
            },
            () -> {
              view.showSize("", Texts.format("config.parameters", Figures.NONE));
              view.showSketch(List.of());
            });
    @Nullable Experiment experiment = check.experiment().orElse(null);
    view.showRateCurve(experiment == null ? RateCurve.NONE : curveOf(experiment));
    session.plan(experiment);
  }

  private RateCurve curveOf(Experiment experiment) {
    long steps =
        (long) experiment.training().epochs() * experiment.training().stepsPerEpoch(checkedRows);
    return RateCurve.of(experiment.training().schedule(), steps);
  }
}
