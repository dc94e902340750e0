package dev.neurite.nn.train;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.prune.GradualPruning;
import dev.neurite.nn.prune.PruningRounds;
import dev.neurite.nn.prune.UnitPruning;
import dev.neurite.nn.train.TrainingResult.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Prunes a model and trains it again, once or in rounds; the model that was given stays as it is.
 *
 * <p>For one thread, as a {@link Trainer} is. When it is cancelled, it ends with the epoch of the
 * running round that was best on the validation data, among those in which all weights were pruned;
 * if there is none yet, with the model as it is then.
 */
public final class PruningRun {
  private final Model model;
  private final @Nullable Model initial;
  private final PruningSpec spec;
  private final DataSplit data;
  private final Engine engine;

  /** What is trained in the round that runs. */
  private Model current;

  private @Nullable Trainer trainer;
  private double bestAccuracy;
  private @Nullable Model best;

  /**
   * Prepares a run.
   *
   * @param model a trained model; read
   * @param initial the same network with its first values; needed for rewinding only
   * @param spec how
   * @param data what to train on and to choose by
   * @param engine what to run on; not closed
   * @throws IllegalArgumentException if rewinding has nothing to go back to
   */
  public PruningRun(
      Model model, @Nullable Model initial, PruningSpec spec, DataSplit data, Engine engine) {
    if (spec.rewinds() && initial == null) {
      throw new IllegalArgumentException("rewinding needs the first values of the network");
    }
    this.model = model;
    this.initial = initial;
    this.spec = spec;
    this.data = data;
    this.engine = engine;
    this.current = model;
  }

  /**
   * The model of the round that runs; it changes while the run runs. Before the run it is the one
   * that was given.
   */
  public Model model() {
    return current;
  }

  /**
   * All that is needed to go on with the round that runs; call it from the listener.
   *
   * @throws IllegalStateException if no round is being trained
   */
  public TrainingSnapshot snapshot() {
    Trainer running = trainer;
    if (running == null) {
      throw new IllegalStateException("no round is being trained");
    }
    return running.snapshot();
  }

  /**
   * Runs to the end, on this thread.
   *
   * @param control commands to obey
   * @param listener hears of everything, on this thread
   * @throws IllegalArgumentException if the model cannot be pruned so
   */
  public PruningResult run(TrainingControl control, PruningListener listener) {
    boolean removesUnits = spec.pruning() instanceof UnitPruning;
    double sparsityNow =
        removesUnits ? 0 : (double) model.prunedWeights() / model.spec().weightCount();
    PruningRounds rounds = new PruningRounds(sparsityNow, spec.sparsity(), spec.rounds());
    current = model.copy();
    @Nullable TrainingResult training = null;
    for (int round = 1; round <= spec.rounds(); round++) {
      double sparsity = rounds.sparsity(round);
      if (!spec.isGradual()) {
        Model target = spec.rewinds() && initial != null ? initial : current;
        current = spec.pruning().prune(current, target, sparsity);
      }
      listener.on(new PruningEvent.RoundStarted(round, spec.rounds(), sparsity));
      @Nullable TrainingSpec fineTuning = spec.fineTuning();
      if (fineTuning != null) {
        training = train(fineTuning, round, control, listener);
        if (training.outcome() == Outcome.CANCELLED || training.outcome() == Outcome.DIVERGED) {
          return new PruningResult(current, round, training);
        }
      }
    }
    return new PruningResult(current, spec.rounds(), training);
  }

  private TrainingResult train(
      TrainingSpec fineTuning, int round, TrainingControl control, PruningListener listener) {
    best = null;
    bestAccuracy = Double.NEGATIVE_INFINITY;
    Trainer running = new Trainer(current, fineTuning, data, engine);
    trainer = running;
    int stepsPerEpoch = fineTuning.stepsPerEpoch(data.train().size());
    TrainingResult result =
        running.run(
            control,
            event -> {
              if (event instanceof TrainingEvent.EpochCompleted epoch) {
                noteBest(epoch.record(), (long) epoch.record().epoch() * stepsPerEpoch);
              }
              listener.on(new PruningEvent.Trained(round, event));
            });
    if (result.outcome() == Outcome.CANCELLED && best != null) {
      current.setValues(best);
    }
    best = null;
    trainer = null;
    return result;
  }

  private void noteBest(EpochRecord epoch, long steps) {
    @Nullable TrainingSpec fineTuning = spec.fineTuning();
    @Nullable GradualPruning gradual = fineTuning == null ? null : fineTuning.pruning();
    boolean isFull = gradual == null || steps > gradual.endStep();
    if (isFull && epoch.validationAccuracy() >= bestAccuracy) {
      bestAccuracy = epoch.validationAccuracy();
      best = current.copy();
    }
  }
}
