package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finds what is not zero in a row: lanes become the bits of a number, and a table says for each
 * eight bits which of them are set. No branch depends on the row, and Java 17 makes fast code of
 * it, which it does not of what turns a mask into bits.
 */
final class NonZeros {
  /** How much longer the list must be than the row. */
  static final int ROOM = LANES;

  private static final int BYTE = 8;

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());

  /** For each byte a vector that begins with the places of its bits. */
  private static final int[] PLACES_OF_BITS = placesOfBits();

  private static final int[] BIT_OF_LANE = bitOfLane();

  private NonZeros() {}

  private static int[] placesOfBits() {
    int[] places = new int[(1 << BYTE) * LANES];
    for (int bits = 0; LANES >= BYTE && bits < 1 << BYTE; bits++) {
      int at = bits * LANES;
      for (int i = 0; i < BYTE; i++) {
        if ((bits >>> i & 1) != 0) {
          places[at++] = i;
        }
      }
    }
    return places;
  }

  private static int[] bitOfLane() {
    int[] bits = new int[LANES];
    for (int i = 0; i < LANES; i++) {
      bits[i] = 1 << i;
    }
    return bits;
  }

  /**
   * Lists the places of the elements of a row that are not zero, zeros being those of both signs.
   *
   * @param x read
   * @param at where the row begins
   * @param size length of the row
   * @param places overwritten, ascending from 0 on; {@link #ROOM} more than {@code size}
   * @return how many
   */
  static int list(float[] x, int at, int size, int[] places) {
    int vectors = LANES < BYTE ? 0 : size / LANES;
    int count = 0;
    IntVector bitOfLane = IntVector.fromArray(INTS, BIT_OF_LANE, 0);
    IntVector none = IntVector.zero(INTS);
    for (int v = 0; v < vectors; v++) {
      int bits =
          none.blend(
                  bitOfLane,
                  FloatVector.fromArray(SPECIES, x, at + v * LANES)
                      .reinterpretAsInts()
                      .lanewise(VectorOperators.LSHL, 1) // without the sign
                      .compare(VectorOperators.NE, 0))
              .reduceLanes(VectorOperators.OR);
      for (int part = 0; part < LANES; part += BYTE) {
        int eight = bits >>> part & 0xFF;
        IntVector.fromArray(INTS, PLACES_OF_BITS, eight * LANES)
            .add(v * LANES + part)
            .intoArray(places, count);
        count += Integer.bitCount(eight);
      }
    }
    for (int i = vectors * LANES; i < size; i++) {
      places[count] = i;
      count += x[at + i] == 0 ? 0 : 1;
    }
    return count;
  }
}
