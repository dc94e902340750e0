package dev.neurite.mnist.report;

import java.util.Locale;

/** Text for HTML and SVG. */
final class Markup {
  private Markup() {}

  /** A text as the content of an element or attribute; characters that XML forbids become �. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  /** Numbers and escaped texts in a frame, alike in every country. */
  static String format(String frame, Object... values) {
    return String.format(Locale.ROOT, frame, values);
  }

  /** A share in percent, for example {@code 98.51}; a dash where there is none. */
  static String percent(double share) {
    return Double.isFinite(share) ? format("%.2f", 100 * share) : "–";
  }
}
