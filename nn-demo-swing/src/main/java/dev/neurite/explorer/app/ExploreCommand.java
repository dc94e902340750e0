package dev.neurite.explorer.app;

import dev.neurite.explorer.service.DataLoader;
import dev.neurite.explorer.service.MnistLoader;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.mnist.user.UserDataDirectory;
import dev.neurite.nn.autodiff.EngineSpec;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Opens the window and waits until it is closed. */
public final class ExploreCommand {
  private static final int OK = 0;
  private static final int FAILED = 1;

  private final PrintStream out;
  private final IntSupplier withoutDisplay;

  /**
   * A command.
   *
   * @param out where a line goes if there is no display
   * @param withoutDisplay what is done then; gives the exit code
   */
  public ExploreCommand(PrintStream out, IntSupplier withoutDisplay) {
    this.out = out;
    this.withoutDisplay = withoutDisplay;
  }

  /**
   * Opens the window and blocks until it is closed and its threads have ended. Not for the event
   * thread.
   *
   * @param dataOrNull name of the images, or null for those of the last session
   * @param engine what to train on
   * @param seed first value of the seed in the form
   * @return the exit code
   */
  public int explore(@Nullable String dataOrNull, EngineSpec engine, long seed) {
    if (GraphicsEnvironment.isHeadless()) {
      return trainInstead();
    }
    try {
      return openAndWait(dataOrNull, new MnistLoader(MnistSource.ofProcess()), engine, seed);
    } catch (HeadlessException | AWTError | LinkageError e) { // the display named is not there
      return trainInstead();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private int trainInstead() {
    out.println(Texts.get("app.noDisplay"));
    return withoutDisplay.getAsInt();
  }

  private static int openAndWait(
      @Nullable String dataOrNull, DataLoader loader, EngineSpec engine, long seed)
      throws InterruptedException {
    Path userData = UserDataDirectory.ofProcess().path();
    OpenWindow window =
        OpenWindow.open(() -> new ExplorerApp(loader, dataOrNull, engine, seed, userData));
    return window.awaitEnd() ? OK : FAILED;
  }
}
