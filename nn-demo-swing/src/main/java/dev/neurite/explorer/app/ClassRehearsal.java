package dev.neurite.explorer.app;

import dev.neurite.explorer.service.MnistLoader;
import dev.neurite.explorer.ui.Theme;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.nn.autodiff.EngineSpec;
import java.awt.Component;
import java.awt.Container;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import javax.swing.SwingUtilities;

/**
 * Builds and paints the window without showing it, so that a Java that archives its classes at the
 * end knows which ones a start needs. Needs no display.
 */
public final class ClassRehearsal {
  private ClassRehearsal() {}

  /** Takes no arguments. */
  public static void main(String[] args)
      throws InterruptedException, InvocationTargetException {
    SystemTheme.find();
    SwingUtilities.invokeAndWait(
        () -> {
          Theme.LIGHT.apply();
          try (ExplorerApp app =
              new ExplorerApp(
                  new MnistLoader(MnistSource.ofProcess()), null, EngineSpec.defaults(), 1)) {
            paint(app.content());
          }
        });
    System.exit(0);
  }

  private static void paint(Container content) {
    content.setSize(1280, 720);
    layOut(content);
    BufferedImage image = new BufferedImage(1280, 720, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    content.printAll(g);
    g.dispose();
  }

  private static void layOut(Container container) {
    container.doLayout();
    for (Component child : container.getComponents()) {
      if (child instanceof Container inner) {
        layOut(inner);
      }
    }
  }
}
