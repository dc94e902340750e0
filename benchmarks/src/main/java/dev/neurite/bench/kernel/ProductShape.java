package dev.neurite.bench.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes of a product {@code C = A · B}, whatever the form that its factors are stored in.
 *
 * @param rows rows of C, at least 1
 * @param inner length of the sums, at least 1
 * @param columns columns of C, at least 1
 */
public record ProductShape(int rows, int inner, int columns) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})x(\\d{1,5})x(\\d{1,5})");

  /** Checks the sizes. */
  public ProductShape {
    if (rows < 1 || inner < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a product needs sizes from 1, received %dx%dx%d".formatted(rows, inner, columns));
    }
  }

  /**
   * Reads {@code rows x inner x columns}, for example {@code 128x784x512}.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static ProductShape parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a shape is written ROWSxINNERxCOLUMNS, received " + text);
    }
    return new ProductShape(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  /** The same with twice the rows, which costs twice as much. */
  public ProductShape doubled() {
    return new ProductShape(2 * rows, inner, columns);
  }

  /** Floating-point operations: one multiplication and one addition for each term. */
  public double flops() {
    return 2.0 * rows * inner * columns;
  }

  @Override
  public String toString() {
    return rows + "x" + inner + "x" + columns;
  }
}
