package dev.neurite.explorer.ui;

import java.awt.Color;
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
    return Picture.of(component, width, height, scale);
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
        if (isNearly(image.getRGB(column, row), color)) {
          found++;
        }
      }
    }
    return found;
  }

  /** Whether a pixel is nearly of a colour. */
  public static boolean isNearly(int rgb, Color color) {
    return distance(rgb, color.getRGB()) <= 12;
  }

  /** How far apart two colours are, 0 to 765. */
  static int distance(int a, int b) {
    return Math.abs((a >> 16 & 0xFF) - (b >> 16 & 0xFF))
        + Math.abs((a >> 8 & 0xFF) - (b >> 8 & 0xFF))
        + Math.abs((a & 0xFF) - (b & 0xFF));
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
