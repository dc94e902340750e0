package dev.neurite.nn.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.nn.kernel.ColumnOrder;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simd")
class LiveColumnsTest {
  private static final float[] KINDS = {
    1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY
  };

  @Test
  void findsTheFirstAndTheLastColumnThatIsNotAllZeros() {
    Random random = new Random(1);
    int checked = 0;
    for (int columns = Tile.LANES; columns <= 70; columns++) {
      for (int first = 0; first < columns; first += 1 + random.nextInt(4)) {
        for (int last = first; last < columns; last += 1 + random.nextInt(8)) {
          int rows = 1 + random.nextInt(5);
          float[] x = new float[rows * columns];
          for (int i = 0; i < x.length; i++) {
            x[i] = random.nextBoolean() ? 0f : -0f;
          }
          x[random.nextInt(rows) * columns + first] = KINDS[random.nextInt(KINDS.length)];
          x[random.nextInt(rows) * columns + last] = KINDS[random.nextInt(KINDS.length)];
          assertThat(LiveColumns.range(x, x.length, columns))
              .as("%d to %d of %d", first, last, columns)
              .isEqualTo(ColumnOrder.range(first, last + 1));
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(1_000);
  }

  @Test
  void aRowOfZerosHasNone() {
    int columns = 2 * Tile.LANES;
    assertThat(LiveColumns.range(new float[columns], columns, columns))
        .isEqualTo(ColumnOrder.range(columns, 0));
  }

  @Test
  void fewColumnsAreNotLookedAt() {
    assertThat(LiveColumns.range(new float[9], 9, 1)).isEqualTo(ColumnOrder.range(0, 1));
    assertThat(LiveColumns.range(new float[9], 9, 3)).isEqualTo(ColumnOrder.range(0, 3));
  }
}
