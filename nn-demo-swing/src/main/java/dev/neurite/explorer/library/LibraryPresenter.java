package dev.neurite.explorer.library;

import dev.neurite.explorer.library.LibraryFace.Mood;
import dev.neurite.explorer.service.ModelOfRun;
import dev.neurite.explorer.service.Storage;
import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.LossTrace;
import dev.neurite.explorer.session.NetworkSize;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.mnist.cli.AugmentedData;
import dev.neurite.mnist.dropin.DataPlace;
import dev.neurite.mnist.dropin.NamedData;
import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.io.AnyModelFile;
import dev.neurite.nn.io.LibraryEntry;
import dev.neurite.nn.io.ModelLibrary;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingResult;
import dev.neurite.nn.train.TrainingResult.Outcome;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps networks of runs in the library, and makes runs of models from it or from files. */
public final class LibraryPresenter {
  private static final Duration LONGEST_IN_TRASH = Duration.ofDays(30);

  private final LibraryView view;
  private final Session session;
  private final Storage storage;
  private final ModelLibrary library;
  private final EngineSpec engine;

  private Mood mood = Mood.LOADING;
  private String message = Texts.get("library.loading");
  private String details = "";
  private @Nullable String deleted;
  private @Nullable RunId suggestedFor;
  private boolean tidied;
  private @Nullable LibraryFace shownFace;

  /**
   * Shows nothing yet.
   *
   * @param engine what loaded models are asked with
   */
  public LibraryPresenter(
      LibraryView view, Session session, Storage storage, ModelLibrary library, EngineSpec engine) {
    this.view = view;
    this.session = session;
    this.storage = storage;
    this.library = library;
    this.engine = engine;
    session.addListener(
        new SessionListener() {
          @Override
          public void runChanged(Run run) {
            showFace();
          }

          @Override
          public void selectionChanged() {
            showFace();
          }
        });
    showFace();
  }

  /** The user looks at the library: another program may have changed it. */
  public void seen() {
    if (!tidied) {
      tidied = true;
      storage.run(
          () -> {
            library.tidy(LONGEST_IN_TRASH);
            return library;
          },
          done -> {},
          this::wrong);
    }
    list(null);
  }

  /**
   * The user keeps the network that is looked at.
   *
   * @param name as typed
   */
  public void saved(String name) {
    Run run = saveable().orElse(null);
    Predictor predictor = run == null ? null : run.predictor();
    if (run == null || predictor == null) {
      return;
    }
    change(
        () -> library.save(name.strip(), ModelOfRun.of(run, predictor.model(), engine)),
        entry -> Texts.format("library.saved", entry.name()));
  }

  /** The user opens a model of the library as a run. */
  public void loaded(String id, String name) {
    storage.run(() -> Opened.of(library.load(id)), opened -> adopt(name, opened), this::wrong);
  }

  /** The user gives a model another name. */
  public void renamed(String id, String name) {
    change(
        () -> library.rename(id, name.strip()),
        entry -> Texts.format("library.renamed", entry.name()));
  }

  /** The user no longer wants a model. */
  public void deleted(String id, String name) {
    change(
        () -> {
          library.delete(id);
          return id;
        },
        gone -> {
          deleted = gone;
          return Texts.format("library.deleted", name);
        });
  }

  /** The user wants the model back that was deleted last. */
  public void undone() {
    String id = deleted;
    if (id == null) {
      return;
    }
    deleted = null;
    change(
        () -> {
          library.restore(id);
          return id;
        },
        back -> Texts.get("library.restored"));
  }

  /** The user takes a model elsewhere. */
  public void exported(String id, String name, ExportFormat format, Path target) {
    change(
        () -> {
          format.write(target, library.load(id), name);
          return target;
        },
        written -> Texts.format("library.exported", name, format.title(), written));
  }

  /** The user brings models of any format into the library. */
  public void imported(List<Path> files) {
    for (Path file : files) {
      change(
          () -> library.save(nameOf(file), read(file)),
          entry -> Texts.format("library.imported", entry.name()));
    }
  }

  /** The user opens files of any format as runs, for example by dropping them on the window. */
  public void opened(List<Path> files) {
    for (Path file : files) {
      storage.run(
          () -> Opened.of(read(file)),
          opened -> adopt(nameOf(file), opened),
          reason -> wrong(Texts.format("library.unreadable", file.getFileName(), reason)));
    }
  }

  private static SavedModel read(Path file) throws IOException {
    return AnyModelFile.read(file, Activation.RELU, Activation.SOFTMAX).saved();
  }

