package dev.neurite.explorer.ui;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.swing.JComponent;
import javax.swing.RepaintManager;
import javax.swing.SwingUtilities;

/** Notes every change of a Swing component that does not happen on the event thread. */
public final class EventThreadRule extends RepaintManager {
  private final List<String> violations = new CopyOnWriteArrayList<>();

  /** Puts itself in the place of the repaint manager. */
  public static EventThreadRule install() {
    EventThreadRule rule = new EventThreadRule();
    RepaintManager.setCurrentManager(rule);
    return rule;
  }

  /** What was done on other threads. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public synchronized void addInvalidComponent(JComponent component) {
    check(component);
    super.addInvalidComponent(component);
  }

  @Override
  public void addDirtyRegion(JComponent component, int x, int y, int width, int height) {
    check(component);
    super.addDirtyRegion(component, x, y, width, height);
  }

  private void check(JComponent component) {
    if (!SwingUtilities.isEventDispatchThread()) {
      violations.add(component.getClass().getName() + " on " + Thread.currentThread().getName());
    }
  }
}
