package dev.neurite.explorer.app;

import dev.neurite.explorer.service.MnistLoader;
import dev.neurite.explorer.ui.Picture;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.mnist.cli.Main;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.nn.autodiff.EngineSpec;
import java.lang.reflect.InvocationTargetException;
import javax.swing.SwingUtilities;

/**
 * Builds and paints the window without showing it, so that a Java that archives its classes at the
 * end knows which ones a start needs. Needs no display.
 */
public final class ClassRehearsal {
  private ClassRehearsal() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws InterruptedException, InvocationTargetException {
    Main.run("explore", "--help"); // the classes that read the command
    SystemTheme.find();
    SwingUtilities.invokeAndWait(
        () -> {
          Theme.LIGHT.apply();
          try (ExplorerApp app =
              new ExplorerApp(
                  new MnistLoader(MnistSource.ofProcess()), null, EngineSpec.defaults(), 1)) {
            Picture.of(app.content(), 1280, 720, 1);
          }
        });
    System.exit(0);
  }
}
