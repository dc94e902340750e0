package dev.neurite.mnist.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  private static final EngineSpec ENGINE = new EngineSpec(KernelChoice.PLAIN, 2);
  private static final long SECONDS = 60;
  private static final SweepSpec SPEC =
      new SweepSpec(
          Map.of(), new Search.Grid(Map.of("lr", List.of("0.01", "0.02", "0.03", "0.04"))), 2);

  @TempDir private Path folder;
  private final List<Trial> trained = new ArrayList<>();
  private final DataSplit data = new DataSplit(rows(60), rows(20), rows(20));

  /** Two classes: which of two inputs is larger. */
  private static Dataset rows(int count) {
    float[] features = new float[2 * count];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
      features[2 * i + labels[i]] = 1 + i / 10f;
    }
    return ArrayDataset.classification(features, 2, labels, 2);
  }

  private Trainer trainer(Trial trial, Engine engine) {
    assertThat(engine.spec().threads()).isEqualTo(1);
    ModelSpec network = ModelSpec.inputs(2).dense(4, Activation.RELU).output(2, Activation.SOFTMAX);
    TrainingSpec training =
        TrainingSpec.classifier(2)
            .withBatchSize(10)
            .withSeed(trial.seed())
            .withSchedule(new ConstantSchedule(Double.parseDouble(trial.settings().get("lr"))));
    return new Trainer(Model.create(network, trial.seed()), training, data, engine);
  }

  private void run(TrialJournal journal, TrainingControl control, int stopAfter)
      throws IOException {
    run(journal, control, stopAfter, this::trainer);
  }

  private void run(
      TrialJournal journal, TrainingControl control, int stopAfter, Sweep.TrainerFactory factory)
      throws IOException {
    SweepListener listener =
        new SweepListener() {
          @Override
          public void on(Trial trial, TrainingEvent event) {}

          @Override
          public void on(Trial trial, TrialRecord record) {
            trained.add(trial);
            assertThat(journal.find(record.key())).contains(record);
            if (trained.size() == stopAfter) {
              control.cancel();
            }
          }
        };
    List<Trial> pending =
        SPEC.trials(1).stream()
            .filter(t -> journal.find(Sweep.key(t, "tiny", "plain")).isEmpty())
            .toList();
    new Sweep(journal, data, "tiny", ENGINE, factory, listener).run(pending, control);
  }

  @Test
  void anInterruptedSweepGoesOnWithoutRepeatingAndEndsAsAWholeOne() throws IOException {
    run(new TrialJournal(folder), new TrainingControl(), 3);
    int before = trained.size();
    assertThat(before).as("stopped, perhaps with the other one of two at its end").isBetween(3, 4);
    assertThat(Files.readAllLines(folder.resolve("trials.jsonl"))).hasSize(before);
    run(new TrialJournal(folder), new TrainingControl(), -1);
    assertThat(trained).hasSize(8).doesNotHaveDuplicates();

    Path other = folder.resolve("whole");
    run(new TrialJournal(other), new TrainingControl(), -1);
    TrialJournal first = new TrialJournal(folder);
    TrialJournal whole = new TrialJournal(other);
    int compared = 0;
    for (Trial trial : SPEC.trials(1)) {
      TrialRecord a = first.find(Sweep.key(trial, "tiny", "plain")).orElseThrow();
      TrialRecord b = whole.find(Sweep.key(trial, "tiny", "plain")).orElseThrow();
      assertThat(a.validationLoss()).isEqualTo(b.validationLoss());
      assertThat(a.testAccuracy()).isEqualTo(b.testAccuracy());
      compared++;
    }
    assertThat(compared).isEqualTo(8);
  }

  @Test
  void asManyTrialsRunAtOnceAsThereAreThreads() throws IOException {
    CyclicBarrier both = new CyclicBarrier(2);
    Set<String> threads = ConcurrentHashMap.newKeySet();
    run(
        new TrialJournal(folder),
        new TrainingControl(),
        -1,
        (trial, engine) -> {
          threads.add(Thread.currentThread().getName());
          try {
            both.await(SECONDS, TimeUnit.SECONDS); // only two trials together get through
          } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
          }
          return trainer(trial, engine);
        });
    assertThat(threads).hasSize(2);
    assertThat(trained).hasSize(8);
  }

  @Test
  void aTrialThatCannotBeTrainedEndsTheSweepWithItsName() throws IOException {
    TrialJournal journal = new TrialJournal(folder);
    TrainingControl control = new TrainingControl();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                run(
                    journal,
                    control,
                    -1,
                    (trial, engine) -> {
                      if (trial.setting() == 2) {
                        throw new IllegalArgumentException("too bad");
                      }
                      return trainer(trial, engine);
                    }))
        .withMessage("lr=0.02: too bad");
    assertThat(control.isCancelled()).isTrue();
    assertThat(trained).hasSizeLessThan(8);
    assertThatThrownBy(
            () ->
                run(
                    journal,
                    new TrainingControl(),
                    -1,
                    (trial, engine) -> {
                      throw new OutOfMemoryError("made up");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void withoutImagesToRankByThereIsNoSweep() throws IOException {
    TrialJournal journal = new TrialJournal(folder);
    DataSplit none = new DataSplit(rows(60), rows(0), rows(20));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Sweep(
                    journal,
                    none,
                    "tiny",
                    ENGINE,
                    this::trainer,
                    new SweepListener() {
                      @Override
                      public void on(Trial trial, TrainingEvent event) {}

                      @Override
                      public void on(Trial trial, TrialRecord record) {}
                    }))
        .withMessageContaining("received 0 validation and 20 test images");
  }
}
