package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.PruningRecord;
import dev.neurite.explorer.session.Run;
import dev.neurite.mnist.cli.AugmentedData;
import dev.neurite.mnist.cli.Version;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.train.TrainingResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The model of a run as it is saved: with how it was trained and where it comes from. */
public final class ModelOfRun {
  private ModelOfRun() {}

  /**
   * A model with its record.
   *
   * @param run whose model it is
   * @param model of the run
   * @param engine what it was trained with
   */
  public static SavedModel of(Run run, Model model, EngineSpec engine) {
    TrainingResult result =
        new TrainingResult(run.state().outcome(), run.message(), run.history(), 0, run.seconds());
    return new SavedModel(
        model,
        new TrainingRecord(run.experiment().training(), result),
        provenance(run.experiment(), run.pruning(), engine));
  }

  /** Where the model of an experiment comes from. */
  static Provenance provenance(
      Experiment experiment, @Nullable PruningRecord pruning, EngineSpec engine) {
    String now = Instant.now().toString();
    return new Provenance(
        Version.producer(),
        now,
        new AugmentedData(experiment.data().name(), experiment.augmentation()).text(),
        engine.kernel().toString(),
        engine.threads(),
        pruning == null
            ? null
            : new Provenance.Parent(
                pruning.order().parentName(),
                now,
                "pruned %s of the %s"
                    .formatted(pruning.order().sparsity(), pruning.order().pruning()),
                null));
  }
}
