package dev.neurite.explorer.config;

import dev.neurite.explorer.service.DataService;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.DataTitle;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.dropin.ClassNames;
import dev.neurite.nn.data.DataSplit;
import java.util.List;
import java.util.function.Consumer;

/** Says whether the images are there, and looks for them again when the user asks. */
public final class DataPresenter {
  private final DataView view;
  private final Session session;
  private final Consumer<String> loading;
  private final Consumer<String> fetching;

  /**
   * Shows the state as it is.
   *
   * @param loading begins to load data of a name, for example {@link DataService#load}
   * @param fetching begins to fetch it, for example {@link DataService#fetch}
   */
  public DataPresenter(
      DataView view, Session session, Consumer<String> loading, Consumer<String> fetching) {
    this.view = view;
    this.session = session;
    this.loading = loading;
    this.fetching = fetching;
    session.addListener(
        new SessionListener() {
          @Override
          public void dataChanged() {
            show();
          }

          @Override
          public void dataWanted(String name) {
            loading.accept(name);
          }
        });
    show();
  }

  /** Begins to load what is chosen, unless that is done or under way. */
  public void begin() {
    session.want(session.chosenData());
  }

  /** The user wants another try in the same places. */
  public void retry() {
    loading.accept(session.chosenData());
  }

  /** The user wants MNIST instead of synthetic digits. */
  public void fetch() {
    fetching.accept(session.chosenData());
  }

  private void show() {
    DataState data = session.data();
    if (data instanceof DataState.Loading) {
      view.showWaiting(Texts.format("data.loading", DataTitle.of(session.chosenData())), -1);
    } else if (data instanceof DataState.Downloading download) {
      view.showWaiting(
          Texts.format(
              "data.downloading",
              download.file(),
              Figures.bytes(download.bytesDone()),
              Figures.bytes(download.bytesTotal())),
          download.bytesTotal() > 0 ? (double) download.bytesDone() / download.bytesTotal() : -1);
    } else if (data instanceof DataState.Ready ready) {
      DataSplit split = ready.split();
      List<String> names = ready.kind().classNames();
      String counts =
          Texts.format(
              ready.standIn() ? "data.standIn" : "data.ready",
              Figures.count(split.train().size()),
              Figures.count(split.validation().size()),
              Figures.count(split.test().size()));
      view.showReady(
          ClassNames.areDigits(names)
              ? counts
              : Texts.format("data.classes", counts, String.join(", ", names)),
          ready.standIn());
    } else if (data instanceof DataState.Missing missing) {
      view.showMissing(
          Texts.format("data.missing.title", DataTitle.of(session.chosenData())), missing.reason());
    }
  }
}
