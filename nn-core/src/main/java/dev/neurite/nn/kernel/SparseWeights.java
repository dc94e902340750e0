package dev.neurite.nn.kernel;

/**
 * The weights of a matrix that are not zero, line after line; immutable, because nobody writes the
 * arrays.
 *
 * <p>A line is a row or a column of the matrix. It is divided into runs of {@link #runLength}
 * adjacent places, the last one filled up with zeros; a run with a weight that is not zero is kept
 * whole. The runs of line i stand at {@code starts[i]} to {@code starts[i + 1]} (exclusive) of {@link
 * #runs}, ascending, and run e has the values from {@code e · runLength} on. With a run length of 1
 * the weights alone are kept. A run's number takes two bytes: no layer is wider than 65,536.
 *
 * @param width places of a line
 * @param runLength places of a run
 * @param starts where each line begins, and where the last one ends; read only
 * @param runs the number of each run within its line; read only
 * @param values the weights of the runs; read only
 */
@SuppressWarnings("ArrayRecordComponent") // Bare arrays for the inner loops; never compared.
public record SparseWeights(
    int width, int runLength, int[] starts, char[] runs, float[] values) {
  /** Longest line. */
  public static final int MAX_WIDTH = 1 << 16;

  /** The weights by row: the lines are the rows of the matrix. */
  public static SparseWeights byRow(float[] matrix, int rows, int columns, int runLength) {
    return compress(matrix, rows, columns, columns, 1, runLength);
  }

  /** The weights by column, one by one: the lines are the columns of the matrix. */
  public static SparseWeights byColumn(float[] matrix, int rows, int columns) {
    return compress(matrix, columns, rows, 1, columns, 1);
  }

  /** NaN counts as a weight, zeros of either sign do not. */
  private static SparseWeights compress(
      float[] matrix, int lines, int width, int lineStride, int placeStride, int runLength) {
    if (width > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "a line may have %d places, received %d".formatted(MAX_WIDTH, width));
    }
    int[] starts = new int[lines + 1];
    for (int i = 0; i < lines; i++) {
      starts[i + 1] = starts[i];
      for (int j = 0; j < width; j += runLength) {
        int end = Math.min(width, j + runLength);
        starts[i + 1] += isKept(matrix, i * lineStride, j, end, placeStride) ? 1 : 0;
      }
    }
    char[] runs = new char[starts[lines]];
    float[] values = new float[starts[lines] * runLength];
    int next = 0;
    for (int i = 0; i < lines; i++) {
      for (int j = 0; j < width; j += runLength) {
        int end = Math.min(width, j + runLength);
        if (isKept(matrix, i * lineStride, j, end, placeStride)) {
          for (int k = j; k < end; k++) {
            values[next * runLength + k - j] = matrix[i * lineStride + k * placeStride];
          }
          runs[next++] = (char) (j / runLength);
        }
      }
    }
    return new SparseWeights(width, runLength, starts, runs, values);
  }

  private static boolean isKept(float[] matrix, int at, int from, int to, int stride) {
    for (int j = from; j < to; j++) {
      if (matrix[at + j * stride] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Number of lines. */
  public int lines() {
    return starts.length - 1;
  }

  /** Memory of the arrays. */
  public long bytes() {
    return (long) Integer.BYTES * starts.length
        + (long) Character.BYTES * runs.length
        + (long) Float.BYTES * values.length;
  }
}
