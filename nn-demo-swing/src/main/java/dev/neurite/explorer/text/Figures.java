package dev.neurite.explorer.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them, the same in every country. */
public final class Figures {
  /** Stands where there is no number. */
  public static final String NONE = "–";

  private Figures() {}

  /** A whole number with groups, for example {@code 101,770}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share as per cent with two digits, for example {@code 98.12 %}. */
  public static String percent(double share) {
    return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** A share as per cent without the sign, for example {@code 98.12}. */
  public static String percentNumber(double share) {
    return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  /** A number with four significant digits, for example {@code 98.12} or {@code 0.00451}. */
  public static String significant(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return NONE;
    }
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** A loss with four digits. */
  public static String loss(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.4f", value);
  }

  /** A learning rate with at most four significant digits, for example {@code 0.005}. */
  public static String rate(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return NONE;
    }
    String text =
        new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
    return text.length() > 9 ? String.format(Locale.ROOT, "%.1e", value) : text;
  }

  /** A span of time, for example {@code 0.8 s}, {@code 42 s}, {@code 3 min 05 s}. */
  public static String duration(double seconds) {
    if (Double.isNaN(seconds) || seconds < 0) {
      return NONE;
    }
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  /** A number of bytes, for example {@code 9.9 MB}. */
  public static String bytes(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%d kB", bytes / 1000)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
