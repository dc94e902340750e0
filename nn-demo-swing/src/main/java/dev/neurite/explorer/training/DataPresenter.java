package dev.neurite.explorer.training;

import dev.neurite.explorer.service.DataService;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.data.DataSplit;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says whether the images are there, and looks for them again when the user asks. */
public final class DataPresenter {
  private final DataView view;
  private final Session session;
  private final Consumer<@Nullable Path> loading;
  private final Runnable fetching;
  private @Nullable Path directory;

  /**
   * Shows the state as it is.
   *
   * @param directory where the images are, or null for the usual places
   * @param loading begins to load from there, for example {@link DataService#load}
   * @param fetching begins to fetch MNIST, for example {@link DataService#fetch}
   */
  public DataPresenter(
      DataView view,
      Session session,
      @Nullable Path directory,
      Consumer<@Nullable Path> loading,
      Runnable fetching) {
    this.view = view;
    this.session = session;
    this.directory = directory;
    this.loading = loading;
    this.fetching = fetching;
    session.addListener(
        new SessionListener() {
          @Override
          public void dataChanged() {
            show();
          }
        });
    show();
  }

  /** The user wants another try in the same places. */
  public void retry() {
    loading.accept(directory);
  }

  /** The user wants MNIST instead of synthetic digits. */
  public void fetch() {
    fetching.run();
  }

  /** The user names the directory where the files are. */
  public void directoryChosen(Path chosen) {
    directory = chosen;
    loading.accept(chosen);
  }

  private static String readyKey(DataState.Ready ready) {
    return switch (ready.name()) {
      case "mnist" -> "data.ready";
      case "synthetic" -> "data.synthetic";
      default -> "data.folder";
    };
  }

  private void show() {
    DataState data = session.data();
    if (data instanceof DataState.Loading) {
      view.showWaiting(Texts.get("data.loading"), -1);
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
      view.showReady(
          Texts.format(
              readyKey(ready),
              Figures.count(split.train().size()),
              Figures.count(split.validation().size()),
              Figures.count(split.test().size()),
              String.join(", ", ready.classNames())),
          ready.standIn());
    } else if (data instanceof DataState.Missing missing) {
      view.showMissing(missing.reason());
    }
  }
}
