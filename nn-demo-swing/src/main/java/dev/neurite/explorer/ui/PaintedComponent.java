package dev.neurite.explorer.ui;

import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.swing.JComponent;

/** A component that paints itself and that a screen reader can name. */
abstract class PaintedComponent extends JComponent {
  private static final long serialVersionUID = 1L;

  @Override
  public AccessibleContext getAccessibleContext() {
    if (accessibleContext == null) {
      accessibleContext = new Picture();
    }
    return accessibleContext;
  }

  /** What a screen reader is told. */
  private final class Picture extends AccessibleJComponent {
    private static final long serialVersionUID = 1L;

    @Override
    public AccessibleRole getAccessibleRole() {
      return AccessibleRole.CANVAS;
    }
  }
}
