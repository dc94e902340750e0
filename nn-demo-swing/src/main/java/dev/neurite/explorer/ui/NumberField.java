package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.Figures;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import javax.swing.AbstractSpinnerModel;
import javax.swing.JFormattedTextField;
import javax.swing.JSpinner;
import javax.swing.text.DefaultFormatter;
import javax.swing.text.DefaultFormatterFactory;

/**
 * A text field with arrows that takes any text and tells of every keystroke; whether the text is a
 * number, and which arrows lead where, is for others to say.
 */
public final class NumberField extends JSpinner {
  private static final long serialVersionUID = 1L;

  private transient Consumer<String> typed = text -> {};
  private boolean filling;

  /**
   * An empty field.
   *
   * @param columns width in characters
   * @param up the text above a text, the same if there is none
   * @param down the text below a text, the same if there is none
   */
  public NumberField(int columns, UnaryOperator<String> up, UnaryOperator<String> down) {
    super(new TextModel(up, down));
    DefaultEditor editor = new DefaultEditor(this);
    setEditor(editor);
    JFormattedTextField field = editor.getTextField();
    DefaultFormatter formatter = new DefaultFormatter();
    formatter.setValueClass(String.class);
    formatter.setCommitsOnValidEdit(true);
    formatter.setOverwriteMode(false);
    field.setFormatterFactory(new DefaultFormatterFactory(formatter));
    field.setEditable(true);
    field.setColumns(columns);
    addChangeListener(
        event -> {
          if (!filling) {
            typed.accept(text());
          }
        });
  }

  /** A field for whole numbers from 1; arrows double and halve, to powers of two. */
  public static NumberField ofPowersOfTwo(int columns, int largest) {
    return new NumberField(
        columns,
        text -> step(text, n -> Math.min(largest, Long.highestOneBit(Math.max(1, n)) * 2)),
        text -> step(text, n -> Math.max(1, Long.highestOneBit(Math.max(1, n - 1)))));
  }

  /** A field for numbers from 0; arrows add and take a step. */
  public static NumberField ofShares(int columns, double step, double largest) {
    return new NumberField(
        columns, text -> shifted(text, step, largest), text -> shifted(text, -step, largest));
  }

  private static String shifted(String text, double step, double largest) {
    try {
      double value = text.isBlank() ? 0 : Double.parseDouble(text.strip().replace(',', '.'));
      return Figures.rate(Math.max(0, Math.min(largest, value + step)));
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** A field for whole numbers; arrows go by one. */
  public static NumberField ofWholeNumbers(int columns, long smallest, long largest) {
    return new NumberField(
        columns,
        text -> step(text, n -> Math.min(largest, n + 1)),
        text -> step(text, n -> Math.max(smallest, n - 1)));
  }

  private static String step(String text, LongUnaryOperator next) {
    try {
      return String.valueOf(next.applyAsLong(Long.parseLong(text.strip())));
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** Names who hears what the user types. */
  public void onType(Consumer<String> listener) {
    typed = listener;
  }

  /** What stands in it. */
  public String text() {
    return String.valueOf(getValue());
  }

  /** Fills it in without telling. */
  public void setText(String text) {
    filling = true;
    setValue(text);
    filling = false;
  }

  /**
   * Marks it as wrong.
   *
   * @param reason what is wrong; empty for nothing
   */
  public void setProblem(String reason) {
    Object outline = reason.isEmpty() ? null : "error";
    putClientProperty("JComponent.outline", outline);
    getAccessibleContext().setAccessibleDescription(reason.isEmpty() ? getToolTipText() : reason);
    repaint();
  }

  /** The field that the user types into. */
  public JFormattedTextField textField() {
    return ((DefaultEditor) getEditor()).getTextField();
  }

  /** Any text, with ways up and down. */
  private static final class TextModel extends AbstractSpinnerModel {
    private static final long serialVersionUID = 1L;
    private final transient UnaryOperator<String> up;
    private final transient UnaryOperator<String> down;
    private String text = "";

    TextModel(UnaryOperator<String> up, UnaryOperator<String> down) {
      this.up = up;
      this.down = down;
    }

    @Override
    public Object getValue() {
      return text;
    }

    @Override
    public void setValue(Object value) {
      String next = String.valueOf(value);
      if (!next.equals(text)) {
        text = next;
        fireStateChanged();
      }
    }

    @Override
    public Object getNextValue() {
      return up.apply(text);
    }

    @Override
    public Object getPreviousValue() {
      return down.apply(text);
    }
  }
}
