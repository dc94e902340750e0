package dev.neurite.explorer.ui;

import com.formdev.flatlaf.FlatClientProperties;
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

  private static JLabel styled(String text, String style) {
    JLabel label = new JLabel(text);
    label.putClientProperty(FlatClientProperties.STYLE, style);
    return label;
  }
}
