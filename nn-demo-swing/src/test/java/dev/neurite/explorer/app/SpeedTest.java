package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingListener;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast Wide trains with the window open, against the same training alone; on request only. */
@Tag("window")
class SpeedTest {
  private static final double LEAST_SHARE = 0.9;
  private static final int ROUNDS = 4;
  private static final int EPOCHS = 12;

  @Test
  void trainingIsNearlyAsFastAsWithoutAWindow() throws Exception {
    assumeTrue(Boolean.getBoolean("neurite.probe.speed"), "a measurement, on request only");
    try (LiveWindow window = LiveWindow.open();
        Engine engine = new Engine(EngineSpec.defaults())) {
      double share = 0;
      double alone = 0;
      double watched = 0;
      for (int round = 0; round < ROUNDS; round++) { // the first ones warm up
        window.start("Wide", EPOCHS, 512);
        watched =
            median(
                window.awaitRun(r -> r.state() == RunState.COMPLETED && r.seconds() > 0).history());
        Experiment same =
            Painting.onEventThread(() -> window.app.session().planned().orElseThrow());
        DataSplit data = Painting.onEventThread(() -> window.app.session().split().orElseThrow());
        Painting.run(() -> window.frame.setVisible(false));
        alone =
            median(
                new Trainer(Model.create(same.model(), 1), same.training(), data, engine)
                    .run(new TrainingControl(), TrainingListener.NONE)
                    .history());
        Painting.run(() -> window.frame.setVisible(true));
        share = alone / watched;
        System.out.printf("round %d: %.1f %%%n", round + 1, 100 * share);
      }
      System.out.printf(
          "Wide, an epoch: %.3f s with the window, %.3f s alone: %.1f %% of the speed%n",
          watched, alone, 100 * share);
      assertThat(share).isGreaterThanOrEqualTo(LEAST_SHARE);
    }
  }

  /** The median epoch. */
  private static double median(List<EpochRecord> history) {
    double[] seconds = history.stream().mapToDouble(EpochRecord::seconds).sorted().toArray();
    return seconds[seconds.length / 2];
  }
}
