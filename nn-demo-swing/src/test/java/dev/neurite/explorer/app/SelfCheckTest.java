package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neurite.explorer.Events;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.mnist.cli.Main;
import dev.neurite.mnist.user.UserDataDirectory;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfCheckTest {
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;

  @AfterEach
  void restore() {
    System.setOut(realOut);
    System.setErr(realErr);
    System.clearProperty(UserDataDirectory.PROPERTY);
  }

  @Test
  @Tag("window")
  void theWindowTrainsANetworkAndLeavesNothing(@TempDir Path folder) throws Exception {
    WindowUser.requireDisplay(SelfCheckTest.class);
    EventThreadRule rule = EventThreadRule.install();
    Path mine = folder.resolve("mine");
    System.setProperty(UserDataDirectory.PROPERTY, mine.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));

    int code = Main.run("explore", "--self-check", "--json", "--kernel=plain", "--threads=1");

    String said = err.toString(StandardCharsets.UTF_8);
    assertThat(code).as(said).isZero();
    assertThat(said).startsWith("Self-check passed").hasLineCount(1);
    JsonNode json = new ObjectMapper().readTree(out.toByteArray());
    assertThat(json.get("kernel").asText()).isEqualTo("plain");
    assertThat(json.get("threads").asInt()).isEqualTo(1);
    assertThat(json.get("testAccuracy").asDouble()).isBetween(0.5, 1.0);
    assertThat(mine).doesNotExist();
    assertThat(rule.violations()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("trainer", "inference", "analysis", "storage", "data-loader");
  }

  @Test
  void onlyARunThatWasCompletedAndLearnedPasses() {
    EpochRecord good = epoch(0.5);
    assertThat(SelfCheck.learned(ended(Outcome.COMPLETED, List.of(good)))).isEqualTo(good);
    assertThatThrownBy(() -> SelfCheck.learned(ended(Outcome.COMPLETED, List.of(epoch(0.499)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("self-check: the network reads 49.9 % of the test images, needs at least 50 %");
    for (Run bad :
        List.of(
            ended(Outcome.COMPLETED, List.of(epoch(Double.NaN))),
            ended(Outcome.COMPLETED, List.of()),
            ended(Outcome.DIVERGED, List.of(good)),
            begun().failed("no memory"))) {
      assertThatThrownBy(() -> SelfCheck.learned(bad))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("self-check: ");
    }
  }

  private static Run begun() {
    return Run.begin(new RunId(1), TinyDigits.experiment(1));
  }

  private static Run ended(Outcome outcome, List<EpochRecord> history) {
    return begun().after(Events.ended(outcome, history));
  }

  private static EpochRecord epoch(double testAccuracy) {
    return new EpochRecord(1, 1, 0.9, 1, 0.9, 1, testAccuracy, 0.001, 1);
  }
}
