package dev.neurite.explorer.ui;

import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;

/** Paints components without a display and looks at the pixels. */
public final class Painting {
  private Painting() {}

  /** Does something on the event thread and waits for it. */
  public static <T> T onEventThread(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      SwingUtilities.invokeAndWait(task);
      return task.get();
    } catch (InterruptedException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Does something on the event thread and waits for it. */
  public static void run(Runnable work) {
    onEventThread(
        () -> {
          work.run();
          return null;
        });
  }

  /** Lays a component out and paints it; on the event thread. */
  public static BufferedImage paint(JComponent component, int width, int height, int scale) {
    component.setSize(width, height);
    for (int i = 0; i < 3; i++) { // text that wraps needs its width first
      layOut(component);
    }
    BufferedImage image =
        new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.scale(scale, scale);
    component.printAll(g);
    g.dispose();
    return image;
  }

  private static void layOut(Component component) {
    if (component instanceof Container container) {
      container.doLayout();
      for (Component child : container.getComponents()) {
        layOut(child);
      }
    }
  }

  /** Number of pixels that are nearly of a colour. */
  public static int count(BufferedImage image, Color color) {
    return count(image, color, 0, 0, image.getWidth(), image.getHeight());
  }

  /** Number of pixels of a rectangle that are nearly of a colour. */
  public static int count(BufferedImage image, Color color, int x, int y, int width, int height) {
    int found = 0;
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        Color pixel = new Color(image.getRGB(column, row));
        int distance =
            Math.abs(pixel.getRed() - color.getRed())
                + Math.abs(pixel.getGreen() - color.getGreen())
                + Math.abs(pixel.getBlue() - color.getBlue());
        if (distance <= 12) {
          found++;
        }
      }
    }
    return found;
  }

  /** Number of pixels that are not the same in two pictures of the same size. */
  public static int different(BufferedImage a, BufferedImage b) {
    int found = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        found += a.getRGB(x, y) == b.getRGB(x, y) ? 0 : 1;
      }
    }
    return found;
  }

  /** Number of different colours. */
  public static int colors(BufferedImage image) {
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colors.add(image.getRGB(x, y));
      }
    }
    return colors.size();
  }
}
