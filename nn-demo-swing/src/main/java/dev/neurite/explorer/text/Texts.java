package dev.neurite.explorer.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the app, from one resource bundle. */
public final class Texts {
  private static final ResourceBundle BUNDLE =
      ResourceBundle.getBundle("dev.neurite.explorer.texts", Locale.ROOT);

  private Texts() {}

  /**
   * A text as it stands in the bundle.
   *
   * @throws java.util.MissingResourceException if there is none of that key
   */
  public static String get(String key) {
    return BUNDLE.getString(key);
  }

  /**
   * A text with its places {@code {0}}, {@code {1}} ... filled.
   *
   * @throws java.util.MissingResourceException if there is none of that key
   */
  public static String format(String key, Object... arguments) {
    return new MessageFormat(BUNDLE.getString(key), Locale.ENGLISH).format(arguments);
  }
}
