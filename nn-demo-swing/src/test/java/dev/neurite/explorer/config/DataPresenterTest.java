package dev.neurite.explorer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Session;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataPresenterTest {
  private final Session session = new Session();
  private final List<String> shown = new ArrayList<>();
  private final List<String> loads = new ArrayList<>();
  private final List<String> fetches = new ArrayList<>();
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
            public void showMissing(String title, String reason) {
              shown.add("missing " + title + ": " + reason);
            }
          },
          session,
          loads::add,
          fetches::add);

  @Test
  void everyStateHasItsFace() {
    session.setData(new DataState.Downloading("train-images", 2_500_000, 10_000_000));
    session.setData(new DataState.Missing("four files"));
    session.setData(new DataState.Ready(TinyDigits.split(1000), true));
    session.setData(new DataState.Ready(TinyDigits.split(1000)));
    session.setData(
        new DataState.Ready(
            TinyDigits.split(1000), false, new DataKind("/data/hats", List.of("cap", "top hat"))));
    assertThat(shown)
        .containsExactly(
            "waiting -1.00 Looking for MNIST …",
            "waiting 0.25 Downloading train-images: 2.5 MB of 10.0 MB",
            "missing MNIST is not here: four files",
            "stand-in MNIST is not on this machine: digits made by this program stand in for it."
                + " 1,000 training, 40 validation, 30 test images",
            "ready 1,000 training, 40 validation, 30 test images",
            "ready 1,000 training, 40 validation, 30 test images: cap, top hat");
  }

  @Test
  void whatIsWantedIsLoadedOnceAndAgainOnlyWhenAsked() {
    presenter.begin();
    assertThat(loads).containsExactly("mnist");
    session.setData("mnist", new DataState.Loading());
    presenter.begin(); // it is on its way
    session.chooseData("fashion");
    assertThat(loads).containsExactly("mnist", "fashion");
    assertThat(session.data()).isInstanceOf(DataState.Loading.class);
    session.setData("fashion", new DataState.Missing("four files"));
    assertThat(shown.get(shown.size() - 1))
        .isEqualTo("missing Fashion-MNIST is not here: four files");
    session.chooseData("mnist");
    session.chooseData("fashion"); // known not to be there
    assertThat(loads).containsExactly("mnist", "fashion");
    presenter.retry();
    assertThat(loads).containsExactly("mnist", "fashion", "fashion");
  }

  @Test
  void whatStandsInIsKnownByItsOwnNameToo() {
    session.setData("mnist", new DataState.Ready(TinyDigits.split(100), true));
    assertThat(session.split("synthetic")).isEqualTo(session.split());
    assertThat(session.dataKind().name()).isEqualTo("synthetic");
    session.want("synthetic");
    assertThat(loads).isEmpty();
  }

  @Test
  void fetchesMnistOnceAsked() {
    presenter.fetch();
    assertThat(fetches).containsExactly("mnist");
    assertThat(loads).isEmpty();
  }
}
