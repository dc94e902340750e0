package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnOrderTest {
  @Test
  void inputsOfASquareAreAnImage() {
    assertThat(ColumnOrder.columns(784)).isEqualTo(28);
    assertThat(ColumnOrder.columns(255 * 255)).isEqualTo(255);
    assertThat(ColumnOrder.columns(4)).isEqualTo(2);
    for (int inputs : new int[] {0, 1, 2, 3, 512, 783, 785, 65_535}) {
      assertThat(ColumnOrder.columns(inputs)).isEqualTo(ColumnOrder.ONE_COLUMN);
    }
  }

  @Test
  void columnComesAfterColumn() {
    assertThat(IntStream.range(0, 6).map(i -> ColumnOrder.input(i, 6, 3)))
        .containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(IntStream.range(0, 4).map(i -> ColumnOrder.input(i, 4, 1)))
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void findsTheColumnsThatAreNotAllZeros() {
    float[] x = new float[25];
    x[5] = -0f;
    assertThat(ColumnOrder.first(ColumnOrder.range(x, 25, 5)))
        .isEqualTo(ColumnOrder.end(ColumnOrder.range(x, 25, 5)));
    x[3 * 5 + 2] = Float.NaN;
    assertThat(ColumnOrder.range(x, 25, 5)).isEqualTo(ColumnOrder.range(2, 3));
    x[4 * 5 + 4] = Float.MIN_VALUE;
    assertThat(ColumnOrder.range(x, 25, 5)).isEqualTo(ColumnOrder.range(2, 5));
    x[1] = -1;
    int range = ColumnOrder.range(x, 25, 5);
    assertThat(ColumnOrder.first(range)).isEqualTo(1);
    assertThat(ColumnOrder.end(range)).isEqualTo(5);
    assertThat(ColumnOrder.range(new float[9], 9, 1)).isEqualTo(ColumnOrder.range(0, 1));
  }
}
