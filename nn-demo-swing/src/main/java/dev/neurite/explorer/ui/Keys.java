package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.Texts;
import java.awt.GraphicsEnvironment;
import java.awt.Toolkit;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.JComponent;
import javax.swing.KeyStroke;
import javax.swing.TransferHandler;

/**
 * All keys of the app: the one list that they are bound from and that the page of keys shows.
 *
 * <p>A key of {@link Place#WINDOW} works wherever nothing nearer takes it, all others where their
 * component has the focus.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of does not change
public enum Keys {
  /** Starts, pauses and goes on. */
  TRAIN(Place.WINDOW, "SPACE"),
  /** Trains a single batch. */
  STEP(Place.WINDOW, "RIGHT"),
  /** Opens the lessons. */
  HELP(Place.WINDOW, "F1"),
  /** Opens the page of keys. */
  SHORTCUTS(Place.WINDOW, "typed ?"),
  /** Switches between light and dark. */
  THEME(Place.WINDOW, "ctrl T"),
  /** Goes to the next control; Swing does that. */
  NEXT(Place.WINDOW, "TAB", "shift TAB"),
  /** Explains the field. */
  EXPLAIN(Place.FORM, "F1"),
  /** Moves a layer, on its grip. */
  MOVE_LAYER(Place.FORM, "UP", "DOWN"),
  /** Draws. */
  DRAW(Place.CANVAS, "shift LEFT", "shift RIGHT", "shift UP", "shift DOWN"),
  /** Moves the pen without ink. */
  MOVE_PEN(Place.CANVAS, "ctrl LEFT", "ctrl RIGHT", "ctrl UP", "ctrl DOWN"),
  /** Takes the last change back. */
  UNDO(Place.CANVAS, "ctrl Z"),
  /** Brings it back. */
  REDO(Place.CANVAS, "ctrl Y", "ctrl shift Z"),
  /** Wipes the canvas. */
  WIPE(Place.CANVAS, "DELETE", "BACK_SPACE"),
  /** Goes from one to the next. */
  GO(Place.PICTURES, "LEFT", "RIGHT", "UP", "DOWN"),
  /** Looks at what is marked. */
  LOOK(Place.PICTURES, "ENTER"),
  /** Puts the marked image into a slot. */
  KEEP(Place.PICTURES, "INSERT"),
  /** Empties a slot. */
  EMPTY(Place.PICTURES, "DELETE", "BACK_SPACE"),
  /** Copies a digit. */
  COPY(Place.PICTURES, "ctrl C"),
  /** Pastes a digit or pictures. */
  PASTE(Place.PICTURES, "ctrl V"),
  /** Deletes what is chosen. */
  DELETE(Place.TABLE, "DELETE"),
  /** Renames the chosen model; the table does that. */
  RENAME(Place.TABLE, "F2"),
  /** Reads values before and after. */
  READ(Place.CHART, "LEFT", "RIGHT"),
  /** Stops reading values. */
  STOP_READING(Place.CHART, "ESCAPE"),
  /** Zooms in. */
  ZOOM_IN(Place.CHART, "typed +"),
  /** Zooms out. */
  ZOOM_OUT(Place.CHART, "typed -"),
  /** Shows the whole run. */
  ZOOM_OFF(Place.CHART, "typed 0"),
  /** Turns the logarithmic axis on and off. */
  LOGARITHM(Place.CHART, "typed l"),
  /** Shows or hides a line. */
  LINE(Place.CHART, "typed 1", "typed 2", "typed 3", "typed 4", "typed 5", "typed 6");

  /** Where keys work. */
  public enum Place {
    /** Everywhere. */
    WINDOW,
    /** In the form. */
    FORM,
    /** On the canvas. */
    CANVAS,
    /** Among digits, slots, cells and units. */
    PICTURES,
    /** In a table. */
    TABLE,
    /** In a chart. */
    CHART;

    /** The heading of its keys. */
    public String title() {
      return Texts.get("keys.place." + name().toLowerCase(Locale.ROOT));
    }
  }

  /** Hears a direction. */
  @FunctionalInterface
  public interface Directions {
    /**
     * Goes a step.
     *
     * @param right 1, -1 for left, or 0
     * @param down 1, -1 for up, or 0
     */
    void go(int right, int down);
  }

  private static final int ARROWS = 4;

  private final Place place;
  private final List<String> strokes;

  Keys(Place place, String... strokes) {
    this.place = place;
    this.strokes = List.of(strokes);
  }

  /** Where they work. */
  public Place place() {
    return place;
  }

  /** What they do, for people. */
  public String meaning() {
    return Texts.get("keys." + name().toLowerCase(Locale.ROOT));
  }

  /** The keys as people call them, for example {@code Ctrl+Y, Ctrl+Shift+Z}. */
  public String label() {
    if (strokes.size() == ARROWS && strokes.get(0).endsWith("LEFT")) {
      return label(strokes.get(0))
          .replace(Texts.get("keys.key.left"), Texts.get("keys.key.arrows"));
    } else if (strokes.size() > ARROWS) { // a row of figures
      return label(strokes.get(0)) + " \u2026 " + label(strokes.get(strokes.size() - 1));
    }
    return String.join(", ", strokes.stream().map(Keys::label).toList());
  }

  private static String label(String stroke) {
    StringBuilder label = new StringBuilder();
    for (String part : stroke.split(" ", -1)) {
      if (part.equals("typed")) {
        continue;
      }
      if (label.length() > 0) {
        label.append('+');
      }
      boolean named = part.length() > 1 && !part.matches("F[0-9]+");
      label.append(
          named
              ? Texts.get("keys.key." + part.toLowerCase(Locale.ROOT))
              : part.toUpperCase(Locale.ROOT));
    }
    return label.toString();
  }

  /** Lets them do something in a component. */
  public void bind(JComponent component, Runnable action) {
    bindEach(component, stroke -> action.run());
  }

  /** Lets four arrows, in the order of {@link #GO}, go somewhere. */
  public void bindDirections(JComponent component, Directions directions) {
    bindEach(
        component,
        stroke -> {
          int step = stroke % 2 == 0 ? -1 : 1;
          directions.go(stroke < 2 ? step : 0, stroke < 2 ? 0 : step);
        });
  }

  /** Lets each do something of its own. */
  public void bindEach(JComponent component, IntConsumer action) {
    int condition =
        switch (place) {
          case WINDOW -> JComponent.WHEN_IN_FOCUSED_WINDOW;
          case TABLE -> JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT;
          case FORM, CANVAS, PICTURES, CHART -> JComponent.WHEN_FOCUSED;
        };
    for (int i = 0; i < strokes.size(); i++) {
      int stroke = i;
      String name = this + " " + stroke;
      component.getInputMap(condition).put(keyStroke(strokes.get(i)), name);
      component
          .getActionMap()
          .put(
              name,
              new AbstractAction() {
                private static final long serialVersionUID = 1L;

                @Override
                public void actionPerformed(ActionEvent event) {
                  action.accept(stroke);
                }
              });
    }
  }

  /** Copies and pastes by the transfer handler of a component. */
  static void bindClipboard(JComponent component) {
    COPY.bind(component, JComponent.WHEN_FOCUSED, TransferHandler.getCopyAction());
    PASTE.bind(component, JComponent.WHEN_FOCUSED, TransferHandler.getPasteAction());
  }

  /** Pastes into a component wherever in the window nothing nearer does. */
  public static void bindPasteInWindow(JComponent component) {
    PASTE.bind(component, JComponent.WHEN_IN_FOCUSED_WINDOW, TransferHandler.getPasteAction());
  }

  private void bind(JComponent component, int condition, Action action) {
    strokes.forEach(s -> component.getInputMap(condition).put(keyStroke(s), this));
    component.getActionMap().put(this, action);
  }

  /** A key stroke; Ctrl is the key that menus have on this system. */
  private static KeyStroke keyStroke(String words) {
    KeyStroke stroke = KeyStroke.getKeyStroke(words);
    if (GraphicsEnvironment.isHeadless() || !words.startsWith("ctrl ")) {
      return stroke;
    }
    int menu = Toolkit.getDefaultToolkit().getMenuShortcutKeyMaskEx();
    int shift = stroke.getModifiers() & InputEvent.SHIFT_DOWN_MASK;
    return KeyStroke.getKeyStroke(stroke.getKeyCode(), menu | shift);
  }
}
