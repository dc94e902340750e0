package dev.neurite.explorer.app;

import dev.neurite.explorer.compare.ComparePresenter;
import dev.neurite.explorer.config.ConfigPresenter;
import dev.neurite.explorer.config.DataPresenter;
import dev.neurite.explorer.config.Draft;
import dev.neurite.explorer.config.DraftWords;
import dev.neurite.explorer.inspect.InspectPresenter;
import dev.neurite.explorer.lessons.LessonsPresenter;
import dev.neurite.explorer.library.LibraryFace;
import dev.neurite.explorer.library.LibraryPresenter;
import dev.neurite.explorer.library.RecoveryPresenter;
import dev.neurite.explorer.prune.PrunePresenter;
import dev.neurite.explorer.service.AnalysisService;
import dev.neurite.explorer.service.DataLoader;
import dev.neurite.explorer.service.DataService;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.service.EventThread;
import dev.neurite.explorer.service.InferenceService;
import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.explorer.service.SessionKeeper;
import dev.neurite.explorer.service.StorageService;
import dev.neurite.explorer.service.TrainingService;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.testbench.SlotsPresenter;
import dev.neurite.explorer.testbench.TestImagesPresenter;
import dev.neurite.explorer.testbench.TestbenchPresenter;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.training.TrainingPresenter;
import dev.neurite.explorer.ui.SwingEventThread;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.io.ModelLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wires the app: session, services, panels, presenters. Made, begun and closed on the event thread;
 * {@link #awaitEnd} is for any other.
 */
public final class ExplorerApp implements AutoCloseable {
  private final Session session = new Session();
  private final TrainingService training;
  private final InferenceService inference;
  private final AnalysisService analysis;
  private final StorageService storage;
  private final @Nullable SessionKeeper keeper;
  private final ConfigPresenter config;
  private final PrunePresenter prune;
  private final TestImagesPresenter imagesPresenter;
  private final InspectPresenter inspectPresenter;
  private @Nullable LibraryPresenter library;
  private final @Nullable String dataOrNull;
  private final DataService data;
  private final DataPresenter dataPresenter;
  private final ExplorerContent content = new ExplorerContent();

  /**
   * An app that has not begun to load.
   *
   * @param loader where the images come from
   * @param dataOrNull name of the images to choose, or null for those of the last session
   * @param engine what to train on
   * @param seed first value of the seed in the form
   */
  public ExplorerApp(DataLoader loader, @Nullable String dataOrNull, EngineSpec engine, long seed) {
    this(loader, dataOrNull, engine, seed, null);
  }

  /**
   * An app that has not begun to load.
   *
   * @param loader where the images come from
   * @param dataOrNull name of the images to choose, or null for those of the last session
   * @param engine what to train on
   * @param seed first value of the seed in the form, unless an earlier session is back
   * @param userData where models and sessions are kept, or null to keep nothing
   */
  public ExplorerApp(
      DataLoader loader,
      @Nullable String dataOrNull,
      EngineSpec engine,
      long seed,
      @Nullable Path userData) {
    EventThread eventThread = new SwingEventThread();
    training = new TrainingService(engine, eventThread);
    inference = new InferenceService(eventThread);
    analysis = new AnalysisService(eventThread);
    data = new DataService(loader, eventThread, session::setData);

    this.dataOrNull = dataOrNull;
    dataPresenter = new DataPresenter(content.data(), session, data::load, data::fetch);
    content.data().setPresenter(dataPresenter);
    TrainingPresenter trainingPresenter =
        new TrainingPresenter(content.training(), session, training);
    content.training().setPresenter(trainingPresenter);
    imagesPresenter = wireTest();
    inspectPresenter = new InspectPresenter(content.inspect(), session, analysis);
    content.inspect().setPresenter(inspectPresenter);
    ConfigPresenter config = new ConfigPresenter(content.config(), session, Draft.start(seed));
    content.config().setPresenter(config);
    prune =
        new PrunePresenter(
            content.prune(), session, training, analysis, trainingPresenter::runOver);
    content.prune().setPresenter(prune);
    content
        .recovery()
        .setPresenter(
            new RecoveryPresenter(
                content.recovery(), session, training, trainingPresenter::runOver));
    storage = new StorageService(eventThread);
    keeper = userData == null ? null : keep(userData, engine, eventThread, config);
    this.config = config;
    if (userData == null) {
      content
          .library()
          .showFace(
              new LibraryFace(
                  LibraryFace.Mood.EMPTY,
                  Texts.get("library.off"),
                  "",
                  Texts.get("library.save.none"),
                  false,
                  false));
    }
    content
        .lessons()
        .setPresenter(
            new LessonsPresenter(
                content.lessons(),
                session,
                new GuidedTour(config, trainingPresenter, prune, session),
                eventThread));
    content
        .compare()
        .setPresenter(new ComparePresenter(content.compare(), session, config::duplicated));
  }

  /** Drawing, test images and slots, which give digits to each other. */
  private TestImagesPresenter wireTest() {
    TestbenchPresenter testbench =
        new TestbenchPresenter(content.testbench(), session, inference, analysis);
    content.testbench().setPresenter(testbench);
    SlotsPresenter slots =
        new SlotsPresenter(content.slots(), session, analysis, testbench::blur, testbench::look);
    content.slots().setPresenter(slots);
    testbench.setShelf(
        new TestbenchPresenter.Shelf() {
          @Override
          public void keep(DigitSample sample) {
            content.openTest();
            slots.keep(sample);
          }

          @Override
          public void keep(List<OutsidePicture> pictures) {
            content.openTest();
            slots.keep(pictures);
          }
        });
    TestImagesPresenter images =
        new TestImagesPresenter(content.images(), session, analysis, testbench::look, slots::keep);
    content.images().setPresenter(images);
    content.setTransferHandler(new FileDrop(files -> dropped(files, slots)));
    return images;
  }

  /** Files came to the window: pictures go to the slots, all else is a model for the library. */
  private void dropped(List<Path> files, SlotsPresenter slots) {
    LibraryPresenter models = library;
    if (models == null || files.stream().anyMatch(OutsidePicture::isNamedLikeOne)) {
      content.openTest();
      slots.keep(files.stream().map(OutsidePicture::of).toList());
    } else {
      content.tabs().setSelectedComponent(content.library());
      models.opened(files);
    }
  }

  private SessionKeeper keep(
      Path userData, EngineSpec engine, EventThread eventThread, ConfigPresenter form) {
    LibraryPresenter models =
        new LibraryPresenter(
            content.library(), session, storage, new ModelLibrary(userData), engine);
    library = models;
    content.library().setPresenter(models);
    return new SessionKeeper(
        session,
        storage,
        eventThread,
        userData.resolve("sessions"),
        engine,
        () -> DraftWords.of(form.draft()),
        models::wrong);
  }

  /** Brings the last session back, then begins to load the images. */
  public void begin() {
    if (keeper == null) {
      beginData();
      return;
    }
    keeper.begin(
        words -> {
          DraftWords.read(words).ifPresent(config::restored);
          beginData();
        });
  }

  private void beginData() {
    if (dataOrNull != null) {
      config.dataChosen(dataOrNull);
    }
    dataPresenter.begin();
  }

  /** What stands in the window. */
  public ExplorerContent content() {
    return content;
  }

  /** Does what a look at the parts that work only while they are seen would do. */
  void lookAtAll() {
    prune.setVisible(true);
    imagesPresenter.setVisible(true);
    inspectPresenter.setVisible(true);
    if (library != null) {
      library.seen();
    }
  }

  /** Whether nothing is being computed, read or written for what is shown, training apart. */
  boolean isAtRest() {
    return storage.isAtRest() && inference.isAtRest() && analysis.isAtRest();
  }

  /** What reads the test images. */
  TestImagesPresenter images() {
    return imagesPresenter;
  }

  /** What the user has. */
  Session session() {
    return session;
  }

  /** Ends all work; returns at once. */
  @Override
  public void close() {
    if (keeper != null) {
      keeper.close(); // first: a run that trains now is offered back at the next start
    }
    storage.close();
    data.close();
    training.close();
    inference.close();
    analysis.close();
  }

  /**
   * Waits until the threads have ended.
   *
   * @return whether they have
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return storage.awaitEnd(longest)
        && training.awaitEnd(longest)
        && inference.awaitEnd(longest)
        && analysis.awaitEnd(longest);
  }
}
