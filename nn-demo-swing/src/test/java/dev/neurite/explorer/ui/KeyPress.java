package dev.neurite.explorer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.event.ActionEvent;
import javax.swing.JComponent;
import javax.swing.KeyStroke;

/** Does what a key does in a component that has the focus. */
public final class KeyPress {
  private KeyPress() {}

  /** Presses a key, named as {@link KeyStroke#getKeyStroke(String)} has it. */
  public static void press(JComponent component, String key) {
    press(component, JComponent.WHEN_FOCUSED, key);
  }

  /** Presses a key that nothing nearer takes. */
  public static void pressInWindow(JComponent component, String key) {
    press(component, JComponent.WHEN_IN_FOCUSED_WINDOW, key);
  }

  private static void press(JComponent component, int condition, String key) {
    Object name = component.getInputMap(condition).get(KeyStroke.getKeyStroke(key));
    assertThat(name).as("%s does something", key).isNotNull();
    component
        .getActionMap()
        .get(name)
        .actionPerformed(new ActionEvent(component, ActionEvent.ACTION_PERFORMED, key));
  }
}
