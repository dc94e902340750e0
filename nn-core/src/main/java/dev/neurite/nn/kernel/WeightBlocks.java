package dev.neurite.nn.kernel;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The weights of a matrix of {@code inputs × outputs} in blocks of {@value #WIDTH} neighbouring
 * outputs of one input; immutable, because nobody writes the arrays. A block stands here if any of
 * its weights is not zero; the others of such a block are zeros.
 *
 * <p>All blocks of the same outputs make a list, in a {@link ColumnOrder} of the inputs. Two lists
 * of similar length stand side by side, the shorter one filled up with blocks of zeros of its
 * neighbour's inputs, because the sums of one list would wait for each other; so an entry is two
 * blocks. A list without a neighbour is cut, and its two halves stand side by side, whose sums are
 * added in the end.
 *
 * @param inputs rows of the matrix
 * @param outputs its columns
 * @param imageColumns columns of the order of the inputs, or one
 * @param starts where the entries of each two lists begin, and where the last ones end; read only
 * @param places the inputs of an entry's blocks, the first in the lowest sixteen bits; read only
 * @param values the weights, entry after entry and block after block; read only
 * @param firstOutputs for each list its first output, the same for both halves of one; read only
 * @param firstEntries for each two lists, then for each column and one more: the entries before it
 *     belong to columns before that one; read only
 * @param endEntries the same for the entries from which on all belong to that column or later ones;
 *     read only
 */
@SuppressWarnings("ArrayRecordComponent") // bare arrays for the inner loops, never compared
public record WeightBlocks(
    int inputs,
    int outputs,
    int imageColumns,
    int[] starts,
    int[] places,
    float[] values,
    int[] firstOutputs,
    int[] firstEntries,
    int[] endEntries) {
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
   * @param matrix {@code inputs × outputs}, row-major, read; with several columns its weights are
   *     finite, because those of inputs of zero may be skipped
   * @param inputs at most {@link SparseWeights#MAX_WIDTH}
   * @param imageColumns of {@link ColumnOrder}, divides the inputs
   */
  public static WeightBlocks of(float[] matrix, int inputs, int outputs, int imageColumns) {
    if (inputs > SparseWeights.MAX_WIDTH) {
      throw new IllegalArgumentException(
          "blocks may have %d inputs, received %d".formatted(SparseWeights.MAX_WIDTH, inputs));
    }
    // The places in the order of inputs at which each list has a block; the longest lists first.
    int[][] lists = new int[paddedOutputs(outputs) / WIDTH][];
    long[] bySize = new long[lists.length];
    for (int list = 0; list < lists.length; list++) {
      lists[list] = list(matrix, inputs, outputs, imageColumns, list * WIDTH);
      bySize[list] = (long) -lists[list].length << 32 | list;
    }
    Arrays.sort(bySize);
    boolean halved = lists.length % SIDE != 0;
    int[][] sides = new int[lists.length + (halved ? 1 : 0)][];
    int[] firstOutputs = new int[sides.length];
    for (int side = 0; side < lists.length; side++) {
      int list = (int) bySize[side];
      sides[side] = lists[list];
      firstOutputs[side] = list * WIDTH;
    }
    if (halved) {
      int last = lists.length - 1;
      int[] whole = sides[last];
      int half = (whole.length + 1) / 2;
      sides[last] = Arrays.copyOf(whole, half);
      sides[last + 1] = Arrays.copyOfRange(whole, half, whole.length);
      firstOutputs[last + 1] = firstOutputs[last];
    }
    return fill(matrix, inputs, outputs, imageColumns, sides, firstOutputs);
  }

  private static int[] list(
      float[] matrix, int inputs, int outputs, int imageColumns, int firstOutput) {
    int[] list = new int[inputs];
    int size = 0;
    for (int i = 0; i < inputs; i++) {
      int p = ColumnOrder.input(i, inputs, imageColumns);
      if (count(matrix, p, outputs, firstOutput) > 0) {
        list[size++] = i;
      }
    }
    return Arrays.copyOf(list, size);
  }

  private static WeightBlocks fill(
      float[] matrix,
      int inputs,
      int outputs,
      int imageColumns,
      int[][] lists,
      int[] firstOutputs) {
    int[] starts = new int[lists.length / SIDE + 1];
    for (int k = 0; k < starts.length - 1; k++) {
      starts[k + 1] = starts[k] + Math.max(lists[SIDE * k].length, lists[SIDE * k + 1].length);
    }
    int[] places = new int[starts[starts.length - 1]];
    float[] values = new float[places.length * SIDE * WIDTH];
    int bounds = imageColumns + 1;
    int[] firstEntries = new int[(starts.length - 1) * bounds];
    int[] endEntries = new int[firstEntries.length];
    Arrays.fill(firstEntries, Integer.MAX_VALUE);
    int rows = inputs / imageColumns;
    for (int list = 0; list < lists.length; list++) {
      int q = list % SIDE;
      int entry = starts[list / SIDE];
      int bound = list / SIDE * bounds;
      for (int i : lists[list]) {
        for (; bound % bounds <= i / rows; bound++) {
          bound(firstEntries, endEntries, bound, entry);
        }
        int p = ColumnOrder.input(i, inputs, imageColumns);
        places[entry] |= p << PLACE_BITS * q;
        System.arraycopy(
            matrix,
            p * outputs + firstOutputs[list],
            values,
            (entry * SIDE + q) * WIDTH,
            Math.min(WIDTH, outputs - firstOutputs[list]));
        entry++;
      }
      int[] neighbour = lists[list ^ 1];
      for (int n = lists[list].length; n < neighbour.length; n++) {
        int p = ColumnOrder.input(neighbour[n], inputs, imageColumns);
        places[starts[list / SIDE] + n] |= p << PLACE_BITS * q;
      }
      for (; bound < (list / SIDE + 1) * bounds; bound++) {
        bound(firstEntries, endEntries, bound, entry);
      }
    }
    return new WeightBlocks(
        inputs,
        outputs,
        imageColumns,
        starts,
        places,
        values,
        firstOutputs,
        firstEntries,
        endEntries);
  }

  private static void bound(int[] firstEntries, int[] endEntries, int at, int entry) {
    firstEntries[at] = Math.min(firstEntries[at], entry);
    endEntries[at] = Math.max(endEntries[at], entry);
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

  /** The inputs that have a block, ascending. */
  public int[] usedInputs() {
    BitSet used = new BitSet();
    for (int list = 0; list < firstOutputs.length; list++) {
      for (int e = starts[list / SIDE]; e < starts[list / SIDE + 1]; e++) {
        used.set(places[e] >>> list % SIDE * PLACE_BITS & PLACE);
      }
    }
    return used.stream().toArray();
  }

  /** How many weights are not zero. */
  public int kept() {
    int kept = 0;
    for (float value : values) {
      kept += value != 0 ? 1 : 0;
    }
    return kept;
  }

  /** How many times two lists stand side by side. */
  public int sides() {
    return starts.length - 1;
  }

  /**
   * The first entry that one input needs.
   *
   * @param k index of two lists side by side
   * @param range of {@link ColumnOrder#range}
   */
  public int firstEntry(int k, int range) {
    return firstEntries[k * (imageColumns + 1) + ColumnOrder.first(range)];
  }

  /** The entry behind the last one that one input needs; none is needed where it is not behind. */
  public int endEntry(int k, int range) {
    return endEntries[k * (imageColumns + 1) + ColumnOrder.end(range)];
  }

  /** Whether two lists are the halves of one, which only the last ones may be. */
  public boolean areHalves(int k) {
    return k >= 0 && firstOutputs[SIDE * k] == firstOutputs[SIDE * k + 1];
  }

  /** How many values the sums of all outputs take: whole blocks. */
  public static int paddedOutputs(int outputs) {
    return (outputs + WIDTH - 1) / WIDTH * WIDTH;
  }

  /** Memory of the arrays. */
  public long bytes() {
    return (long) Integer.BYTES
            * (starts.length
                + places.length
                + firstOutputs.length
                + firstEntries.length
                + endEntries.length)
        + (long) Float.BYTES * values.length;
  }
}
