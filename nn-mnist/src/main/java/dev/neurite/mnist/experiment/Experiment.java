package dev.neurite.mnist.experiment;

import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.eval.Evaluation;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.train.PruningEvent;
import dev.neurite.nn.train.PruningResult;
import dev.neurite.nn.train.PruningRun;
import dev.neurite.nn.train.PruningSpec;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingResult;
import dev.neurite.nn.train.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Trains Simple, Wide and pruned Wide, once for each seed, on the caller's thread. */
public final class Experiment {
  private final ExperimentSpec spec;
  private final DataSplit data;
  private final Engine engine;
  private final TrainingControl control;
  private final ExperimentListener listener;

  /**
   * Prepares an experiment.
   *
   * @param data what to train on, to choose by and to report on
   * @param engine what to run on; not closed
   * @param control its cancellation ends the experiment after the running batch
   * @param listener hears of everything
   * @throws IllegalArgumentException if there is no validation or test image
   */
  public Experiment(
      ExperimentSpec spec,
      DataSplit data,
      Engine engine,
      TrainingControl control,
      ExperimentListener listener) {
    if (data.validation().size() == 0 || data.test().size() == 0) {
      throw new IllegalArgumentException(
          "received %d validation and %d test images; an experiment needs both"
              .formatted(data.validation().size(), data.test().size()));
    }
    this.spec = spec;
    this.data = data;
    this.engine = engine;
    this.control = control;
    this.listener = listener;
  }

  /**
   * Runs to the end, or until it is cancelled; then what is finished is the result.
   *
   * @throws IllegalStateException if a training diverges
   */
  public ExperimentResult run() {
    long start = System.nanoTime();
    List<TrainedNetwork> networks = new ArrayList<>();
    for (int i = 0; i < spec.seeds() && !control.isCancelled(); i++) {
      runSeed(spec.firstSeed() + i, networks);
    }
    return new ExperimentResult(spec, networks, (System.nanoTime() - start) * 1e-9);
  }

  private void runSeed(long seed, List<TrainedNetwork> networks) {
    int classes = data.train().outputs();
    if (train(Contender.SIMPLE, spec.simple(classes), seed, networks) == null) {
      return;
    }
    Model wide = train(Contender.WIDE, spec.wide(classes), seed, networks);
    if (wide != null) {
      prune(wide, seed, networks);
    }
  }

  private @Nullable Model train(
      Contender contender, ModelSpec network, long seed, List<TrainedNetwork> networks) {
    TrainingSpec training = spec.training(contender, data.train().size(), seed);
    Trainer trainer = new Trainer(Model.create(network, seed), training, data, engine);
    TrainingResult result = trainer.run(control, event -> listener.on(contender, seed, event));
    return keep(contender, trainer.model(), new TrainingRecord(training, result), networks);
  }

  private void prune(Model wide, long seed, List<TrainedNetwork> networks) {
    PruningSpec pruning = spec.pruning(data.train().outputs(), data.train().size(), seed);
    Model base = wide.copyAs(DigitNetwork.forFineTuning(wide.spec(), 1 - pruning.sparsity()));
    PruningResult result =
        new PruningRun(base, null, pruning, data, engine)
            .run(
                control,
                event -> {
                  if (event instanceof PruningEvent.Trained trained) {
                    listener.on(Contender.PRUNED, seed, trained.event());
                  }
                });
    TrainingSpec training = Objects.requireNonNull(pruning.fineTuning(), "it is trained again");
    TrainingResult ended = Objects.requireNonNull(result.training(), "it was trained again");
    keep(Contender.PRUNED, result.model(), new TrainingRecord(training, ended), networks);
  }

  /** Adds a network to those that are finished, if it is. */
  private @Nullable Model keep(
      Contender contender, Model model, TrainingRecord training, List<TrainedNetwork> networks) {
    switch (training.result().outcome()) {
      case CANCELLED -> {
        return null;
      }
      case DIVERGED ->
          throw new IllegalStateException(
              "%s, seed %d: %s"
                  .formatted(
                      contender.title(), training.spec().seed(), training.result().message()));
      case COMPLETED, STOPPED_EARLY -> {}
    }
    Evaluator evaluator = new Evaluator(model, Loss.defaultFor(model.spec()), engine);
    Evaluation test = evaluator.evaluate(data.test());
    TrainedNetwork network =
        new TrainedNetwork(
            contender,
            training.spec().seed(),
            model,
            training,
            test,
            evaluator.evaluate(data.validation()).accuracy());
    networks.add(network);
    listener.on(network);
    return model;
  }
}
