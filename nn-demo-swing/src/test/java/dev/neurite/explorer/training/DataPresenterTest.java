package dev.neurite.explorer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataPresenterTest {
  private final Session session = new Session();
  private final List<String> shown = new ArrayList<>();
  private final List<Path> loads = new ArrayList<>();
  private int fetches;
  private final DataPresenter presenter =
      new DataPresenter(
          new DataView() {
            @Override
            public void showWaiting(String text, double share) {
              shown.add("waiting %.2f %s".formatted(share, text));
            }

            @Override
            public void showReady(String text, boolean standIn) {
              shown.add((standIn ? "stand-in " : "ready ") + text);
            }

            @Override
            public void showMissing(String reason) {
              shown.add("missing " + reason);
            }
          },
          session,
          Path.of("given"),
          loads::add,
          () -> fetches++);

  @Test
  void everyStateHasItsFace() {
    session.setData(new DataState.Downloading("train-images", 2_500_000, 10_000_000));
    session.setData(new DataState.Missing("four files"));
    session.setData(new DataState.Ready(TinyDigits.split(1000), true));
    session.setData(new DataState.Ready(TinyDigits.split(1000)));
    session.setData(
        new DataState.Ready(
            TinyDigits.split(1000), false, "/data/hats", List.of("cap", "top hat")));
    assertThat(shown)
        .containsExactly(
            "waiting -1.00 Looking for the MNIST images …",
            "waiting 0.25 Downloading train-images: 2.5 MB of 10.0 MB",
            "missing four files",
            "stand-in Synthetic digits, made here: 1,000 training, 40 validation, 30 test",
            "ready MNIST: 1,000 training, 40 validation, 30 test images",
            "ready From the folder: 1,000 training, 40 validation, 30 test; cap, top hat");
  }

  @Test
  void triesTheSamePlaceAgainUntilAnotherIsChosen() {
    presenter.retry();
    presenter.directoryChosen(Path.of("other"));
    presenter.retry();
    assertThat(loads).containsExactly(Path.of("given"), Path.of("other"), Path.of("other"));
  }

  @Test
  void fetchesMnistOnceAsked() {
    presenter.fetch();
    assertThat(fetches).isOne();
    assertThat(loads).isEmpty();
  }
}
