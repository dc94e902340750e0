package dev.neurite.explorer.ui;

import java.awt.Dimension;
import javax.swing.JTextArea;
import javax.swing.UIManager;
import javax.swing.text.DefaultCaret;

/** Text of several lines that looks like a label. */
public final class WrappedText extends JTextArea {
  private static final long serialVersionUID = 1L;
  private int lines;

  /**
   * An empty text.
   *
   * @param lines height in lines, kept whatever {@link #setText} is given
   */
  public WrappedText(int lines) {
    this.lines = lines;
    setLineWrap(true);
    setWrapStyleWord(true);
    setEditable(false);
    setFocusable(false);
    style();
  }

  /** Shows a text; the same again costs nothing, although it lays out all around it otherwise. */
  @Override
  public void setText(String text) {
    if (!text.equals(getText())) {
      super.setText(text);
    }
  }

  /**
   * Shows a text whose length is not known before; the height follows it.
   *
   * @param lineLength letters that a line holds
   */
  public void setLongText(String text, int lineLength) {
    setText(text);
    lines = 1 + text.length() / lineLength;
    revalidate();
  }

  @Override
  public void updateUI() {
    super.updateUI();
    style();
  }

  private void style() {
    setOpaque(false);
    setBorder(null);
    setFont(UIManager.getFont("Label.font"));
    setForeground(Theme.current().palette().faint());
    setHighlighter(null);
    if (getCaret() instanceof DefaultCaret caret) { // new text must not scroll what is around it
      caret.setUpdatePolicy(DefaultCaret.NEVER_UPDATE);
    }
  }

  @Override
  public Dimension getPreferredSize() {
    return new Dimension(120, lines * getFontMetrics(getFont()).getHeight());
  }

  @Override
  public Dimension getMinimumSize() {
    return new Dimension(60, lines * getFontMetrics(getFont()).getHeight());
  }
}
