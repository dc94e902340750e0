package dev.neurite.explorer.ui;

import java.awt.event.FocusEvent;
import java.awt.event.FocusListener;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;

/**
 * A component that is used with the keyboard: it takes the focus when it is pressed, and is painted
 * again when it gets or loses it, for it shows that it has it.
 */
abstract class FocusableComponent extends PaintedComponent {
  private static final long serialVersionUID = 1L;

  FocusableComponent() {
    setFocusable(true);
    addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            requestFocusInWindow();
          }
        });
    addFocusListener(
        new FocusListener() {
          @Override
          public void focusGained(FocusEvent event) {
            repaint();
          }

          @Override
          public void focusLost(FocusEvent event) {
            repaint();
          }
        });
  }
}
