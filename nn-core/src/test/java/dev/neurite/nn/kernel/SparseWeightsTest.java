package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SparseWeightsTest {
  private static final float[] MATRIX = {
    0, 1, 0, 0, 2, //
    0, 0, 0, -0f, 0, //
    3, 0, 0, 4, 5
  };

  @Test
  void keepsWeightsOneByOne() {
    SparseWeights rows = SparseWeights.byRow(MATRIX, 3, 5);
    assertThat(rows.starts()).containsExactly(0, 2, 2, 5);
    assertThat(rows.places()).isEqualTo(new char[] {1, 4, 0, 3, 4});
    assertThat(rows.values()).containsExactly(1, 2, 3, 4, 5);
    assertThat(rows.lines()).isEqualTo(3);
    assertThat(rows.usedPlaces()).containsExactly(0, 1, 3, 4);
    assertThat(rows.bytes()).isEqualTo(4 * 4 + 5 * 2 + 5 * 4);
    SparseWeights columns = SparseWeights.byColumn(MATRIX, 3, 5);
    assertThat(columns.starts()).containsExactly(0, 1, 2, 2, 3, 5);
    assertThat(columns.places()).isEqualTo(new char[] {2, 0, 2, 0, 2});
    assertThat(columns.values()).containsExactly(3, 1, 4, 2, 5);
    assertThat(columns.size()).isEqualTo(5);
    assertThat(columns.usedPlaces()).containsExactly(0, 2);
  }

  @Test
  void theWidestLineFitsIntoTwoBytes() {
    float[] line = new float[SparseWeights.MAX_WIDTH];
    line[line.length - 1] = 7;
    assertThat((int) SparseWeights.byRow(line, 1, line.length).places()[0]).isEqualTo(65_534);
    assertThatThrownBy(() -> SparseWeights.byRow(new float[65_536], 1, 65_536))
        .hasMessage("a line may have 65535 places, received 65536");
  }

  @Test
  void paddedLinesEndAtMultiplesOfAGroupAndPointBehindTheOutputs() {
    float[] matrix = {1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0};
    SparseWeights padded = SparseWeights.byRow(matrix, 3, 5).padded(5);
    assertThat(padded.starts()).containsExactly(0, 8, 8, 12);
    assertThat(padded.values()).containsExactly(1, 2, 3, 4, 5, 0, 0, 0, 6, 0, 0, 0);
    assertThat(padded.places()).isEqualTo(new char[] {0, 1, 2, 3, 4, 5, 5, 5, 1, 5, 5, 5});
  }
}
