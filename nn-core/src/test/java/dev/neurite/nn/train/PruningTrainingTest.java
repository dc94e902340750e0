package dev.neurite.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.io.CheckpointFile;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.optim.Adagrad;
import dev.neurite.nn.optim.Adam;
import dev.neurite.nn.optim.Momentum;
import dev.neurite.nn.optim.Nesterov;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.optim.RmsProp;
import dev.neurite.nn.optim.Sgd;
import dev.neurite.nn.prune.GradualPruning;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.UnitPruning;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pruned models in training: masks hold, gradual pruning resumes, rounds end where they should. */
@Timeout(120)
class PruningTrainingTest {
  private static final int TRAIN = 150;
  private static final int BATCH = 32;
  private static final int STEPS = 5;
  private static final int WEIGHTS = 8 * 16 + 16 * 12 + 12 * 3;
  private static final WeightPruning GLOBAL = WeightPruning.global();

  @TempDir private Path folder;
  private final DataSplit data = Blobs.split(TRAIN, 60, 60);
  private final Engine engine = new Engine(EngineSpec.defaults().singleThreaded());

  @AfterEach
  void close() {
    engine.close();
  }

  private static TrainingSpec spec(int epochs) {
    return TrainingSpec.classifier(epochs)
        .withBatchSize(BATCH)
        .withSeed(7)
        .withSchedule(new ConstantSchedule(0.01));
  }

  private Model trained() {
    Model model = Model.create(Blobs.network(), 7);
    new Trainer(model, spec(20), data, engine).run(new TrainingControl(), TrainingListener.NONE);
    return model;
  }

  /** Weights that a mask prunes; all of them must be exactly 0. */
  private static int prunedAndZero(Model model) {
    int pruned = 0;
    for (Parameter parameter : model.parameters()) {
      Mask mask = parameter.mask();
      for (int i = 0; mask != null && i < parameter.size(); i++) {
        if (!mask.keeps(i)) {
          assertThat(parameter.value().data[i]).isZero();
          pruned++;
        }
      }
    }
    return pruned;
  }

  @Test
  void masksHoldThroughTrainingWithEveryOptimizer() {
    int optimizers = 0;
    for (OptimizerSpec optimizer :
        List.of(
            OptimizerSpec.of(new Sgd()),
            OptimizerSpec.of(new Momentum()),
            OptimizerSpec.of(new Nesterov()),
            OptimizerSpec.of(new RmsProp()),
            OptimizerSpec.of(new Adagrad()),
            OptimizerSpec.of(new Adam()),
            OptimizerSpec.adamW())) {
      Model model = Model.create(Blobs.network(), 7);
      GLOBAL.prune(model, 0.7);
      List<Integer> before = Blobs.bits(model);
      TrainingSpec spec = spec(3).withOptimizer(optimizer.withMaxNorm(2).withL2(1e-3));
      Trainer trainer = new Trainer(model, spec, data, engine);
      int[] batches = new int[1];
      trainer.run(
          new TrainingControl(),
          event -> {
            if (event instanceof TrainingEvent.BatchCompleted) {
              batches[0]++;
              assertThat(prunedAndZero(model)).isEqualTo(Math.round(0.7f * WEIGHTS));
            }
          });
      assertThat(batches[0]).isEqualTo(3 * STEPS);
      assertThat(Blobs.bits(model)).isNotEqualTo(before);
      optimizers++;
    }
    assertThat(optimizers).isEqualTo(7);
  }

  @Test
  void gradualPruningFollowsItsScheduleAndIsExactAtTheEnd() {
    GradualPruning pruning = new GradualPruning(GLOBAL, 0.1, 0.9, 4, 21, 5);
    Model model = trained();
    Trainer trainer = new Trainer(model, spec(6).withPruning(pruning), data, engine);
    List<Integer> counts = new ArrayList<>();
    trainer.run(
        new TrainingControl(),
        event -> {
          if (event instanceof TrainingEvent.BatchCompleted) {
            counts.add(prunedAndZero(model));
          }
        });
    assertThat(counts).hasSize(30);
    int expected = 0;
    for (int step = 0; step < 30; step++) {
      if (List.of(4, 9, 14, 19, 21).contains(step)) {
        expected = (int) Math.round(pruning.sparsity(step) * WEIGHTS);
      }
      assertThat(counts.get(step)).as("step %d", step).isEqualTo(expected);
    }
    assertThat(expected).isEqualTo(Math.round(0.9f * WEIGHTS));
  }

