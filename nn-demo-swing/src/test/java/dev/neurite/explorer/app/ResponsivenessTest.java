package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether the window stays quick while Wide trains, its charts live, and a user draws. {@code
 * -Dneurite.probe.seconds=120} measures for longer.
 */
@Tag("window")
class ResponsivenessTest {
  private static final int SECONDS = Integer.getInteger("neurite.probe.seconds", 15);
  private static final int WARM_UP_SECONDS = 3;
  private static final double LONGEST_STALL_MILLISECONDS = 100;
  private static final double SHORT_WAIT_MILLISECONDS = 30;
  private static final double LONGEST_ANSWER_MILLISECONDS = 30;

  @Test
  void theWindowStaysQuickWhileWideTrainsAndAUserDraws() throws Exception {
    assumeTrue(System.getenv("DISPLAY") != null, "no display");
    try (LiveWindow window = LiveWindow.open()) {
      window.start("Wide", 1000, 512);
      window.awaitRun(r -> r.predictor() != null);
      EventThreadProbe.Waits waits;
      DrawingHand hand = DrawingHand.begin(window.app.content());
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      try (EventThreadProbe probe = EventThreadProbe.begin()) {
        TimeUnit.SECONDS.sleep(SECONDS);
        waits = probe.waits();
      }
      hand.close();
      Run run = window.awaitRun(r -> true);
      System.out.printf(
          "%s; drawing to probabilities: %d answers, median %.1f ms; %d epochs trained%n",
          waits, hand.answers(), hand.medianMilliseconds(), run.history().size());
      assertThat(run.state()).isEqualTo(RunState.RUNNING);
      assertThat(waits.milliseconds().length).isGreaterThan(SECONDS * 60);
      assertThat(waits.longest()).isLessThanOrEqualTo(LONGEST_STALL_MILLISECONDS);
      assertThat(waits.shareWithin(SHORT_WAIT_MILLISECONDS)).isGreaterThanOrEqualTo(0.99);
      assertThat(hand.answers()).isGreaterThan(SECONDS * 5);
      assertThat(hand.medianMilliseconds()).isLessThanOrEqualTo(LONGEST_ANSWER_MILLISECONDS);
    }
  }
}
