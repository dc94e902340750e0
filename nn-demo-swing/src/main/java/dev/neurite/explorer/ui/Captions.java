package dev.neurite.explorer.ui;

import com.formdev.flatlaf.FlatClientProperties;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Insets;
import javax.swing.JLabel;

/** Labels of the ranks that the app knows; their fonts and colours follow the theme. */
public final class Captions {
  private Captions() {}

  /** Heads a part of the window. */
  public static JLabel title(String text) {
    return styled(text, "font: bold +3");
  }

  /** Heads a group of fields. */
  public static JLabel section(String text) {
    return styled(text, "font: bold; foreground: $Component.accentColor");
  }

  /** Says something less important. */
  public static JLabel faint(String text) {
    return styled(text, "[light]foreground: #5b636c; [dark]foreground: #a4abb3");
  }

  /** Says what a figure is. */
  public static JLabel caption(String text) {
    return styled(text, "font: -1; [light]foreground: #5b636c; [dark]foreground: #a4abb3");
  }

  /** Says what is wrong. */
  public static JLabel problem() {
    return styled("", "font: -1; [light]foreground: #c0341d; [dark]foreground: #ff7b63");
  }

  /** A figure to be read from afar. */
  public static JLabel figure(String text) {
    return styled(text, "font: bold +9");
  }

  /**
   * A figure that changes many times a second: it takes the place that its layout gives it, and
   * nothing is laid out again for another text.
   */
  public static JLabel liveFigure() {
    return styled(new LiveLabel(), "font: bold +9");
  }

  private static final class LiveLabel extends JLabel {
    private static final long serialVersionUID = 1L;

    /** Keeps room for any figure. */
    private static final String WIDEST = "000.00 %";

    @Override
    public Dimension getPreferredSize() {
      Insets insets = getInsets();
      FontMetrics metrics = getFontMetrics(getFont());
      return new Dimension(
          metrics.stringWidth(WIDEST) + insets.left + insets.right,
          metrics.getHeight() + insets.top + insets.bottom);
    }

    @Override
    public void revalidate() {
      // Its size does not follow its text.
    }
  }

  private static JLabel styled(String text, String style) {
    return styled(new JLabel(text), style);
  }

  private static JLabel styled(JLabel label, String style) {
    label.putClientProperty(FlatClientProperties.STYLE, style);
    return label;
  }
}
