package dev.neurite.explorer.app;

import dev.neurite.explorer.compare.ComparePresenter;
import dev.neurite.explorer.config.ConfigPresenter;
import dev.neurite.explorer.config.Draft;
import dev.neurite.explorer.inspect.InspectPresenter;
import dev.neurite.explorer.lessons.LessonsPresenter;
import dev.neurite.explorer.service.AnalysisService;
import dev.neurite.explorer.service.DataLoader;
import dev.neurite.explorer.service.DataService;
import dev.neurite.explorer.service.EventThread;
import dev.neurite.explorer.service.InferenceService;
import dev.neurite.explorer.service.TrainingService;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.testbench.TestImagesPresenter;
import dev.neurite.explorer.testbench.TestbenchPresenter;
import dev.neurite.explorer.training.DataPresenter;
import dev.neurite.explorer.training.TrainingPresenter;
import dev.neurite.explorer.ui.SwingEventThread;
import dev.neurite.nn.autodiff.EngineSpec;
import java.nio.file.Path;
import java.time.Duration;
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
  private final DataService data;
  private final DataPresenter dataPresenter;
  private final ExplorerContent content = new ExplorerContent();

  /**
   * An app that has not begun to load.
   *
   * @param loader where the images come from
   * @param directory where they are, or null for the usual places
   * @param engine what to train on
   * @param seed first value of the seed in the form
   */
  public ExplorerApp(DataLoader loader, @Nullable Path directory, EngineSpec engine, long seed) {
    EventThread eventThread = new SwingEventThread();
    training = new TrainingService(engine, eventThread);
    inference = new InferenceService(eventThread);
    analysis = new AnalysisService(eventThread);
    data = new DataService(loader, eventThread, session::setData);

    dataPresenter = new DataPresenter(content.data(), session, directory, data::load, data::fetch);
    content.data().setPresenter(dataPresenter);
    TrainingPresenter trainingPresenter =
        new TrainingPresenter(content.training(), session, training);
    content.training().setPresenter(trainingPresenter);
    content.images().setPresenter(new TestImagesPresenter(content.images(), session, analysis));
    content.inspect().setPresenter(new InspectPresenter(content.inspect(), session, analysis));
    content
        .testbench()
        .setPresenter(new TestbenchPresenter(content.testbench(), session, inference));
    ConfigPresenter config = new ConfigPresenter(content.config(), session, Draft.start(seed));
    content.config().setPresenter(config);
    content
        .lessons()
        .setPresenter(
            new LessonsPresenter(
                content.lessons(),
                session,
                new GuidedTour(config, trainingPresenter, session),
                run -> false)); // no run says yet that it came of pruning
    content
        .compare()
        .setPresenter(new ComparePresenter(content.compare(), session, config::duplicated));
  }

  /** Begins to load the images. */
  public void begin() {
    dataPresenter.retry();
  }

  /** What stands in the window. */
  public ExplorerContent content() {
    return content;
  }

  /** What the user has. */
  Session session() {
    return session;
  }

  /** Ends all work; returns at once. */
  @Override
  public void close() {
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
    return training.awaitEnd(longest) && inference.awaitEnd(longest) && analysis.awaitEnd(longest);
  }
}
