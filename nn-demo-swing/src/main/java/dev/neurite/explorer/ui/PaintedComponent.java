package dev.neurite.explorer.ui;

import java.awt.FontMetrics;
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

  /** A text, or its beginning and an ellipsis if it is wider than there is room for. */
  static String fitted(String text, FontMetrics metrics, int width) {
    if (metrics.stringWidth(text) <= width) {
      return text;
    }
    int length = text.length() - 1;
    while (length > 0 && metrics.stringWidth(text.substring(0, length) + "\u2026") > width) {
      length--;
    }
    return text.substring(0, Math.max(0, length)) + "\u2026";
  }
}
