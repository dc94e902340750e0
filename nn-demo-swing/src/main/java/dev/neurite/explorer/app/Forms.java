package dev.neurite.explorer.app;

import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.NumberField;
import dev.neurite.explorer.ui.ProbabilityBars;
import java.awt.Component;
import java.awt.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.SwingConstants;

/** Finds components by what a user or a screen reader reads. */
final class Forms {
  private Forms() {}

  /** The number field of a name. */
  static JTextField field(Container parent, String accessibleName) {
    return only(
            parent,
            NumberField.class,
            f -> accessibleName.equals(f.textField().getAccessibleContext().getAccessibleName()),
            accessibleName)
        .textField();
  }

  /** The button of a text. */
  static AbstractButton button(Container parent, String text) {
    return only(parent, AbstractButton.class, b -> text.equals(b.getText()), text);
  }

  /** The button whose text begins so. */
  static AbstractButton buttonFrom(Container parent, String start) {
    return only(
        parent,
        AbstractButton.class,
        b -> b.getText() != null && b.getText().startsWith(start),
        start);
  }

  /** Chooses an item of the only combo box that has it. */
  static void choose(Container parent, Object item) {
    only(
            parent,
            JComboBox.class,
            box -> {
              for (int i = 0; i < box.getItemCount(); i++) {
                if (item.equals(box.getItemAt(i))) {
                  return true;
                }
              }
              return false;
            },
            item.toString())
        .setSelectedItem(item);
  }

  /** The table of a panel that has only one. */
  static JTable table(Container parent) {
    return only(parent, JTable.class, table -> true, "table");
  }

  /** Opens the tab of a title. */
  static void openTab(Container parent, String title) {
    JTabbedPane tabs = only(parent, JTabbedPane.class, pane -> pane.indexOfTab(title) >= 0, title);
    tabs.setSelectedIndex(tabs.indexOfTab(title));
  }

  /** The digit that the network takes the drawing for; empty for none. */
  static String answer(ExplorerContent content) {
    return only(
            content.testbench(),
            JLabel.class,
            l -> l.getHorizontalAlignment() == SwingConstants.CENTER,
            "answer")
        .getText();
  }

  /** The bars of probabilities. */
  static ProbabilityBars bars(ExplorerContent content) {
    String name = Texts.get("testbench.bars");
    return only(
        content.testbench(),
        ProbabilityBars.class,
        b -> name.equals(b.getAccessibleContext().getAccessibleName()),
        name);
  }

  private static <T extends Component> T only(
      Container parent, Class<T> kind, Predicate<T> wanted, String name) {
    List<T> found = new ArrayList<>();
    collect(parent, kind, wanted, found);
    if (found.size() != 1) {
      throw new IllegalStateException("found %d of %s".formatted(found.size(), name));
    }
    return found.get(0);
  }

  private static <T extends Component> void collect(
      Container parent, Class<T> kind, Predicate<T> wanted, List<T> found) {
    for (Component child : parent.getComponents()) {
      if (kind.isInstance(child) && wanted.test(kind.cast(child))) {
        found.add(kind.cast(child));
      }
      if (child instanceof Container container) {
        collect(container, kind, wanted, found);
      }
    }
  }
}
