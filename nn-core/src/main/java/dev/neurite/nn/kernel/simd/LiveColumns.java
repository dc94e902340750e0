package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;

import dev.neurite.nn.kernel.ColumnOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Finds the columns of an image that are not all zeros, many columns at a time. */
final class LiveColumns {
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());

  private static final int[] LANE_NUMBERS = laneNumbers();

  private LiveColumns() {}

  private static int[] laneNumbers() {
    int[] numbers = new int[LANES];
    for (int i = 0; i < LANES; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  /**
   * The range as of {@link ColumnOrder}: from behind the last column to the first where all are
   * zeros, and all columns where they do not fill a vector.
   */
  static int range(float[] x, int inputs, int columns) {
    if (columns < LANES) {
      return ColumnOrder.range(0, columns);
    }
    IntVector numbers = IntVector.fromArray(INTS, LANE_NUMBERS, 0);
    IntVector first = IntVector.broadcast(INTS, columns);
    IntVector last = IntVector.broadcast(INTS, -1);
    for (int strip = 0; strip < columns; strip += LANES) {
      int column = Math.min(strip, columns - LANES); // the last strip may overlap
      IntVector bits = IntVector.zero(INTS);
      for (int i = column; i < inputs; i += columns) {
        bits = bits.or(FloatVector.fromArray(SPECIES, x, i).reinterpretAsInts());
      }
      VectorMask<Integer> live =
          bits.lanewise(VectorOperators.LSHL, 1).compare(VectorOperators.NE, 0); // without signs
      IntVector here = numbers.add(column);
      first = first.min(first.blend(here, live));
      last = last.max(last.blend(here, live));
    }
    return ColumnOrder.range(
        first.reduceLanes(VectorOperators.MIN), last.reduceLanes(VectorOperators.MAX) + 1);
  }
}
