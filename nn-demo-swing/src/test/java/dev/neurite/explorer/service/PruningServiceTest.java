package dev.neurite.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.ManualEventThread;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.explorer.session.PruningOrder.Method;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.train.EpochRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PruningServiceTest {
  private static final EngineSpec ENGINE = new EngineSpec(KernelChoice.PLAIN, 1);

  private final ManualEventThread eventThread = new ManualEventThread();
  private final Session session = new Session();
  private final TrainingService service = new TrainingService(ENGINE, eventThread);
  private final DataSplit data = TinyDigits.split(400);
  private Run parent;

  @BeforeEach
  void trainTheParent() {
    Run run = session.begin(TinyDigits.experiment(6));
    service.start(
        run.experiment(), data, Training.Beginning.RUN, new RunRecorder(session, run.id()));
    parent = await(r -> !r.state().isActive());
  }

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    service.close();
    assertThat(service.awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  private Run prune(Method method, double sparsity, int epochs) {
    PruningOrder order =
        new PruningOrder(
            parent.id(),
            parent.name(),
            method,
            PruningScope.GLOBAL,
            PruningOrder.Grain.WEIGHTS,
            sparsity,
            epochs,
            1);
    Experiment experiment =
        new Experiment(
            "Pruned",
            order.prune(parent.predictor().model()).spec(),
            order.training(parent.experiment().model(), data.train().size()),
            "",
            "");
    Run run = session.begin(experiment, order);
    service.prune(order, parent.predictor(), data, new RunRecorder(session, run.id()));
    return run;
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void everyMethodEndsWithTheSparsityWantedAndItsFigures(Method method) {
    float[] before = parent.predictor().model().kernel(0).value().data.clone();
    prune(method, 0.75, 3);
    Run run = await(r -> !r.state().isActive());
    assertThat(run.state()).as(run.message()).isEqualTo(RunState.COMPLETED);
    Model model = run.predictor().model();
    int rounds = method == Method.ITERATIVE ? PruningOrder.ROUNDS : 1;
    assertThat(run.history())
        .extracting(EpochRecord::epoch)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 3 * rounds).boxed().toList());
    if (method == Method.UNITS) {
      assertThat(model.spec().widths()).isEqualTo("784-4-10");
    } else {
      assertThat(model.prunedWeights())
          .isEqualTo((int) Math.round(0.75 * model.spec().weightCount()));
    }
    assertThat(run.pruning().before().testAccuracy()).isEqualTo(testAccuracy(parent.predictor()));
    assertThat(run.pruning().tuned().testAccuracy()).isEqualTo(testAccuracy(run.predictor()));
    assertThat(run.pruning().tuned().fileBytes())
        .isLessThan(run.pruning().before().fileBytes() / 2);
    assertThat(run.pruning().pruned().nonZeroParameters())
        .isLessThan(run.pruning().before().nonZeroParameters() / 2);
    assertThat(run.pruning().tuned().microseconds()).isPositive();
    assertThat(run.newestBatch().step()).isEqualTo(3L * rounds * 4); // 400 rows in batches of 128
    assertThat(Arrays.equals(parent.predictor().model().kernel(0).value().data, before))
        .as("the parent stays as it is")
        .isTrue();
  }

  @Test
  void aCancelledRunKeepsAPrunedNetwork() {
    prune(Method.ONE_SHOT, 0.5, 1000);
    await(r -> r.history().size() > 1);
    service.stop();
    Run run = await(r -> !r.state().isActive());
    assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    Model model = run.predictor().model();
    assertThat(model.prunedWeights()).isEqualTo((int) Math.round(0.5 * model.spec().weightCount()));
    double best =
        run.history().stream().mapToDouble(EpochRecord::validationAccuracy).max().orElseThrow();
    assertThat(run.pruning().tuned().validationAccuracy()).as("its best epoch").isEqualTo(best);
  }

  @Test
  void whatCannotBePrunedFailsInWords() {
    PruningOrder order =
        new PruningOrder(
            new RunId(1),
            "x",
            Method.UNITS,
            PruningScope.LAYER,
            PruningOrder.Grain.WEIGHTS,
            0.99,
            1,
            1); // 16 of 16 units
    Run run = session.begin(parent.experiment(), order);
    service.prune(order, parent.predictor(), data, new RunRecorder(session, run.id()));
    Run failed = await(r -> !r.state().isActive());
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(failed.message()).contains("16 units");
  }

  private double testAccuracy(Predictor predictor) {
    try (Engine engine = new Engine(ENGINE)) {
      return new Evaluator(predictor.model(), Loss.SOFTMAX_CROSS_ENTROPY, engine)
          .evaluate(data.test())
          .accuracy();
    }
  }

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
