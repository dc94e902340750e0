package dev.neurite.nn.train;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.data.EpochDataset;
import dev.neurite.nn.eval.Evaluation;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.RecordedBatch;
import dev.neurite.nn.model.Mode;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.optim.Optimizer;
import dev.neurite.nn.prune.GradualPruning;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import dev.neurite.nn.schedule.PlateauState;
import dev.neurite.nn.train.TrainingResult.Outcome;
import dev.neurite.nn.train.TrainingSnapshot.Best;
import dev.neurite.nn.train.TrainingSnapshot.Progress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owns one training run: it changes its model, says what happened, and obeys commands between
 * batches.
 *
 * <p>For one thread: {@link #run} works on the caller's thread and calls the listener there. The
 * order of the rows is a function of the seed and the epoch, the dropout masks of the seed and the
 * step, so the same spec on the same data with the same kernel gives the same bits, however it was
 * interrupted and with any number of threads. A step takes no memory after the first ones, but one
 * before which weights are pruned. Training data that changes from epoch to epoch is an {@link
 * EpochDataset}; its rows are made on the engine's threads, batch by batch.
 *
 * <pre>{@code
 * try (Engine engine = new Engine(EngineSpec.defaults())) {
 *   Trainer trainer = new Trainer(Model.create(spec, 1), TrainingSpec.classifier(5), data, engine);
 *   TrainingResult result = trainer.run(new TrainingControl(), TrainingListener.NONE);
 * }
 * }</pre>
 */
public final class Trainer {
  private final TrainingSpec spec;
  private final Model model;
  private final DataSplit data;
  private final Optimizer optimizer;
  private final RecordedBatch batch;
  private final Evaluator evaluator;
  private final RandomStream shuffle;
  private final int[] order;
  private final int stepsPerEpoch;
  private final List<EpochRecord> history = new ArrayList<>();

  private Dataset rowsOfEpoch;
  private int epochsDone;
  private int batchesDone;
  private double lossSum;
  private int correct;
  private double epochSeconds;
  private double earlierSeconds;
  private long startNanos;
  private boolean running;
  private PlateauState plateau = PlateauState.initial();
  private @Nullable Best best;

  /**
   * Prepares a run from its beginning.
   *
   * @param model changed by the run
   * @param spec how
   * @param data what to learn from, to choose by and to report on
   * @param engine what to run on; not closed
   * @throws IllegalArgumentException if model, spec and data do not fit together
   */
  public Trainer(Model model, TrainingSpec spec, DataSplit data, Engine engine) {
    EarlyStopping stopping = spec.earlyStopping();
    if (stopping != null && data.validation().size() == 0) {
      throw new IllegalArgumentException(
          "early stopping needs validation data, received 0 examples");
    }
    if (stopping != null
        && stopping.monitor() == EarlyStopping.Monitor.VALIDATION_ACCURACY
        && data.validation().label(0) == Dataset.NO_LABEL) {
      throw new IllegalArgumentException(
          "early stopping by accuracy needs data with classes, received number targets");
    }
    this.spec = spec;
    this.model = model;
    this.data = data;
    stepsPerEpoch = spec.stepsPerEpoch(data.train().size());
    @Nullable GradualPruning pruning = spec.pruning();
    if (pruning != null) {
      long steps = (long) spec.epochs() * stepsPerEpoch;
      if (pruning.endStep() >= steps) {
        throw new IllegalArgumentException(
            "pruning ends at step %,d, the run has only %,d steps from 0 on"
                .formatted(pruning.endStep(), steps));
      }
      pruning.weights().check(model, pruning.finalSparsity());
    }
    optimizer = new Optimizer(spec.optimizer(), model.parameters(), engine);
    optimizer.zeroGradients();
    batch =
        new RecordedBatch(
            model,
            spec.loss(),
            (float) spec.labelSmoothing(),
            Mode.TRAINING,
            spec.seed(),
            Math.min(spec.batchSize(), data.train().size()),
            data.train(),
            engine);
    evaluator = new Evaluator(model, spec.loss(), engine);
    shuffle = RandomStream.of(spec.seed(), RandomPurpose.SHUFFLE, 0);
    order = new int[data.train().size()];
    rowsOfEpoch = data.train();
  }

  /**
   * Prepares to go on from a snapshot, to the bit as if the run had not stopped.
   *
   * @param snapshot where to go on; its model is copied
   * @param data the same data as before
   * @param engine what to run on; not closed
   * @throws IllegalArgumentException if the data has another number of training rows
   */
  public static Trainer resume(TrainingSnapshot snapshot, DataSplit data, Engine engine) {
    if (data.train().size() != snapshot.trainRows()) {
      throw new IllegalArgumentException(
          "the run was trained on %,d rows, the data has %,d"
              .formatted(snapshot.trainRows(), data.train().size()));
    }
    Trainer trainer = new Trainer(snapshot.model().copy(), snapshot.spec(), data, engine);
    trainer.optimizer.restore(snapshot.optimizer());
    Progress progress = snapshot.progress();
    trainer.epochsDone = progress.epochsDone();
    trainer.batchesDone = progress.batchesDone();
    trainer.lossSum = progress.lossSum();
    trainer.correct = progress.correct();
    trainer.epochSeconds = progress.epochSeconds();
    trainer.earlierSeconds = progress.seconds();
    trainer.plateau = snapshot.plateau();
    trainer.best = snapshot.best();
    trainer.history.addAll(snapshot.history());
    return trainer;
  }

  /** The model of the run; it changes while the run runs. */
  public Model model() {
    return model;
  }

  /** How the model is trained. */
  public TrainingSpec spec() {
    return spec;
  }

  /**
   * Runs to the end, on this thread.
   *
   * @param control commands to obey
   * @param listener hears of everything, on this thread
   * @return how it ended; also the last event
   */
  public TrainingResult run(TrainingControl control, TrainingListener listener) {
    startNanos = System.nanoTime();
    running = true;
    listener.on(
        new TrainingEvent.Started(
            model.spec(), spec, data.train().size(), stepsPerEpoch, epochsDone + 1));
    TrainingResult result = runEpochs(control, listener);
    earlierSeconds = seconds();
    running = false;
    listener.on(new TrainingEvent.Ended(result));
    return result;
  }

  private TrainingResult runEpochs(TrainingControl control, TrainingListener listener) {
    while (epochsDone < spec.epochs()) {
      if (isPatienceOver()) {
        return end(Outcome.STOPPED_EARLY, earlyStoppingMessage());
      }
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      shuffle.shuffle(epochsDone, order);
      rowsOfEpoch =
          data.train() instanceof EpochDataset changing ? changing.epoch(epochsDone) : data.train();
      while (batchesDone < stepsPerEpoch) {
        if (!mayRunBatch(control, listener)) {
          return end(
              Outcome.CANCELLED,
              "stopped on request in epoch %d after %d of %d batches"
                  .formatted(epochsDone + 1, batchesDone, stepsPerEpoch));
        }
        if (!trainBatch(listener)) {
          return end(
              Outcome.DIVERGED,
              "the loss is not finite (%s) in epoch %d, batch %d; a lower learning rate or gradient clipping may help"
                  .formatted(batch.loss(), epochsDone + 1, batchesDone + 1));
        }
      }
      if (!optimizer.isFinite()) {
        return end(
            Outcome.DIVERGED,
            "a weight is not finite after epoch %d; a lower learning rate or gradient clipping may help"
                .formatted(epochsDone + 1));
      }
      completeEpoch(listener);
    }
    return end(Outcome.COMPLETED, "all %d epochs done".formatted(spec.epochs()));
  }

  private boolean mayRunBatch(TrainingControl control, TrainingListener listener) {
    if (!control.mustWait()) {
      return control.awaitBatch();
    }
    listener.on(new TrainingEvent.Paused(epochsDone + 1, batchesDone));
    long pausedNanos = System.nanoTime();
    boolean goesOn = control.awaitBatch();
    startNanos += System.nanoTime() - pausedNanos;
    if (goesOn) {
      listener.on(new TrainingEvent.Resumed());
    }
    return goesOn;
  }

  /** Runs one step; false if the loss was not finite, and then nothing was changed. */
  private boolean trainBatch(TrainingListener listener) {
    long start = System.nanoTime();
    int from = batchesDone * spec.batchSize();
    int rows = Math.min(spec.batchSize(), order.length - from);
    long step = optimizer.steps();
    @Nullable GradualPruning pruning = spec.pruning();
    if (pruning != null && pruning.isDue(step)) {
      pruning.weights().pruneAtLeast(model, pruning.sparsity(step));
    }
    batch.load(rowsOfEpoch, order, from, rows);
    batch.forward(Math.toIntExact(step));
    if (!Float.isFinite(batch.loss())) {
      return false;
    }
    batch.backward();
    double learningRate = spec.schedule().learningRate(step, plateau);
    optimizer.step(learningRate);
    optimizer.zeroGradients();
    int right = batch.correct();
    lossSum += (double) batch.loss() * rows;
    correct += right;
    batchesDone++;
    epochSeconds += (System.nanoTime() - start) * 1e-9;
    if (listener != TrainingListener.NONE) {
      listener.on(
          new TrainingEvent.BatchCompleted(
              epochsDone + 1,
              batchesDone,
              stepsPerEpoch,
              optimizer.steps(),
              rows,
              batch.loss(),
              right,
              learningRate,
              epochSeconds));
    }
    return true;
  }

  private void completeEpoch(TrainingListener listener) {
    Evaluation validation = evaluator.evaluate(data.validation());
    Evaluation test = evaluator.evaluate(data.test());
    boolean labelled = data.train().label(0) != Dataset.NO_LABEL;
    EpochRecord epoch =
        new EpochRecord(
            epochsDone + 1,
            lossSum / order.length,
            labelled ? (double) correct / order.length : Double.NaN,
            validation.meanLoss(),
            validation.accuracy(),
            test.meanLoss(),
            test.accuracy(),
            spec.schedule().learningRate(optimizer.steps() - 1, plateau),
            epochSeconds);
    history.add(epoch);
    epochsDone++;
    batchesDone = 0;
    lossSum = 0;
    correct = 0;
    epochSeconds = 0;
    spec.schedule().plateau().ifPresent(p -> plateau = p.next(plateau, plateauMetric(epoch)));
    boolean isBest = noteBest(epoch);
    listener.on(new TrainingEvent.EpochCompleted(epoch, isBest));
  }

  /** The validation loss, or the training loss where there is no validation data. */
  private static double plateauMetric(EpochRecord epoch) {
    return Double.isNaN(epoch.validationLoss()) ? epoch.trainLoss() : epoch.validationLoss();
  }

  private boolean noteBest(EpochRecord epoch) {
    EarlyStopping stopping = spec.earlyStopping();
    @Nullable GradualPruning pruning = spec.pruning();
    // A network that has not lost all its weights yet is no result to come back to.
    if (stopping == null || (pruning != null && optimizer.steps() <= pruning.endStep())) {
      return false;
    }
    double cost = stopping.monitor().costOf(epoch);
    if (Double.isNaN(cost)
        || (best != null && !(cost < best.cost() - stopping.minimumImprovement()))) {
      return false;
    }
    best = new Best(epoch.epoch(), cost, model.copy());
    return true;
  }

  private boolean isPatienceOver() {
    EarlyStopping stopping = spec.earlyStopping();
    return stopping != null
        && best != null
        && epochsDone - best.epoch() >= stopping.patienceEpochs();
  }

  private String earlyStoppingMessage() {
    return "no improvement on the validation data for %d epochs; the weights of epoch %d are back"
        .formatted(epochsDone - (best == null ? 0 : best.epoch()), best == null ? 0 : best.epoch());
  }

  private TrainingResult end(Outcome outcome, String message) {
    int bestEpoch = 0;
    if (best != null && (outcome == Outcome.COMPLETED || outcome == Outcome.STOPPED_EARLY)) {
      model.setValues(best.model());
      bestEpoch = best.epoch();
    }
    return new TrainingResult(outcome, message, history, bestEpoch, seconds());
  }

  private double seconds() {
    return earlierSeconds + (running ? (System.nanoTime() - startNanos) * 1e-9 : 0);
  }

  /**
   * All that is needed to go on from here; call it from the listener or while the run does not run.
   * Before the end of a run with early stopping it holds the current weights, not the best ones.
   */
  public TrainingSnapshot snapshot() {
    return new TrainingSnapshot(
        spec,
        order.length,
        model.copy(),
        optimizer.state(),
        new Progress(epochsDone, batchesDone, lossSum, correct, epochSeconds, seconds()),
        plateau,
        best,
        history);
  }
}
