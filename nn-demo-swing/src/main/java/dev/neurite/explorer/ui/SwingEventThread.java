package dev.neurite.explorer.ui;

import dev.neurite.explorer.service.EventThread;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** Swing's event thread. */
public final class SwingEventThread implements EventThread {
  /** The one event thread. */
  public SwingEventThread() {}

  @Override
  public void execute(Runnable task) {
    SwingUtilities.invokeLater(task);
  }

  @Override
  public void executeLater(long milliseconds, Runnable task) {
    Timer timer = new Timer((int) milliseconds, event -> task.run());
    timer.setRepeats(false);
    timer.start();
  }
}
