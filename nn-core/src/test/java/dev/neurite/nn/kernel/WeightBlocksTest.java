package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightBlocksTest {
  private static final int OUTPUTS = 40;

  /** Blocks of 16, 16 and 8 outputs: two of the first, none of the second, three of the third. */
  private static float[] matrix() {
    float[] matrix = new float[3 * OUTPUTS];
    matrix[OUTPUTS + 3] = 1;
    matrix[2 * OUTPUTS] = 2;
    matrix[2 * OUTPUTS + 15] = Float.NaN;
    matrix[20] = -0f;
    matrix[32] = 3;
    matrix[OUTPUTS + 39] = 4;
    matrix[2 * OUTPUTS + 36] = 5;
    return matrix;
  }

  @Test
  void theLongestListsStandSideBySideAndTheLastOneIsCut() {
    WeightBlocks blocks = WeightBlocks.of(matrix(), 3, OUTPUTS, ColumnOrder.ONE_COLUMN);
    assertThat(blocks.sides()).isEqualTo(2);
    assertThat(blocks.firstOutputs()).containsExactly(32, 0, 16, 16);
    assertThat(blocks.areHalves(0)).isFalse();
    assertThat(blocks.areHalves(1)).isTrue();
    assertThat(blocks.starts()).containsExactly(0, 3, 3);
    assertThat(blocks.places()).containsExactly(0 | 1 << 16, 1 | 2 << 16, 2 | 2 << 16); // filled up
    float[] expected = new float[3 * 32];
    expected[0] = 3;
    expected[16 + 3] = 1;
    expected[32 + 7] = 4;
    expected[48] = 2;
    expected[48 + 15] = Float.NaN;
    expected[64 + 4] = 5;
    assertThat(blocks.values()).isEqualTo(expected);
    assertThat(blocks.firstEntries()).containsExactly(0, 2, 3, 3);
    assertThat(blocks.endEntries()).containsExactly(0, 3, 3, 3);
    assertThat(blocks.bytes()).isEqualTo(4 * (3 + 3 + 4 + 4 + 4 + 96));
  }

  @Test
  void theHalvesOfASingleListStandSideBySide() {
    float[] matrix = new float[5 * 10];
    matrix[3] = 1;
    matrix[2 * 10 + 9] = 2;
    matrix[4 * 10 + 1] = 3;
    WeightBlocks blocks = WeightBlocks.of(matrix, 5, 10, ColumnOrder.ONE_COLUMN);
    assertThat(blocks.sides()).isEqualTo(1);
    assertThat(blocks.firstOutputs()).containsExactly(0, 0);
    assertThat(blocks.areHalves(0)).isTrue();
    assertThat(blocks.starts()).containsExactly(0, 2);
    assertThat(blocks.places()).containsExactly(0 | 4 << 16, 2 | 2 << 16);
    assertThat(blocks.values()).hasSize(64);
    assertThat(blocks.values()[3]).isEqualTo(1);
    assertThat(blocks.values()[16 + 1]).isEqualTo(3);
    assertThat(blocks.values()[32 + 9]).isEqualTo(2);
    assertThat(blocks.usedInputs()).containsExactly(0, 2, 4);
    assertThat(blocks.kept()).isEqualTo(3);
    assertThat(WeightBlocks.of(new float[0], 0, 10, ColumnOrder.ONE_COLUMN).places()).isEmpty();
    assertThat(WeightBlocks.of(new float[0], 0, 10, ColumnOrder.ONE_COLUMN).usedInputs()).isEmpty();
    assertThat(WeightBlocks.of(new float[0], 5, 0, ColumnOrder.ONE_COLUMN).sides()).isZero();
  }

  /** An image of two rows and three columns: 0 1 2, 3 4 5. */
  @Test
  void blocksStandInTheOrderOfTheColumnsOfAnImage() {
    float[] matrix = new float[6 * 32];
    for (int p : new int[] {1, 2, 3, 4}) {
      matrix[p * 32] = p;
    }
    matrix[4 * 32 + 16] = 40;
    matrix[5 * 32 + 16] = 50;
    WeightBlocks blocks = WeightBlocks.of(matrix, 6, 32, 3);
    assertThat(blocks.places()).containsExactly(3 | 4 << 16, 1 | 5 << 16, 4 | 4 << 16, 2 | 2 << 16);
    assertThat(blocks.firstEntries()).containsExactly(0, 0, 1, 2);
    assertThat(blocks.endEntries()).containsExactly(0, 1, 3, 4);
    int all = ColumnOrder.range(0, 3);
    int middle = ColumnOrder.range(1, 2);
    int last = ColumnOrder.range(2, 3);
    assertThat(blocks.firstEntry(0, all)).isZero();
    assertThat(blocks.endEntry(0, all)).isEqualTo(4);
    assertThat(blocks.firstEntry(0, middle)).isZero();
    assertThat(blocks.endEntry(0, middle)).isEqualTo(3);
    assertThat(blocks.firstEntry(0, last)).isEqualTo(1);
    assertThat(blocks.endEntry(0, last)).isEqualTo(4);
  }

  @Test
  void countsThePlacesOfBlocks() {
    assertThat(WeightBlocks.places(matrix(), 3, OUTPUTS)).isEqualTo(2 * 16 + 3 * 8);
    assertThat(WeightBlocks.places(new float[30], 3, 10)).isZero();
    assertThat(WeightBlocks.paddedOutputs(0)).isZero();
    assertThat(WeightBlocks.paddedOutputs(16)).isEqualTo(16);
    assertThat(WeightBlocks.paddedOutputs(17)).isEqualTo(32);
  }

  @Test
  void theLastInputFitsIntoTwoBytes() {
    float[] matrix = new float[65_535 * 17];
    Arrays.fill(matrix, 65_534 * 17, matrix.length, 1);
    WeightBlocks blocks = WeightBlocks.of(matrix, 65_535, 17, ColumnOrder.ONE_COLUMN);
    assertThat(blocks.places()[0] & WeightBlocks.PLACE).isEqualTo(65_534);
    assertThat(blocks.places()[0] >>> WeightBlocks.PLACE_BITS).isEqualTo(65_534);
    assertThatThrownBy(() -> WeightBlocks.of(new float[65_536], 65_536, 1, ColumnOrder.ONE_COLUMN))
        .hasMessage("blocks may have 65535 inputs, received 65536");
  }
}
