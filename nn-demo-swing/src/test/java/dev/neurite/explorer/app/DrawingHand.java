package dev.neurite.explorer.app;

import dev.neurite.explorer.ui.DrawingCanvas;
import java.awt.EventQueue;
import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;
import java.beans.PropertyChangeListener;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import javax.accessibility.AccessibleContext;

/**
 * Draws and wipes strokes with mouse events, and measures the time from each event to the new
 * probabilities.
 */
final class DrawingHand implements AutoCloseable {
  private static final long PAUSE_MILLISECONDS = 12;
  private static final int POINTS = 40;

  private final ExplorerContent content;
  private final Thread hand = new Thread(this::draw, "drawing-hand");
  private final SynchronousQueue<Long> answered = new SynchronousQueue<>();
  private double[] milliseconds = new double[1 << 14];
  private int count;
  private volatile boolean closed;

  private DrawingHand(ExplorerContent content) {
    this.content = content;
  }

  /** Begins to draw. */
  static DrawingHand begin(ExplorerContent content) {
    DrawingHand drawing = new DrawingHand(content);
    drawing.hand.setDaemon(true);
    drawing.hand.start();
    return drawing;
  }

  private void draw() {
    DrawingCanvas canvas = content.testbench().canvas();
    PropertyChangeListener listener =
        event -> {
          if (AccessibleContext.ACCESSIBLE_DESCRIPTION_PROPERTY.equals(event.getPropertyName())) {
            answered.offer(System.nanoTime()); // dropped unless the hand waits for it
          }
        };
    AccessibleContext bars = Forms.bars(content).getAccessibleContext();
    bars.addPropertyChangeListener(listener);
    try {
      while (!closed) {
        EventQueue.invokeLater(canvas::clear);
        for (int i = 0; i < POINTS && !closed; i++) {
          int side = Math.min(canvas.getWidth(), canvas.getHeight());
          int left = (canvas.getWidth() - side) / 2;
          int x = left + (int) (side * (0.3 + 0.4 * i / POINTS));
          int y = (int) (side * (0.2 + 0.6 * Math.pow((double) i / POINTS, 2)));
          long begun = System.nanoTime();
          int kind =
              i == 0
                  ? MouseEvent.MOUSE_PRESSED
                  : i == POINTS - 1 ? MouseEvent.MOUSE_RELEASED : MouseEvent.MOUSE_DRAGGED;
          EventQueue.invokeLater(() -> canvas.dispatchEvent(mouse(canvas, kind, x, y)));
          Long end = answered.poll(100, TimeUnit.MILLISECONDS);
          if (end != null && kind == MouseEvent.MOUSE_DRAGGED && count < milliseconds.length) {
            milliseconds[count++] = (end - begun) / 1e6;
          }
          Thread.sleep(PAUSE_MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      bars.removePropertyChangeListener(listener);
    }
  }

  private static MouseEvent mouse(DrawingCanvas canvas, int kind, int x, int y) {
    return new MouseEvent(
        canvas,
        kind,
        System.currentTimeMillis(),
        InputEvent.BUTTON1_DOWN_MASK,
        x,
        y,
        1,
        false,
        MouseEvent.BUTTON1);
  }

  /** Number of answers that were measured. */
  int answers() {
    return count;
  }

  /** The median time to an answer, in milliseconds; after {@link #close}. */
  double medianMilliseconds() {
    double[] sorted = Arrays.copyOf(milliseconds, count);
    Arrays.sort(sorted);
    return sorted[count / 2];
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    hand.join();
  }
}
