package dev.neurite.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.optim.Adagrad;
import dev.neurite.nn.optim.Adam;
import dev.neurite.nn.optim.Momentum;
import dev.neurite.nn.optim.Nesterov;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.optim.RmsProp;
import dev.neurite.nn.optim.Sgd;
import dev.neurite.nn.optim.UpdateRule;
import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.schedule.CosineRestartsSchedule;
import dev.neurite.nn.schedule.PlateauSchedule;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class TrainerTest {
  private static final int TRAIN = 150;
  private static final int BATCH = 32;
  private static final int STEPS = 5;
  private static final double LOSS_TOLERANCE = 1e-6;

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

  private Trainer trainer(TrainingSpec spec) {
    return new Trainer(Model.create(Blobs.network(), 7), spec, data, engine);
  }

  private static List<TrainingEvent> runAll(Trainer trainer) {
    List<TrainingEvent> events = new ArrayList<>();
    trainer.run(new TrainingControl(), events::add);
    return events;
  }

  @Test
  void learnsAndReportsEveryBatchAndEpochInOrder() {
    Trainer trainer = trainer(spec(20));
    List<TrainingEvent> events = runAll(trainer);

    assertThat(events).hasSize(1 + 20 * (STEPS + 1) + 1);
    assertThat(events.get(0))
        .isEqualTo(new TrainingEvent.Started(Blobs.network(), trainer.spec(), TRAIN, STEPS, 1));
    for (int epoch = 0; epoch < 20; epoch++) {
      for (int batch = 0; batch < STEPS; batch++) {
        TrainingEvent.BatchCompleted event =
            (TrainingEvent.BatchCompleted) events.get(1 + epoch * (STEPS + 1) + batch);
        assertThat(event.epoch()).isEqualTo(epoch + 1);
        assertThat(event.batch()).isEqualTo(batch + 1);
        assertThat(event.step()).isEqualTo(epoch * STEPS + batch + 1L);
        assertThat(event.rows()).isEqualTo(batch < STEPS - 1 ? BATCH : TRAIN - 4 * BATCH);
        assertThat(event.learningRate()).isEqualTo(0.01);
      }
      TrainingEvent.EpochCompleted completed =
          (TrainingEvent.EpochCompleted) events.get((epoch + 1) * (STEPS + 1));
      assertThat(completed.record().epoch()).isEqualTo(epoch + 1);
    }
    TrainingResult result = ((TrainingEvent.Ended) events.get(events.size() - 1)).result();
    assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(result.history()).hasSize(20);
    EpochRecord first = result.history().get(0);
    EpochRecord last = result.history().get(19);
    assertThat(last.trainLoss()).isLessThan(first.trainLoss() / 2);
    assertThat(last.validationAccuracy()).isGreaterThan(0.85);
    assertThat(last.testAccuracy()).isGreaterThan(0.85);
  }

  @Test
  void weighsEpochLossAndAccuracyByRows() {
    ModelSpec still = ModelSpec.inputs(Blobs.FEATURES).output(Blobs.CLASSES, Activation.SOFTMAX);
    Model model = Model.create(still, 3);
    double loss =
        new Evaluator(model, Loss.SOFTMAX_CROSS_ENTROPY, engine).evaluate(data.train()).meanLoss();
    // So small a rate changes no weight: every batch sees the same network.
    TrainingSpec spec =
        spec(1)
            .withOptimizer(OptimizerSpec.of(new Sgd()))
            .withSchedule(new ConstantSchedule(1e-30));
    TrainingResult result =
        new Trainer(model, spec, data, engine).run(new TrainingControl(), TrainingListener.NONE);
    assertThat(result.history().get(0).trainLoss()).isCloseTo(loss, within(LOSS_TOLERANCE));
  }

  @Test
  void sameSeedGivesSameBitsOnOneAndTwoThreadsAndAnotherSeedOthers() {
    Trainer first = trainer(spec(3));
    runAll(first);
    Trainer second = trainer(spec(3));
    runAll(second);
    Trainer other = trainer(spec(3).withSeed(8));
    runAll(other);
    assertThat(Blobs.bits(second.model())).isEqualTo(Blobs.bits(first.model()));
    assertThat(Blobs.bits(other.model())).isNotEqualTo(Blobs.bits(first.model()));

    DataSplit large = Blobs.split(3000, 10, 10);
    ModelSpec wide =
        ModelSpec.inputs(Blobs.FEATURES)
            .dense(300, Activation.GELU)
            .dropout(0.3f)
            .dense(200, Activation.RELU)
            .output(Blobs.CLASSES, Activation.SOFTMAX);
    List<List<Integer>> bits = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      try (Engine some = new Engine(new EngineSpec(EngineSpec.defaults().kernel(), threads))) {
        Trainer trainer =
            new Trainer(Model.create(wide, 1), spec(1).withBatchSize(700), large, some);
        runAll(trainer);
        bits.add(Blobs.bits(trainer.model()));
      }
    }
    assertThat(bits.get(1)).isEqualTo(bits.get(0));
    assertThat(bits.get(2)).isEqualTo(bits.get(0));
  }

  static List<UpdateRule> rules() {
    return List.of(
        new Sgd(), new Momentum(), new Nesterov(), new RmsProp(), new Adagrad(), new Adam());
  }

  @Test
  void listOfRulesIsComplete() {
    assertThat(rules().stream().map(Object::getClass))
        .containsExactlyInAnyOrder(UpdateRule.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void goesOnFromAnyPointAsIfNeverStopped(UpdateRule rule) {
    TrainingSpec spec =
        spec(4)
            .withOptimizer(OptimizerSpec.of(rule).withL2(1e-4).withMaxNorm(3))
            .withEarlyStopping(new EarlyStopping(2))
            .withSchedule(new CosineRestartsSchedule(0.02, 7, 2));
    Trainer whole = trainer(spec);
    runAll(whole);
    int stops = 0;
    for (int stop = 1; stop < 4 * STEPS; stop += 3) {
      TrainingControl control = new TrainingControl();
      Trainer begun = trainer(spec);
      int last = stop;
      TrainingResult interrupted =
          begun.run(
              control,
              event -> {
                if (event instanceof TrainingEvent.BatchCompleted batch && batch.step() == last) {
                  control.cancel();
                }
              });
      assertThat(interrupted.outcome()).isEqualTo(Outcome.CANCELLED);
      Trainer resumed = Trainer.resume(begun.snapshot(), data, engine);
      TrainingResult result = resumed.run(new TrainingControl(), TrainingListener.NONE);
      assertThat(Blobs.bits(resumed.model())).isEqualTo(Blobs.bits(whole.model()));
      assertThat(result.history())
          .usingRecursiveComparison()
          .ignoringFields("seconds")
          .isEqualTo(whole.snapshot().history());
      stops++;
    }
    assertThat(stops).isEqualTo(7);
  }

  @Test
  void pausesStepsResumesAndCancelsWithinOneBatch() throws Exception {
    Trainer trainer = trainer(spec(1000));
    TrainingControl control = new TrainingControl();
    BlockingQueue<TrainingEvent> events = new LinkedBlockingQueue<>();
    control.pause();
    Thread thread = new Thread(() -> trainer.run(control, events::add));
    thread.start();

    assertThat(next(events)).isInstanceOf(TrainingEvent.Started.class);
    assertThat(next(events)).isEqualTo(new TrainingEvent.Paused(1, 0));
    assertThat(control.isPaused()).isTrue();
    for (int step = 1; step <= 2; step++) {
      control.step();
      assertThat(next(events)).isInstanceOf(TrainingEvent.Resumed.class);
      assertThat(((TrainingEvent.BatchCompleted) next(events)).step()).isEqualTo(step);
      assertThat(next(events)).isEqualTo(new TrainingEvent.Paused(1, step));
    }
    control.resume();
    assertThat(next(events)).isInstanceOf(TrainingEvent.Resumed.class);
    assertThat(next(events)).isInstanceOf(TrainingEvent.BatchCompleted.class);
    control.cancel();
    control.resume();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(control.isCancelled()).isTrue();
    TrainingEvent last = null;
    for (TrainingEvent event : events) {
      last = event;
    }
    assertThat(last).isInstanceOf(TrainingEvent.Ended.class);
    assertThat(((TrainingEvent.Ended) last).result().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  private static TrainingEvent next(BlockingQueue<TrainingEvent> events)
      throws InterruptedException {
    TrainingEvent event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  @Test
  void anInterruptedThreadCancelsAPausedRun() throws Exception {
    Trainer trainer = trainer(spec(1000));
    TrainingControl control = new TrainingControl();
    control.pause();
    BlockingQueue<TrainingEvent> events = new LinkedBlockingQueue<>();
    Thread thread = new Thread(() -> trainer.run(control, events::add));
    thread.start();
    next(events);
    next(events);
    thread.interrupt();
    thread.join(10_000);
    assertThat(((TrainingEvent.Ended) next(events)).result().outcome())
        .isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void cancelKeepsWhatWasLearned() {
    TrainingControl control = new TrainingControl();
    Trainer trainer = trainer(spec(5));
    List<Integer> before = Blobs.bits(trainer.model());
    List<Long> steps = new ArrayList<>();
    trainer.run(
        control,
        event -> {
          if (event instanceof TrainingEvent.BatchCompleted batch) {
            steps.add(batch.step());
            control.cancel();
          }
        });
    assertThat(steps).containsExactly(1L);
    assertThat(Blobs.bits(trainer.model())).isNotEqualTo(before);
  }

  @Test
  void earlyStoppingBringsBackTheBestWeightsByValidationAlone() {
    // A rate this high makes the network jump about, so the last epoch is not the best.
    TrainingSpec spec =
        spec(200)
            .withSchedule(new ConstantSchedule(0.3))
            .withEarlyStopping(new EarlyStopping(4, 0, EarlyStopping.Monitor.VALIDATION_ACCURACY));
    Trainer trainer = trainer(spec);
    List<Integer> bitsOfBest = new ArrayList<>();
    TrainingResult result =
        trainer.run(
            new TrainingControl(),
            event -> {
              if (event instanceof TrainingEvent.EpochCompleted epoch && epoch.best()) {
                bitsOfBest.clear();
                bitsOfBest.addAll(Blobs.bits(trainer.model()));
              }
            });
    assertThat(result.outcome()).isEqualTo(Outcome.STOPPED_EARLY);
    assertThat(result.history()).hasSize(result.bestEpoch() + 4);
    double best = result.history().get(result.bestEpoch() - 1).validationAccuracy();
    assertThat(result.history().stream().mapToDouble(EpochRecord::validationAccuracy).max())
        .hasValue(best);
    assertThat(Blobs.bits(trainer.model())).isEqualTo(bitsOfBest);
    assertThat(result.message()).contains("epoch " + result.bestEpoch());
  }

  @Test
  void stopsWithAReasonWhenTheLossIsNotFinite() {
    ModelSpec linear =
        ModelSpec.inputs(Blobs.FEATURES)
            .dense(20, Activation.LINEAR)
            .dense(20, Activation.LINEAR)
            .output(Blobs.CLASSES, Activation.LINEAR);
    TrainingSpec spec =
        spec(50)
            .withOptimizer(OptimizerSpec.of(new Sgd()))
            .withLoss(Loss.MEAN_SQUARED_ERROR)
            .withSchedule(new ConstantSchedule(1000));
    Trainer trainer = new Trainer(Model.create(linear, 1), spec, data, engine);
    TrainingResult result = trainer.run(new TrainingControl(), TrainingListener.NONE);
    assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
    assertThat(result.message()).contains("not finite").contains("epoch 1");
  }

  @Test
  void weightsThatOverflowInTheLastStepAreADivergence() {
    TrainingSpec spec =
        spec(1)
            .withBatchSize(TRAIN)
            .withOptimizer(OptimizerSpec.of(new Sgd()))
            .withSchedule(new ConstantSchedule(1e38));
    ModelSpec deep =
        ModelSpec.inputs(Blobs.FEATURES)
            .dense(30, Activation.LINEAR)
            .output(Blobs.CLASSES, Activation.LINEAR);
    Model model = Model.create(deep, 1);
    for (int i = 0; i < model.kernel(0).size(); i++) {
      model.kernel(0).value().data[i] *= 1000;
    }
    TrainingResult result =
        new Trainer(model, spec.withLoss(Loss.MEAN_SQUARED_ERROR), data, engine)
            .run(new TrainingControl(), TrainingListener.NONE);
    assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
    assertThat(result.message()).contains("a weight is not finite");
  }

  @Test
  void plateauLowersTheRateAndTheEpochsSayIt() {
    TrainingSpec spec = spec(30).withSchedule(new PlateauSchedule(0.05, 0.5, 2, 1e-4, 0, 0.001));
    TrainingResult result = trainer(spec).run(new TrainingControl(), TrainingListener.NONE);
    double last = result.history().get(29).learningRate();
    assertThat(result.history().get(0).learningRate()).isEqualTo(0.05);
    assertThat(last).isLessThan(0.05).isGreaterThanOrEqualTo(0.001);
  }

  @Test
  void withoutValidationDataItsFiguresAreNotNumbers() {
    DataSplit onlyTrain =
        new DataSplit(data.train(), data.train().slice(0, 0), data.train().slice(0, 0));
    TrainingResult result =
        new Trainer(Model.create(Blobs.network(), 1), spec(1), onlyTrain, engine)
            .run(new TrainingControl(), TrainingListener.NONE);
    assertThat(result.history().get(0).validationLoss()).isNaN();
    assertThat(result.history().get(0).testAccuracy()).isNaN();
    assertThatThrownBy(
            () ->
                new Trainer(
                    Model.create(Blobs.network(), 1),
                    spec(1).withEarlyStopping(new EarlyStopping(1)),
                    onlyTrain,
                    engine))
        .hasMessageContaining("early stopping needs validation data, received 0");
  }

  @Test
  void refusesOtherDataOnResume() {
    Trainer trainer = trainer(spec(1));
    TrainingSnapshot snapshot = trainer.snapshot();
    assertThatThrownBy(() -> Trainer.resume(snapshot, Blobs.split(10, 1, 1), engine))
        .hasMessage("the run was trained on 150 rows, the data has 10");
  }

  @Test
  void specsSayWhatIsWrong() {
    TrainingSpec spec = spec(1);
    assertThatThrownBy(() -> spec.withEpochs(0)).hasMessageContaining("epochs must be 1");
    assertThatThrownBy(() -> spec.withBatchSize(0)).hasMessageContaining("batchSize must be 1");
    assertThatThrownBy(() -> spec.withLabelSmoothing(1))
        .hasMessage("labelSmoothing must be in [0, 1), received 1.0");
    assertThatThrownBy(() -> spec.withLabelSmoothing(0.1).withLoss(Loss.MEAN_SQUARED_ERROR))
        .hasMessageContaining("labelSmoothing needs the loss softmax_cross_entropy");
    assertThatThrownBy(() -> new EarlyStopping(0))
        .hasMessage("patienceEpochs must be at least 1, received 0");
    assertThatThrownBy(
            () -> new EarlyStopping(1, Double.NaN, EarlyStopping.Monitor.VALIDATION_LOSS))
        .hasMessageContaining("minimumImprovement");
  }

  @Test
  void historyAsCsv() {
    EpochRecord epoch = new EpochRecord(1, 0.5, 0.25, Double.NaN, 1, 2, 0.75, 0.001, 1.5);
    assertThat(EpochRecord.toCsv(List.of(epoch)))
        .isEqualTo(
            "epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy,testLoss,"
                + "testAccuracy,learningRate,seconds\n"
                + "1,0.5,0.25,NaN,1.0,2.0,0.75,0.001,1.5\n");
  }
}
