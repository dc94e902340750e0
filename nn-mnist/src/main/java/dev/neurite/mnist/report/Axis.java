package dev.neurite.mnist.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * An axis of a chart.
 *
 * @param label what it shows
 * @param from value at its beginning
 * @param to value at its end, above {@code from}
 * @param logarithmic whether equal distances are equal factors; then {@code from} is above 0
 * @param text a value as words
 * @param marks the values that are marked; empty for round ones
 */
record Axis(
    String label,
    double from,
    double to,
    boolean logarithmic,
    DoubleFunction<String> text,
    List<Double> marks) {
  private static final double[] STEPS = {1, 2, 5};
  private static final int MOST_TICKS = 7;

  Axis {
    if (!(from < to) || (logarithmic && from <= 0)) {
      throw new IllegalArgumentException(
          "received an axis from %s to %s; needs from < to, and from > 0 if logarithmic"
              .formatted(from, to));
    }
    marks = List.copyOf(marks);
  }

  /** An axis with round values marked. */
  Axis(String label, double from, double to, boolean logarithmic, DoubleFunction<String> text) {
    this(label, from, to, logarithmic, text, List.of());
  }

  /** An axis of words: the first stands at 0, the next at 1. */
  static Axis ofWords(String label, List<String> words) {
    List<Double> marks = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      marks.add((double) i);
    }
    return new Axis(
        label, -0.5, words.size() - 0.5, false, v -> words.get((int) Math.round(v)), marks);
  }

  /** An axis that holds all values, with some room around them. */
  static Axis around(
      String label, boolean logarithmic, DoubleFunction<String> text, double... values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value) && !(logarithmic && value <= 0)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (least > most) {
      return new Axis(label, logarithmic ? 0.1 : 0, 1, logarithmic, text);
    }
    if (logarithmic) {
      double room = Math.max(1.3, Math.pow(most / least, 0.12));
      return new Axis(label, least / room, most * room, true, text);
    }
    double room = most > least ? 0.08 * (most - least) : Math.max(1e-3, Math.abs(most) * 0.05);
    return new Axis(label, least - room, most + room, false, text);
  }

  /** A share as words on an axis in percent. */
  static String percent(double share) {
    String text = Markup.format("%.2f", 100 * share);
    return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
  }

  /** Where a value stands, 0 at the beginning and 1 at the end. */
  double share(double value) {
    return logarithmic
        ? Math.log(value / from) / Math.log(to / from)
        : (value - from) / (to - from);
  }

  /** The values that are marked. */
  List<Double> ticks() {
    if (!marks.isEmpty()) {
      return marks;
    }
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      for (int power = (int) Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
        for (double step : STEPS) {
          add(ticks, step * Math.pow(10, power));
        }
      }
      return ticks;
    }
    double step = step();
    for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private void add(List<Double> ticks, double value) {
    if (value >= from && value <= to) {
      ticks.add(value);
    }
  }

  private double step() {
    double power = Math.pow(10, Math.floor(Math.log10((to - from) / MOST_TICKS)));
    for (double step : STEPS) {
      if ((to - from) / (step * power) <= MOST_TICKS) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
