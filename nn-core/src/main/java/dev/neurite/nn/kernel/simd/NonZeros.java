package dev.neurite.nn.kernel.simd;

import static dev.neurite.nn.kernel.simd.Tile.LANES;
import static dev.neurite.nn.kernel.simd.Tile.SPECIES;

import dev.neurite.nn.kernel.CompressedRows;
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

  /** Lanes are the bits of an int, in whole bytes. */
  private static final boolean FITS = LANES >= BYTE && LANES <= Integer.SIZE;

  /**
   * Until Java has compiled it, code of vectors makes an object of each and is some hundred times
   * slower than a loop; so that it is compiled, a few of the first rows go through it.
   */
  private static final int WARM_UP_ROWS = 20_000;

  private static final int WARM_UP_INTERVAL = 16;

  /** Rows of this process that are still searched by loops, but for one in sixteen. */
  private static int rowsToWarmUp = WARM_UP_ROWS;

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());

  /** For each byte a vector that begins with the places of its bits. */
  private static final int[] PLACES_OF_BITS = placesOfBits();

  private static final int[] BIT_OF_LANE = bitOfLane();

  private NonZeros() {}

  /**
   * Whether the next row is to be searched here. Threads that count at the same time may lose a
   * count, which changes nothing: what is found is the same either way.
   */
  static boolean takesNextRow() {
    if (!FITS || rowsToWarmUp == 0) {
      return FITS;
    }
    rowsToWarmUp = Math.max(0, rowsToWarmUp - 1);
    return rowsToWarmUp % WARM_UP_INTERVAL == 0;
  }

  private static int[] placesOfBits() {
    int[] places = new int[(1 << BYTE) * LANES];
    for (int bits = 0; FITS && bits < 1 << BYTE; bits++) {
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
    int vectors = FITS ? size / LANES : 0;
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
      count += CompressedRows.nonZero(Float.floatToRawIntBits(x[at + i]));
    }
    return count;
  }
}
