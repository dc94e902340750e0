package dev.neurite.nn.kernel;

import java.util.Arrays;

/**
 * The weights of a matrix of {@code inputs × outputs} in blocks of {@value #WIDTH} neighbouring
 * outputs of one input; immutable, because nobody writes the arrays. A block stands here if any of
 * its weights is not zero; the others of such a block are zeros.
 *
 * <p>All blocks of the same outputs make a list, in the order of the inputs. Two lists of similar
 * length stand side by side, the shorter one filled up with blocks of zeros, because the sums of
 * one list would wait for each other; what is left over stands alone. So an entry is two blocks or
 * one.
 *
 * @param outputs columns of the matrix
 * @param sides how many times lists stand side by side; their entries come before those of single
 *     lists
 * @param starts where the entries of each begin, and where the last one ends; read only
 * @param places the inputs of an entry's blocks, the first in the lowest sixteen bits; read only
 * @param values the weights, entry after entry and block after block; read only
 * @param firstOutputs for each list its first output; read only
 */
@SuppressWarnings("ArrayRecordComponent") // bare arrays for the inner loops, never compared
public record WeightBlocks(
    int outputs, int sides, int[] starts, int[] places, float[] values, int[] firstOutputs) {
  /** Weights of a block. */
  public static final int WIDTH = 16;

  /** Lists that stand side by side. */
  public static final int SIDE = 2;

  /** Bits of a place within an entry. */
  public static final int PLACE_BITS = 16;

  /** Selects the first place of an entry. */
  public static final int PLACE = (1 << PLACE_BITS) - 1;

  /**
   * The blocks of a matrix. NaN counts as a weight, zeros of either sign do not.
   *
   * @param matrix {@code inputs × outputs}, row-major, read
   * @param inputs at most {@link SparseWeights#MAX_WIDTH}
   */
  public static WeightBlocks of(float[] matrix, int inputs, int outputs) {
    if (inputs > SparseWeights.MAX_WIDTH) {
      throw new IllegalArgumentException(
          "blocks may have %d inputs, received %d".formatted(SparseWeights.MAX_WIDTH, inputs));
    }
    int lists = paddedOutputs(outputs) / WIDTH;
    long[] bySize = new long[lists];
    for (int list = 0; list < lists; list++) {
      int size = 0;
      for (int p = 0; p < inputs; p++) {
        size += count(matrix, p, outputs, list * WIDTH) > 0 ? 1 : 0;
      }
      bySize[list] = (long) -size << 32 | list; // the longest first
    }
    Arrays.sort(bySize);
    int sides = lists / SIDE;
    int[] firstOutputs = new int[lists];
    int[] starts = new int[(lists + SIDE - 1) / SIDE + 1];
    for (int list = 0; list < lists; list++) {
      firstOutputs[list] = (int) bySize[list] * WIDTH;
      if (list % SIDE == 0) {
        int k = list / SIDE;
        starts[k + 1] = starts[k] - (int) (bySize[list] >> 32);
      }
    }
    int entries = starts[starts.length - 1];
    int[] places = new int[entries];
    float[] values = new float[valuesAt(entries, starts[sides])];
    for (int list = 0; list < lists; list++) {
      int q = list % SIDE;
      int first = firstOutputs[list];
      int entry = starts[list / SIDE];
      for (int p = 0; p < inputs; p++) {
        if (count(matrix, p, outputs, first) > 0) {
          places[entry] |= p << PLACE_BITS * q;
          int at = valuesAt(entry, starts[sides]) + q * WIDTH;
          System.arraycopy(
              matrix, p * outputs + first, values, at, Math.min(WIDTH, outputs - first));
          entry++;
        }
      }
    }
    return new WeightBlocks(outputs, sides, starts, places, values, firstOutputs);
  }

  private static int valuesAt(int entry, int entriesOfSides) {
    return (entry < entriesOfSides ? SIDE * entry : SIDE * entriesOfSides + entry - entriesOfSides)
        * WIDTH;
  }

  /** How many weights of a block are not zero. */
  private static int count(float[] matrix, int input, int outputs, int firstOutput) {
    int count = 0;
    int end = Math.min(outputs, firstOutput + WIDTH);
    for (int j = firstOutput; j < end; j++) {
      count += matrix[input * outputs + j] != 0 ? 1 : 0;
    }
    return count;
  }

  /**
   * How many places the blocks of a matrix have in which any weight is not zero.
   *
   * @param matrix {@code inputs × outputs}, row-major, read
   */
  public static long places(float[] matrix, int inputs, int outputs) {
    long places = 0;
    for (int p = 0; p < inputs; p++) {
      for (int first = 0; first < outputs; first += WIDTH) {
        if (count(matrix, p, outputs, first) > 0) {
          places += Math.min(WIDTH, outputs - first);
        }
      }
    }
    return places;
  }

  /** Where the weights of an entry begin. */
  public int valuesAt(int entry) {
    return valuesAt(entry, starts[sides]);
  }

  /** How many values the sums of all outputs take: whole blocks. */
  public static int paddedOutputs(int outputs) {
    return (outputs + WIDTH - 1) / WIDTH * WIDTH;
  }

  /** Memory of the arrays. */
  public long bytes() {
    return (long) Integer.BYTES * (starts.length + places.length + firstOutputs.length)
        + (long) Float.BYTES * values.length;
  }
}
