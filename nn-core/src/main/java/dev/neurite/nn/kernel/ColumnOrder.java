package dev.neurite.nn.kernel;

/**
 * The order in which the products of a layer in blocks are added. Where the number of inputs is a
 * square they are taken for the pixels of an image, row after row, and added column after column:
 * then the margins left and right of what is drawn, which are wide, come first and last, and one
 * input need not be multiplied by their weights. Other inputs are one column, so their order is
 * kept. For a square of inputs that are no image it is an order like any other.
 */
public final class ColumnOrder {
  /** The inputs are one column. */
  public static final int ONE_COLUMN = 1;

  private static final int END_BITS = 16;

  private ColumnOrder() {}

  /** The columns of an image of so many pixels, or one if that is no square. */
  public static int columns(int inputs) {
    int side = (int) Math.sqrt(inputs);
    return side * side == inputs ? Math.max(ONE_COLUMN, side) : ONE_COLUMN;
  }

  /**
   * The input that comes at a place of the order.
   *
   * @param columns divides the inputs
   */
  static int input(int place, int inputs, int columns) {
    int rows = inputs / columns;
    return place % rows * columns + place / rows;
  }

  /**
   * The columns outside of which one input is zero, as one number for {@link #first} and {@link
   * #end}; they are not looked at where there is only one.
   *
   * @param x read, one value for each input; NaN is not zero, zeros of either sign are
   */
  static int range(float[] x, int inputs, int columns) {
    int first = 0;
    int end = columns;
    if (columns != ONE_COLUMN) {
      while (first < end && isZero(x, first, inputs, columns)) {
        first++;
      }
      while (end > first && isZero(x, end - 1, inputs, columns)) {
        end--;
      }
    }
    return range(first, end);
  }

  /** The range of columns from one to another (exclusive), at most 65,535. */
  public static int range(int first, int end) {
    return first << END_BITS | end;
  }

  /** The first column of a range. */
  static int first(int range) {
    return range >>> END_BITS;
  }

  /** The column behind a range. */
  static int end(int range) {
    return range & (1 << END_BITS) - 1;
  }

  private static boolean isZero(float[] x, int column, int inputs, int columns) {
    int bits = 0;
    for (int i = column; i < inputs; i += columns) {
      bits |= Float.floatToRawIntBits(x[i]);
    }
    return bits << 1 == 0;
  }
}
