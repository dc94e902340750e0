package dev.neurite.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.explorer.ManualEventThread;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.Snapshots;
import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.mnist.augment.AugmentedDataset;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingEvent.BatchCompleted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingServiceTest {
  private static final int LONG_RUN = 100_000;

  private final ManualEventThread eventThread = new ManualEventThread();
  private final Session session = new Session();
  private final TrainingService service =
      new TrainingService(new EngineSpec(KernelChoice.PLAIN, 2), eventThread);
  private final DataSplit data = TinyDigits.split(200);

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    service.close();
    assertThat(service.awaitEnd(Duration.ofSeconds(10))).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.getName().equals("trainer") && t.isAlive());
  }

  @Test
  void trainsToTheEndAndKeepsTheModel() {
    start(TinyDigits.experiment(6), Training.Beginning.RUN);
    Run run = await(r -> !r.state().isActive());

    assertThat(run.state()).isEqualTo(RunState.COMPLETED);
    assertThat(run.history()).hasSize(6);
    assertThat(run.lastEpoch().testAccuracy()).isGreaterThan(0.9);
    assertThat(run.trace().batches()).isEqualTo(60);
    assertThat(run.seconds()).isPositive();
    float[] input = new float[784];
    data.test().copyFeatures(7, input, 0);
    assertThat(Predictor.argMax(run.predictor().predict(input))).isEqualTo(7);
  }

  @Test
  void stopsWithinABatchAndKeepsTheModel() {
    start(TinyDigits.experiment(LONG_RUN), Training.Beginning.RUN);
    await(r -> r.newestBatch() != null);
    long before = System.nanoTime();
    service.stop();
    Run run = await(r -> !r.state().isActive());

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    assertThat(run.history().size()).isLessThan(LONG_RUN);
    assertThat(run.predictor()).isNotNull();
  }

  @Test
  void beginsWithOneBatchThenStepsThenGoesOn() {
    start(TinyDigits.experiment(2), Training.Beginning.ONE_BATCH);
    assertThat(await(r -> r.state() == RunState.PAUSED && r.newestBatch() != null).newestBatch())
        .extracting(BatchCompleted::step)
        .isEqualTo(1L);
    service.step();
    Run two = await(r -> r.state() == RunState.PAUSED && r.newestBatch().step() == 2);
    assertThat(two.trace().batches()).isEqualTo(2);
    service.resume();
    assertThat(await(r -> !r.state().isActive()).history()).hasSize(2);
  }

  @Test
  void aFrozenModelDoesNotChangeWhileTrainingGoesOn() {
    start(TinyDigits.experiment(LONG_RUN), Training.Beginning.RUN);
    Run early = await(r -> r.predictor() != null);
    float[] input = new float[784];
    data.test().copyFeatures(3, input, 0);
    float[] first = early.predictor().predict(input);
    await(r -> r.history().size() > early.history().size() + 2);
    assertThat(early.predictor().predict(input)).isEqualTo(first);
    assertThat(session.selected().orElseThrow().predictor()).isNotSameAs(early.predictor());
  }

  @Test
  void keepsTheModelsOfEpochsThatAreSpreadOverTheRun() {
    start(TinyDigits.experiment(150), Training.Beginning.RUN);
    Run run = await(r -> !r.state().isActive());
    List<Integer> epochs =
        session.snapshots().of(run.id()).stream().map(Snapshots.Snapshot::epoch).toList();
    assertThat(epochs).isSorted().startsWith(0).endsWith(150);
    assertThat(epochs.size()).isBetween(30, Snapshots.MOST_OF_A_RUN);
    for (int i = 1; i < epochs.size(); i++) {
      assertThat(epochs.get(i) - epochs.get(i - 1)).isLessThanOrEqualTo(8);
    }
    float[] input = new float[784];
    data.test().copyFeatures(7, input, 0);
    assertThat(run.predictor().predict(input))
        .containsExactly(
            session.snapshots().of(run.id()).get(epochs.size() - 1).predictor().predict(input));
  }

  @Test
  void theModelOfAnOldEpochTakesNoMemoryThatCollectionsCopy() {
    start(TinyDigits.experiment(LONG_RUN), Training.Beginning.RUN);
    float[] input = new float[784];
    data.test().copyFeatures(7, input, 0);
    Run begun = await(r -> r.predictor() != null);
    Predictor first = session.snapshots().of(begun.id()).get(0).predictor();
    float[] before = first.predict(input);
    await(r -> !first.isInMemory());
    assertThat(first.predict(input)).containsExactly(before);
  }

  /** Within one epoch, because models of epochs are copied whether somebody looks or not. */
  @Test
  void copiesTheModelOftenOnlyWhileSomebodyLooks() {
    service.watch(true);
    Experiment wide =
        new Experiment(
            "Wide",
            ModelSpec.inputs(784).dense(512, Activation.RELU).output(10, Activation.SOFTMAX),
            TinyDigits.experiment(1).training(),
            "",
            "");
    DataSplit minutes =
        new DataSplit(new Repeated(data.train(), 10_000_000), data.validation(), data.test());
    Run run = session.begin(wide);
    service.start(wide, minutes, Training.Beginning.RUN, new RunRecorder(session, run.id()));
    long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (nanosUntilCopies(1) > TimeUnit.SECONDS.toNanos(1)) { // a busy machine copies late
      assertThat(System.nanoTime()).isLessThan(limit);
    }
    service.watch(false);
    assertThat(nanosUntilCopies(2)) // one may be under way
        .isGreaterThan(TimeUnit.SECONDS.toNanos(1));
    assertThat(await(r -> true).history()).isEmpty();
  }

  private long nanosUntilCopies(int copies) {
    long begun = System.nanoTime();
    for (int i = 0; i < copies; i++) {
      Predictor last = await(r -> r.predictor() != null).predictor();
      await(r -> r.predictor() != last);
    }
    return System.nanoTime() - begun;
  }

  /** The rows of a dataset over and over. */
  private record Repeated(Dataset rows, int size) implements Dataset {
    @Override
    public int features() {
      return rows.features();
    }

    @Override
    public int outputs() {
      return rows.outputs();
    }

    @Override
    public int label(int index) {
      return rows.label(index % rows.size());
    }

    @Override
    public void copyFeatures(int index, float[] target, int offset) {
      rows.copyFeatures(index % rows.size(), target, offset);
    }
  }

  @Test
  void learnsFromChangedImagesAndEvaluatesTheTrueOnes() {
    Experiment plain = TinyDigits.experiment(1);
    Experiment changed =
        new Experiment(
            plain.name(),
            plain.model(),
            plain.training(),
            "",
            "",
            Augmentation.AFFINE,
            DataKind.MNIST,
            "");
    DataSplit prepared = changed.prepared(data);
    assertThat(prepared.train()).isInstanceOf(AugmentedDataset.class);
    assertThat(prepared.validation()).isSameAs(data.validation());
    assertThat(prepared.test()).isSameAs(data.test());
    assertThat(plain.prepared(data)).isSameAs(data);
    start(plain, Training.Beginning.RUN);
    double plainLoss = await(r -> !r.state().isActive()).lastEpoch().trainLoss();
    start(changed, Training.Beginning.RUN);
    assertThat(await(r -> !r.state().isActive()).lastEpoch().trainLoss()).isNotEqualTo(plainLoss);
  }

  @Test
  void aRunThatCannotBeginFailsAndTheNextOneTrains() {
    DataSplit wrong = new DataSplit(data.train(), data.validation(), data.test());
    Experiment misfit =
        new Experiment(
            "Misfit",
            ModelSpec.inputs(5).output(10, Activation.SOFTMAX),
            TinyDigits.experiment(1).training(),
            "",
            "");
    Run run = session.begin(misfit);
    service.start(misfit, wrong, Training.Beginning.RUN, new RunRecorder(session, run.id()));
    Run failed = await(r -> !r.state().isActive());
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(failed.message()).contains("784").contains("5");

    start(TinyDigits.experiment(1), Training.Beginning.RUN);
    assertThat(await(r -> !r.state().isActive()).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void refusesASecondRunAtTheSameTime() {
    start(TinyDigits.experiment(LONG_RUN), Training.Beginning.RUN);
    assertThatThrownBy(
            () ->
                service.start(
                    TinyDigits.experiment(1), data, Training.Beginning.RUN, progress -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  private void start(Experiment experiment, Training.Beginning beginning) {
    Run run = session.begin(experiment);
    service.start(experiment, data, beginning, new RunRecorder(session, run.id()));
  }

  /** Lets events through until the newest run is as wanted. */
  private Run await(Predicate<Run> wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end) {
      eventThread.runAll();
      Run run = session.selected().orElseThrow();
      if (wanted.test(run)) {
        return run;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("waited too long; the run is " + session.selected());
  }
}
