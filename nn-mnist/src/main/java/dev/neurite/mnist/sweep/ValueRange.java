package dev.neurite.mnist.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The values that a setting may be given in a random search. */
public sealed interface ValueRange {
  /**
   * The value at a place of the range: equal parts of [0, 1) are equally many values.
   *
   * @param share in [0, 1)
   */
  String at(double share);

  /**
   * Numbers that are all equally likely, rounded to four digits.
   *
   * @param from least
   * @param to most, above {@code from}
   */
  record Uniform(double from, double to) implements ValueRange {
    /** Checks the ends. */
    public Uniform {
      requireRising("uniform", from, to);
    }

    @Override
    public String at(double share) {
      return rounded(from + share * (to - from), from, to);
    }
  }

  /**
   * Numbers whose logarithms are all equally likely, rounded to four digits.
   *
   * @param from least, above 0
   * @param to most, above {@code from}
   */
  record LogUniform(double from, double to) implements ValueRange {
    /** Checks the ends. */
    public LogUniform {
      requireRising("log-uniform", from, to);
      if (from <= 0) {
        throw new IllegalArgumentException(
            "log-uniform needs ends above 0, received %s and %s".formatted(from, to));
      }
    }

    @Override
    public String at(double share) {
      // StrictMath: the same value on every machine, so that a sweep goes on anywhere.
      double value = from * StrictMath.exp(share * StrictMath.log(to / from));
      return rounded(value, from, to);
    }
  }

  /**
   * Whole numbers, all equally likely.
   *
   * @param from least
   * @param to most, itself included
   */
  record Integers(int from, int to) implements ValueRange {
    /** Checks the ends. */
    public Integers {
      requireRising("integers", from, to);
    }

    @Override
    public String at(double share) {
      return Long.toString(from + (long) (share * ((long) to - from + 1)));
    }
  }

  /**
   * Values from a list, all equally likely.
   *
   * @param values at least one
   */
  record Choices(List<String> values) implements ValueRange {
    /** Keeps the list as it is now. */
    public Choices {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("choices needs at least one value, received none");
      }
    }

    @Override
    public String at(double share) {
      return values.get((int) (share * values.size()));
    }
  }

  private static void requireRising(String name, double from, double to) {
    if (!(from < to) || !Double.isFinite(to - from)) {
      throw new IllegalArgumentException(
          "%s needs two numbers, the larger one last; received %s and %s"
              .formatted(name, from, to));
    }
  }

  /** Four digits are enough to search with and short enough to type again. */
  private static String rounded(double value, double from, double to) {
    BigDecimal round = BigDecimal.valueOf(value).round(new MathContext(4));
    BigDecimal within =
        round.max(BigDecimal.valueOf(from)).min(BigDecimal.valueOf(to)).stripTrailingZeros();
    return within.toPlainString();
  }
}
