package dev.neurite.bench.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.bench.Noise;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingListener;
import org.junit.jupiter.api.Test;

class EpochRunTest {
  private static final long SEED = 7;

  /** Epoch after epoch gives the same network as all of them at once. */
  @Test
  void trainsWholeEpochs() {
    Dataset data = Noise.images(100);
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      EpochRun run = new EpochRun(Workload.W3, data, engine, SEED);
      double seconds = run.seconds() + run.seconds() + run.seconds();

      Model expected = Model.create(Workload.W3.model(), SEED);
      new Trainer(
              expected,
              Workload.W3.training(data.size()).withEpochs(3).withSeed(SEED),
              new DataSplit(data, data.slice(0, 0), data.slice(0, 0)),
              engine)
          .run(new TrainingControl(), TrainingListener.NONE);

      assertThat(seconds).isBetween(1e-6, 60.0);
      assertThat(run.model().kernel(0).value().data)
          .isEqualTo(expected.kernel(0).value().data)
          .isNotEqualTo(Model.create(Workload.W3.model(), SEED).kernel(0).value().data);
    }
  }

  @Test
  void stepsGoThroughTheDataAndStartAgain() {
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      TrainingStep step = new TrainingStep(Workload.W3, 32, Noise.images(100), engine);
      float first = step.run();
      float last = first;
      for (int i = 0; i < 60; i++) {
        last = step.run();
      }
      assertThat(last).as("loss after 60 steps on the same 96 images").isLessThan(first / 2);
    }
  }
}
