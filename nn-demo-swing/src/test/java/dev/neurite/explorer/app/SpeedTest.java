package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingListener;
import dev.neurite.nn.train.TrainingResult;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast Wide trains with the window open, against the same training alone; on request only.
 *
 * <p>Both train the same experiment in the same process, on equal engines, and evaluate after every
 * epoch. The time is that of the whole run, with all that the trainer thread does beside the
 * batches. The window keeps its session on disk as it does for a user.
 */
@Tag("window")
class SpeedTest {
  private static final double LEAST_SHARE = 0.9;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 8;
  private static final int EPOCHS = 12;

  @TempDir Path userData;

  @Test
  void trainingIsNearlyAsFastAsWithoutAWindow() throws Exception {
    assumeTrue(Boolean.getBoolean("neurite.probe.speed"), "a measurement, on request only");
    double[] shares = new double[ROUNDS];
    try (LiveWindow window = LiveWindow.open(userData);
        Engine engine = new Engine(EngineSpec.defaults())) {
      window.plan("Wide", EPOCHS, 512);
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        boolean isWindowFirst = round % 2 == 0; // what gets slower with time hits both
        double before = isWindowFirst ? 0 : alone(window, engine);
        double watched = watched(window);
        double alone = isWindowFirst ? alone(window, engine) : before;
        System.out.printf(
            "round %d: %.3f s an epoch with the window, %.3f s alone: %.1f %% of the speed%n",
            round, watched / EPOCHS, alone / EPOCHS, 100 * alone / watched);
        if (round >= 0) {
          shares[round] = alone / watched;
        }
      }
    }
    Arrays.sort(shares);
    double median = (shares[ROUNDS / 2 - 1] + shares[ROUNDS / 2]) / 2;
    System.out.printf(
        "Wide with the window: %.1f %% of the speed alone (median of %d rounds; %.1f to %.1f)%n",
        100 * median, ROUNDS, 100 * shares[0], 100 * shares[ROUNDS - 1]);
    assertThat(median).isGreaterThanOrEqualTo(LEAST_SHARE);
  }

  /** Seconds of a run that the window shows. */
  private static double watched(LiveWindow window) throws InterruptedException {
    int number = 1 + Painting.onEventThread(() -> window.app.session().runs().size());
    window.start("Wide", EPOCHS, 512);
    Run run = window.awaitRun(r -> r.id().number() == number && r.state() == RunState.COMPLETED);
    return run.seconds();
  }

  /** Seconds of the same run while nobody sees the window. */
  private static double alone(LiveWindow window, Engine engine) {
    Experiment same = Painting.onEventThread(() -> window.app.session().planned().orElseThrow());
    DataSplit data = Painting.onEventThread(() -> window.app.session().split().orElseThrow());
    Painting.run(() -> window.frame.setVisible(false));
    TrainingResult result =
        new Trainer(Model.create(same.model(), 1), same.training(), data, engine)
            .run(new TrainingControl(), TrainingListener.NONE);
    Painting.run(() -> window.frame.setVisible(true));
    return result.seconds();
  }
}