  /** Stopped after every number of batches, also right before a pruning, through a file. */
  @Test
  void gradualPruningResumesToTheBit() throws IOException {
    TrainingSpec spec =
        spec(4)
            .withPruning(new GradualPruning(GLOBAL, 0, 0.8, 0, 13, 3))
            .withEarlyStopping(new EarlyStopping(9));
    Model whole = Model.create(Blobs.network(), 7);
    new Trainer(whole, spec, data, engine).run(new TrainingControl(), TrainingListener.NONE);
    Path file = folder.resolve("checkpoint.safetensors");
    int stops = 0;
    for (int stop = 1; stop < 4 * STEPS; stop++) {
      Trainer first = new Trainer(Model.create(Blobs.network(), 7), spec, data, engine);
      TrainingControl control = new TrainingControl();
      int last = stop;
      first.run(
          control,
          event -> {
            if (event instanceof TrainingEvent.BatchCompleted batch && batch.step() == last) {
              control.cancel();
            }
          });
      CheckpointFile.write(file, first.snapshot(), new Provenance("test", "now", "blobs", "-", 1));
      TrainingSnapshot snapshot = CheckpointFile.read(file);
      assertThat(snapshot.spec()).isEqualTo(spec);
      assertThat(snapshot.model().prunedWeights()).isEqualTo(first.model().prunedWeights());
      Trainer second = Trainer.resume(snapshot, data, engine);
      TrainingResult result = second.run(new TrainingControl(), TrainingListener.NONE);
      assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(Blobs.bits(second.model())).as("stop after %d", stop).isEqualTo(Blobs.bits(whole));
      stops++;
    }
    assertThat(stops).isEqualTo(19);
    assertThat(whole.prunedWeights()).isEqualTo(Math.round(0.8f * WEIGHTS));
  }

  /** The best epoch is one in which all weights were pruned, however good those before were. */
  @Test
  void earlyStoppingComesBackToAFullyPrunedModel() {
    TrainingSpec spec =
        spec(6)
            .withSchedule(new ConstantSchedule(1e-5))
            .withPruning(new GradualPruning(GLOBAL, 0, 0.97, 0, 14, 1))
            .withEarlyStopping(new EarlyStopping(50));
    Model model = trained();
    TrainingResult result =
        new Trainer(model, spec, data, engine).run(new TrainingControl(), TrainingListener.NONE);
    assertThat(result.history().get(0).validationLoss())
        .isLessThan(result.history().get(5).validationLoss());
    assertThat(result.bestEpoch()).isGreaterThanOrEqualTo(3);
    assertThat(model.prunedWeights()).isEqualTo(Math.round(0.97f * WEIGHTS));
  }

  @Test
  void refusesPruningThatWouldNotEndOrGoBack() {
    GradualPruning late = new GradualPruning(GLOBAL, 0, 0.8, 0, 10, 3);
    assertThatThrownBy(() -> new Trainer(trained(), spec(2).withPruning(late), data, engine))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pruning ends at step 10, the run has only 10 steps");
    Model sparse = GLOBAL.pruned(trained(), 0.9);
    assertThatThrownBy(() -> new Trainer(sparse, spec(3).withPruning(late), data, engine))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are pruned already and stay so");
  }

  private PruningResult run(
      Model model, PruningSpec spec, TrainingControl control, List<PruningEvent> events) {
    return new PruningRun(model, Model.create(Blobs.network(), 7), spec, data, engine)
        .run(control, events::add);
  }

  @Test
  void roundsPruneMoreAndMoreAndLeaveTheModelAlone() {
    Model model = trained();
    List<Integer> before = Blobs.bits(model);
    List<PruningEvent> events = new ArrayList<>();
    PruningSpec spec = new PruningSpec(GLOBAL, 0.875, 3, false, spec(10));
    PruningResult result = run(model, spec, new TrainingControl(), events);
    List<Double> sparsities = new ArrayList<>();
    for (PruningEvent event : events) {
      if (event instanceof PruningEvent.RoundStarted started) {
        sparsities.add(started.sparsity());
      }
    }
    assertThat(sparsities).hasSize(3).isSorted();
    assertThat(sparsities.get(0)).isEqualTo(0.5);
    assertThat(sparsities.get(2)).isEqualTo(0.875);
    assertThat(events).hasSize(3 * (1 + 1 + 10 * (STEPS + 1) + 1));
    assertThat(prunedAndZero(result.model())).isEqualTo(Math.round(0.875f * WEIGHTS));
    assertThat(result.rounds()).isEqualTo(3);
    assertThat(result.isCancelled()).isFalse();
    assertThat(Blobs.bits(model)).isEqualTo(before);
    assertThat(model.isPruned()).isFalse();
    List<EpochRecord> history = result.training() == null ? List.of() : result.training().history();
    assertThat(history.get(9).validationAccuracy()).isGreaterThan(0.7);

    // A pruned model can be pruned further, but not back.
    PruningSpec more = new PruningSpec(GLOBAL, 0.9, 2, false, spec(1));
    assertThat(prunedAndZero(run(result.model(), more, new TrainingControl(), events).model()))
        .isEqualTo(Math.round(0.9f * WEIGHTS));
    PruningSpec less = new PruningSpec(GLOBAL, 0.5, 1, false, spec(1));
    assertThatThrownBy(() -> run(result.model(), less, new TrainingControl(), events))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stays so");
  }

