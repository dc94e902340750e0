package dev.neurite.explorer.app;

import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.mnist.dropin.NamedData;
import dev.neurite.mnist.synthetic.SyntheticDigits;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.train.EpochRecord;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the window, trains for one epoch in it on a few digits made by the program, and closes it.
 * Keeps nothing and reads nothing of the user's.
 */
final class SelfCheck {
  private static final int TRAIN_ROWS = 6_000;
  private static final int VALIDATION_ROWS = 500;
  private static final int TEST_ROWS = 1_000;

  /** Many steps from few images. */
  private static final String SMALL_BATCH = "20";

  /** One in ten is right by chance. */
  private static final double LEAST_ACCURACY = 0.5;

  /**
   * What was found where all is well.
   *
   * @param kernel the name of the kernel that trained
   * @param epoch the epoch that was trained
   */
  record Result(String kernel, EpochRecord epoch) {}

  private final EngineSpec engine;
  private final long seed;

  SelfCheck(EngineSpec engine, long seed) {
    this.engine = engine;
    this.seed = seed;
  }

  /**
   * Checks. Not for the event thread.
   *
   * @throws IllegalStateException if something does not work; the message says what
   */
  Result run() throws InterruptedException {
    String kernel = kernel();
    if (GraphicsEnvironment.isHeadless()) {
      throw noDisplay(null);
    }
    OpenWindow window;
    try {
      window = OpenWindow.open(this::app);
    } catch (HeadlessException | AWTError | LinkageError e) { // the display named is not there
      throw noDisplay(e);
    }
    Run run;
    try {
      run = train(window);
    } finally {
      window.close();
    }
    if (!window.awaitEnd()) {
      throw new IllegalStateException("self-check: a thread of the window has not ended");
    }
    return new Result(kernel, learned(run));
  }

  private static IllegalStateException noDisplay(@Nullable Throwable cause) {
    return new IllegalStateException(
        "self-check: there is no display to open the window on", cause);
  }

  private String kernel() {
    try (Engine one = new Engine(engine.singleThreaded())) {
      return one.kernelName();
    }
  }

  private ExplorerApp app() {
    return new ExplorerApp(
        (name, listener) ->
            new DataState.Ready(digits(), false, DataKind.named(NamedData.SYNTHETIC)),
        NamedData.SYNTHETIC,
        engine,
        seed);
  }

  private static DataSplit digits() {
    SyntheticDigits digits = new SyntheticDigits(1);
    int held = TRAIN_ROWS + VALIDATION_ROWS;
    return new DataSplit(
        digits.dataset(0, TRAIN_ROWS),
        digits.dataset(TRAIN_ROWS, held),
        digits.dataset(held, held + TEST_ROWS));
  }

  private static Run train(OpenWindow window) throws InterruptedException {
    ExplorerApp app = window.app();
    AppPilot pilot = new AppPilot(app);
    pilot.await(
        "window and its digits",
        () -> window.isShowing() && app.session().data() instanceof DataState.Ready);
    pilot.click("Simple");
    pilot.write("Epochs", "1");
    pilot.write("Batch", SMALL_BATCH);
    pilot.click("Start");
    return pilot.awaitRun(r -> !r.state().isActive());
  }

  /** The epoch of a run that ended as it should and knows more than chance. */
  static EpochRecord learned(Run run) {
    EpochRecord epoch = run.lastEpoch();
    if (run.state() != RunState.COMPLETED || epoch == null) {
      throw new IllegalStateException(
          "self-check: the run ended as %s: %s".formatted(run.state(), run.message()));
    }
    if (!(epoch.testAccuracy() >= LEAST_ACCURACY)) { // also not a number
      throw new IllegalStateException(
          "self-check: the network reads %.1f %% of the test images, needs at least %.0f %%"
              .formatted(100 * epoch.testAccuracy(), 100 * LEAST_ACCURACY));
    }
    return epoch;
  }
}