  private static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    String usable = name.isBlank() ? "model" : name;
    return usable.substring(0, Math.min(usable.length(), LibraryEntry.MAX_NAME));
  }

  private void adopt(String name, Opened opened) {
    SavedModel saved = opened.saved();
    if (saved.model().spec().inputs() != DigitNetwork.INPUTS) {
      wrong(
          Texts.format("library.otherInputs", name, String.valueOf(saved.model().spec().inputs())));
      return;
    }
    @Nullable TrainingRecord training = saved.training();
    TrainingSpec spec = training == null ? TrainingSpec.classifier(1) : training.spec();
    TrainingResult result =
        training == null
            ? new TrainingResult(Outcome.COMPLETED, "", List.of(), 0, 0)
            : training.result();
    session.adopt(
        id ->
            new Run(
                id,
                new Experiment(
                    name,
                    saved.model().spec(),
                    spec,
                    spec.optimizer().rule().toString(),
                    "",
                    opened.augmentation(),
                    opened.data(),
                    ""),
                RunState.after(result.outcome()),
                0,
                0,
                result.history(),
                LossTrace.EMPTY,
                null,
                new Predictor(saved.model(), engine),
                result.seconds(),
                result.message(),
                null,
                "",
                opened.size()));
    done(Texts.format("library.opened", name));
  }

  /** A model, and what it learned from as far as it is known. */
  private record Opened(
      SavedModel saved, DataKind data, Augmentation augmentation, NetworkSize size) {
    /**
     * Reads its record, the names of its classes where they are kept, and its parameters; not on
     * the event thread.
     */
    static Opened of(SavedModel saved) {
      int classes = saved.model().spec().outputs();
      String words = saved.provenance().data();
      AugmentedData data;
      try {
        data = AugmentedData.of(words);
      } catch (IllegalArgumentException e) { // another program's words
        data = new AugmentedData(words, Augmentation.NONE);
      }
      String name =
          NamedData.isWord(data.data()) || isAbsolute(data.data()) ? data.data() : NamedData.MNIST;
      return new Opened(
          saved,
          new DataKind(name, DataPlace.classNames(name, classes)),
          data.augmentation(),
          NetworkSize.of(saved.model()));
    }
  }

  private static boolean isAbsolute(String name) {
    try {
      return Path.of(name).isAbsolute();
    } catch (InvalidPathException e) { // another program's words
      return false;
    }
  }

  private Optional<Run> saveable() {
    return session.selected().filter(r -> r.predictor() != null);
  }

  /** Changes the library, says so, and lists it again. */
  private <T> void change(Callable<T> work, Function<T, String> news) {
    storage.run(work, result -> list(news.apply(result)), this::wrong);
  }

  private void list(@Nullable String news) {
    storage.run(library::list, listing -> show(listing, news), this::wrong);
  }

  private void show(ModelLibrary.Listing listing, @Nullable String news) {
    ZoneId zone = ZoneId.systemDefault();
    view.showRows(listing.entries().stream().map(e -> LibraryRow.of(e, zone)).toList());
    if (!listing.damaged().isEmpty()) {
      mood = Mood.WRONG;
      message = Texts.format("library.damaged", listing.damaged().size());
      details = String.join("\n", listing.damaged());
      showFace();
    } else if (news != null) {
      done(news);
    } else if (mood != Mood.WRONG || listing.entries().isEmpty()) {
      mood = listing.entries().isEmpty() ? Mood.EMPTY : Mood.READY;
      message =
          listing.entries().isEmpty()
              ? Texts.get("library.empty")
              : Texts.format("library.ready", listing.entries().size());
      details = "";
      showFace();
    }
  }

  private void done(String news) {
    mood = Mood.DONE;
    message = news;
    details = "";
    showFace();
  }

  /** Something could not be read or written. */
  public void wrong(String reason) {
    mood = Mood.WRONG;
    message = Texts.format("library.wrong", reason.lines().findFirst().orElse(""));
    details = reason;
    showFace();
  }

  private void showFace() {
    Run run = saveable().orElse(null);
    if (run != null && !run.id().equals(suggestedFor)) {
      suggestedFor = run.id();
      view.suggestName(run.experiment().name());
    }
    LibraryFace face =
        new LibraryFace(
            mood,
            message,
            details,
            run == null ? Texts.get("library.save.none") : Texts.format("library.save", run.name()),
            run != null,
            deleted != null);
    if (!face.equals(shownFace)) { // most that a run says changes nothing here
      shownFace = face;
      view.showFace(face);
    }
  }

  /** Hears of problems elsewhere, for example of a session that cannot be written. */
  public Consumer<String> problems() {
    return this::wrong;
  }
}
