package dev.neurite.nn.kernel;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The weights of a matrix that are not zero, line after line; immutable, because nobody writes the
 * arrays.
 *
 * <p>A line is a row or a column of the matrix. The weights of line i stand at {@code starts[i]} to
 * {@code starts[i + 1]} (exclusive) of {@link #places} and {@link #values}, their places ascending.
 * A place takes two bytes: no layer is wider than 65,535.
 *
 * @param starts where each line begins, and where the last one ends; read only
 * @param places the place of each weight within its line; read only
 * @param values each weight; read only
 */
@SuppressWarnings("ArrayRecordComponent") // bare arrays for the inner loops, never compared
public record SparseWeights(int[] starts, char[] places, float[] values) {
  /** Longest line. */
  public static final int MAX_WIDTH = (1 << 16) - 1;

  /** Weights that are added at a time. */
  public static final int GROUP = 4;

  /** The weights by row: the lines are the rows of the matrix. */
  public static SparseWeights byRow(float[] matrix, int rows, int columns) {
    return compress(matrix, rows, columns, columns, 1);
  }

  /** The weights by column: the lines are the columns of the matrix. */
  public static SparseWeights byColumn(float[] matrix, int rows, int columns) {
    return compress(matrix, columns, rows, 1, columns);
  }

  /**
   * These with the lines filled up to multiples of {@link #GROUP} by weights of 0.
   *
   * @param place where they are said to stand: one behind the last place that there is
   */
  public SparseWeights padded(int place) {
    int[] paddedStarts = new int[starts.length];
    for (int i = 0; i < lines(); i++) {
      int groups = (starts[i + 1] - starts[i] + GROUP - 1) / GROUP;
      paddedStarts[i + 1] = paddedStarts[i] + groups * GROUP;
    }
    char[] paddedPlaces = new char[paddedStarts[lines()]];
    float[] paddedValues = new float[paddedStarts[lines()]];
    Arrays.fill(paddedPlaces, (char) place);
    for (int i = 0; i < lines(); i++) {
      int size = starts[i + 1] - starts[i];
      System.arraycopy(places, starts[i], paddedPlaces, paddedStarts[i], size);
      System.arraycopy(values, starts[i], paddedValues, paddedStarts[i], size);
    }
    return new SparseWeights(paddedStarts, paddedPlaces, paddedValues);
  }

  /** The places at which any line has a weight, ascending. */
  public int[] usedPlaces() {
    BitSet used = new BitSet();
    for (char place : places) {
      used.set(place);
    }
    return used.stream().toArray();
  }

  /** NaN counts as a weight, zeros of either sign do not. */
  private static SparseWeights compress(
      float[] matrix, int lines, int width, int lineStride, int placeStride) {
    if (width > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "a line may have %d places, received %d".formatted(MAX_WIDTH, width));
    }
    int[] starts = new int[lines + 1];
    for (int i = 0; i < lines; i++) {
      int count = 0;
      for (int j = 0; j < width; j++) {
        count += matrix[i * lineStride + j * placeStride] != 0 ? 1 : 0;
      }
      starts[i + 1] = starts[i] + count;
    }
    char[] places = new char[starts[lines]];
    float[] values = new float[starts[lines]];
    int next = 0;
    for (int i = 0; i < lines; i++) {
      for (int j = 0; j < width; j++) {
        float value = matrix[i * lineStride + j * placeStride];
        if (value != 0) {
          places[next] = (char) j;
          values[next] = value;
          next++;
        }
      }
    }
    return new SparseWeights(starts, places, values);
  }

  /** Number of lines. */
  public int lines() {
    return starts.length - 1;
  }

  /** Number of weights, those of paddings among them. */
  public int size() {
    return values.length;
  }

  /** Memory of the three arrays. */
  public long bytes() {
    return (long) Integer.BYTES * starts.length + (long) (Character.BYTES + Float.BYTES) * size();
  }
}
