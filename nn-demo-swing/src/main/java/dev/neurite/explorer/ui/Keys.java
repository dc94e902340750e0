package dev.neurite.explorer.ui;

import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.JComponent;
import javax.swing.KeyStroke;
import javax.swing.TransferHandler;

/** What keys do in a component that has the focus. */
final class Keys {
  private Keys() {}

  /** Lets a key do something. */
  static void bind(JComponent component, int key, int modifiers, String name, Runnable action) {
    component
        .getInputMap(JComponent.WHEN_FOCUSED)
        .put(KeyStroke.getKeyStroke(key, modifiers), name);
    component
        .getActionMap()
        .put(
            name,
            new AbstractAction() {
              private static final long serialVersionUID = 1L;

              @Override
              public void actionPerformed(ActionEvent event) {
                action.run();
              }
            });
  }

  /** Copies and pastes by the transfer handler of the component. */
  static void bindClipboard(JComponent component) {
    for (Action action :
        new Action[] {TransferHandler.getCopyAction(), TransferHandler.getPasteAction()}) {
      Object name = action.getValue(Action.NAME);
      int key = "copy".equals(name) ? KeyEvent.VK_C : KeyEvent.VK_V;
      component
          .getInputMap(JComponent.WHEN_FOCUSED)
          .put(KeyStroke.getKeyStroke(key, InputEvent.CTRL_DOWN_MASK), name);
      component.getActionMap().put(name, action);
    }
  }
}
