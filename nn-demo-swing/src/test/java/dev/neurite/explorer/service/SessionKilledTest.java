package dev.neurite.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.service.SavedSession.SavedRun;
import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that trains is killed by the operating system (SIGKILL), again and again. */
class SessionKilledTest {
  private static final int KILLS = 4;

  @TempDir Path sessions;

  @Test
  void aRunGoesOnFromItsLastCheckpointToTheBitAsIfNothingHadHappened() throws Exception {
    int done = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      killAfter("long", 2, 3 + 41 * kill);
      SavedSession saved = read();
      assertThat(saved.problems()).isEmpty();
      assertThat(saved.configuration()).isEqualTo("form");
      assertThat(saved.runs()).hasSize(1);
      SavedRun found = saved.runs().get(0);
      Checkpoint checkpoint = found.checkpoint();
      assertThat(checkpoint).isNotNull();
      assertThat(checkpoint.epochsDone()).as("progress over the kills").isGreaterThan(done);
      done = checkpoint.epochsDone();
      assertThat(found.run().history()).hasSize(done);
      assertThat(found.run().trace().points().get(0).epoch()).isLessThan(done);
    }
    SavedRun last = read().runs().get(0);
    assertSame(last.checkpoint().snapshot().model(), uninterrupted(done));
    assertThat(last.run().predictor().model().spec()).isEqualTo(KilledSession.longRun().model());
  }

  @Test
  void noModelIsBrokenWhileRunsEndAndPruningInRoundsGoesOn() throws Exception {
    Model expected = uninterrupted(2);
    int ended = 0;
    int pruned = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      killAfter("short", 3, 17 * kill);
      SavedSession saved = read();
      assertThat(saved.problems()).isEmpty();
      assertThat(saved.runs().stream().filter(r -> r.checkpoint() != null)).hasSizeLessThan(2);
      ended = 0;
      pruned = 0;
      for (SavedRun found : saved.runs()) {
        if (found.checkpoint() != null) {
          continue;
        } else if (found.run().pruning() == null) {
          ended++;
          assertSame(found.run().predictor().model(), expected);
        } else {
          pruned++;
          assertThat(found.run().history()).hasSize(8);
          assertThat(found.run().history().get(7).epoch()).isEqualTo(8);
          Model model = found.run().predictor().model();
          assertThat(model.prunedWeights())
              .isEqualTo((int) Math.round(0.9 * model.spec().weightCount()));
          assertThat(found.run().pruning().before()).isNotNull();
          assertThat(found.run().pruning().tuned().nonZeroParameters())
              .isLessThan(found.run().pruning().before().nonZeroParameters() / 5);
        }
      }
    }
    assertThat(ended).isGreaterThan(1);
    assertThat(pruned).isPositive();
    try (Stream<Path> files = Files.walk(sessions)) {
      assertThat(files.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  /** Lets the process write some checkpoints, waits, and kills it. */
  private void killAfter(String mode, int checkpoints, int milliseconds) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.awt.headless=true",
                "-Xmx256m",
                KilledSession.class.getName(),
                sessions.toString(),
                mode)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (int i = 0; i < checkpoints; i++) {
        assertThat(lines.readLine()).startsWith("written ");
      }
      Thread.sleep(milliseconds);
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private SavedSession read() throws IOException {
    try (Stream<Path> all = Files.list(sessions)) {
      assertThat(all).as("the same session is taken up again").hasSize(1);
    }
    try (SessionFolder folder = SessionFolder.open(sessions, KilledSession.ENGINE)) {
      return folder.read();
    }
  }

  private static Model uninterrupted(int epochs) {
    Model model =
        Model.create(KilledSession.longRun().model(), KilledSession.longRun().training().seed());
    try (Engine engine = new Engine(KilledSession.ENGINE)) {
      TrainingControl control = new TrainingControl();
      TrainingListener stopping =
          event -> {
            if (event instanceof TrainingEvent.EpochCompleted done
                && done.record().epoch() == epochs) {
              control.cancel();
            }
          };
      new Trainer(model, KilledSession.longRun().training(), KilledSession.data(), engine)
          .run(control, stopping);
    }
    return model;
  }

  private static void assertSame(Model received, Model expected) {
    List<Parameter> parameters = expected.parameters();
    assertThat(received.parameters()).hasSameSizeAs(parameters);
    for (int i = 0; i < parameters.size(); i++) {
      assertThat(
              Arrays.equals(
                  received.parameters().get(i).value().data, parameters.get(i).value().data))
          .as(parameters.get(i).name())
          .isTrue();
    }
  }
}