  @Test
  void withoutTrainingARewoundRunWouldBeTheInitialWeights() {
    Model initial = Model.create(Blobs.network(), 7);
    List<PruningEvent> events = new ArrayList<>();
    TrainingControl control = new TrainingControl();
    control.cancel(); // before the first batch, so that the first values are seen
    PruningSpec spec = new PruningSpec(GLOBAL, 0.6, 1, true, spec(2));
    PruningResult result = run(trained(), spec, control, events);
    assertThat(result.isCancelled()).isTrue();
    int kept = 0;
    for (int layer = 0; layer < 3; layer++) {
      Parameter kernel = result.model().kernel(layer);
      Mask mask = kernel.mask();
      for (int i = 0; i < kernel.size(); i++) {
        if (mask == null || mask.keeps(i)) {
          assertThat(kernel.value().data[i]).isEqualTo(initial.kernel(layer).value().data[i]);
          kept++;
        }
      }
    }
    assertThat(kept).isEqualTo(WEIGHTS - Math.round(0.6f * WEIGHTS));
    assertThatThrownBy(() -> new PruningRun(initial, null, spec, data, engine))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first values");
  }

  /** A run that is cancelled gives its best epoch, not its last. */
  @Test
  void aCancelledRunKeepsTheBestEpoch() {
    TrainingControl control = new TrainingControl();
    // A far too large rate at first: the first epochs jump about.
    TrainingSpec rough = spec(50).withSchedule(new ConstantSchedule(0.3));
    List<Double> accuracies = new ArrayList<>();
    PruningRun run =
        new PruningRun(
            trained(), null, new PruningSpec(GLOBAL, 0.5, 1, false, rough), data, engine);
    PruningResult result =
        run.run(
            control,
            event -> {
              if (event instanceof PruningEvent.Trained trained
                  && trained.event() instanceof TrainingEvent.EpochCompleted epoch) {
                double accuracy = epoch.record().validationAccuracy();
                if (accuracies.stream().anyMatch(earlier -> earlier > accuracy)) {
                  control.cancel(); // this epoch is worse than an earlier one
                }
                accuracies.add(accuracy);
              }
            });
    assertThat(result.isCancelled()).isTrue();
    double best = accuracies.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double found =
        new Evaluator(result.model(), rough.loss(), engine).evaluate(data.validation()).accuracy();
    assertThat(found).isEqualTo(best);
    assertThat(accuracies.get(accuracies.size() - 1))
        .as("the last is not the best")
        .isLessThan(best);
  }

  @Test
  void gradualAndStructuredRunsEndExactly() {
    List<PruningEvent> events = new ArrayList<>();
    TrainingSpec gradual = spec(4).withPruning(new GradualPruning(GLOBAL, 0, 0.75, 0, 9, 2));
    PruningResult result =
        run(
            trained(),
            new PruningSpec(GLOBAL, 0.75, 1, false, gradual),
            new TrainingControl(),
            events);
    assertThat(prunedAndZero(result.model())).isEqualTo(Math.round(0.75f * WEIGHTS));
    PruningResult smaller =
        run(
            trained(),
            new PruningSpec(new UnitPruning(PruningScope.LAYER), 0.5, 1, false, spec(2)),
            new TrainingControl(),
            events);
    assertThat(smaller.model().spec().widths()).isEqualTo("8-8-6-3");
    PruningResult only =
        run(trained(), new PruningSpec(GLOBAL, 0.3, 1, false, null), new TrainingControl(), events);
    assertThat(only.training()).isNull();
    assertThat(prunedAndZero(only.model())).isEqualTo(Math.round(0.3f * WEIGHTS));
  }

  @Test
  void refusesPartsThatDoNotFitTogether() {
    TrainingSpec gradual = spec(4).withPruning(new GradualPruning(GLOBAL, 0, 0.75, 0, 9, 2));
    UnitPruning units = new UnitPruning(PruningScope.LAYER);
    List<Runnable> wrong =
        List.of(
            () -> new PruningSpec(GLOBAL, 1, 1, false, null),
            () -> new PruningSpec(GLOBAL, 0.5, 0, false, null),
            () -> new PruningSpec(GLOBAL, 0.5, 2, false, null),
            () -> new PruningSpec(GLOBAL, 0.5, 1, true, null),
            () -> new PruningSpec(units, 0.5, 2, false, spec(1)),
            () -> new PruningSpec(GLOBAL, 0.75, 2, false, gradual),
            () -> new PruningSpec(GLOBAL, 0.75, 1, true, gradual),
            () -> new PruningSpec(GLOBAL, 0.7, 1, false, gradual),
            () -> new PruningSpec(units, 0.75, 1, false, gradual));
    for (Runnable construction : wrong) {
      assertThatThrownBy(construction::run).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(wrong).hasSize(9);
  }
}
