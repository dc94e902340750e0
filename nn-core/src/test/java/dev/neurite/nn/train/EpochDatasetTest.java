package dev.neurite.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.data.EpochDataset;
import dev.neurite.nn.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Training data that changes from epoch to epoch. */
class EpochDatasetTest {
  private static final int TRAIN = 100;
  private static final int STEPS = 4;
  private static final int EPOCHS = 3;

  private final Engine engine = new Engine(EngineSpec.defaults().singleThreaded());
  private final DataSplit blobs = Blobs.split(TRAIN, 20, 20);
  private final List<Integer> asked = new ArrayList<>();

  @AfterEach
  void close() {
    engine.close();
  }

  /** The rows of epoch e are those of the blobs times (1 + e). */
  private final class Growing implements EpochDataset {
    private final double density;

    Growing(double density) {
      this.density = density;
    }

    @Override
    public Dataset epoch(int epoch) {
      asked.add(epoch);
      return times(1 + epoch);
    }

    @Override
    public int size() {
      return TRAIN;
    }

    @Override
    public int features() {
      return Blobs.FEATURES;
    }

    @Override
    public int outputs() {
      return Blobs.CLASSES;
    }

    @Override
    public int label(int index) {
      return blobs.train().label(index);
    }

    @Override
    public void copyFeatures(int index, float[] target, int offset) {
      blobs.train().copyFeatures(index, target, offset);
    }

    @Override
    public double density() {
      return density;
    }
  }

  private Dataset times(float factor) {
    float[] features = new float[TRAIN * Blobs.FEATURES];
    int[] labels = new int[TRAIN];
    for (int i = 0; i < TRAIN; i++) {
      blobs.train().copyFeatures(i, features, i * Blobs.FEATURES);
      labels[i] = blobs.train().label(i);
    }
    for (int i = 0; i < features.length; i++) {
      features[i] *= factor;
    }
    return ArrayDataset.classification(features, Blobs.FEATURES, labels, Blobs.CLASSES);
  }

  private Trainer trainer(Dataset train, int epochs) {
    TrainingSpec spec = TrainingSpec.classifier(epochs).withBatchSize(32).withSeed(3);
    return new Trainer(
        Model.create(Blobs.network(), 3),
        spec,
        new DataSplit(train, blobs.validation(), blobs.test()),
        engine);
  }

  private static float[] weights(Trainer trainer) {
    return trainer.model().kernel(0).value().data.clone();
  }

  @Test
  void everyEpochLearnsFromItsOwnRows() {
    Trainer first = trainer(new Growing(1), 1);
    first.run(new TrainingControl(), TrainingListener.NONE);
    Trainer once = trainer(times(1), 1);
    once.run(new TrainingControl(), TrainingListener.NONE);
    assertThat(weights(first)).isEqualTo(weights(once));

    Trainer changing = trainer(new Growing(1), EPOCHS);
    changing.run(new TrainingControl(), TrainingListener.NONE);
    Trainer constant = trainer(times(1), EPOCHS);
    constant.run(new TrainingControl(), TrainingListener.NONE);
    assertThat(weights(changing)).isNotEqualTo(weights(constant));
    assertThat(asked).containsExactly(0, 0, 1, 2);
  }

  @Test
  void aRunResumedWithinAnEpochSeesTheSameRows() {
    Trainer whole = trainer(new Growing(1), EPOCHS);
    whole.run(new TrainingControl(), TrainingListener.NONE);

    Trainer stopped = trainer(new Growing(1), EPOCHS);
    TrainingControl control = new TrainingControl();
    int[] batches = {0};
    stopped.run(
        control,
        event -> {
          if (event instanceof TrainingEvent.BatchCompleted && ++batches[0] == STEPS + 2) {
            control.cancel();
          }
        });
    asked.clear();
    Trainer resumed =
        Trainer.resume(
            stopped.snapshot(),
            new DataSplit(new Growing(1), blobs.validation(), blobs.test()),
            engine);
    resumed.run(new TrainingControl(), TrainingListener.NONE);
    assertThat(asked).containsExactly(1, 2);
    assertThat(weights(resumed)).isEqualTo(weights(whole));
  }

  @Test
  void rowsOfFewNonZerosAreCompressed() {
    Trainer dense = trainer(new Growing(1), EPOCHS);
    TrainingResult expected = dense.run(new TrainingControl(), TrainingListener.NONE);
    Trainer compressed = trainer(new Growing(0.1), EPOCHS);
    TrainingResult result = compressed.run(new TrainingControl(), TrainingListener.NONE);
    // Two orders of summation: alike, not the same bits.
    assertThat(result.history().get(EPOCHS - 1).trainLoss())
        .isCloseTo(expected.history().get(EPOCHS - 1).trainLoss(), within(1e-4));
  }
}
