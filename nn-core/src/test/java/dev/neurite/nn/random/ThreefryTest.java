package dev.neurite.nn.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreefryTest {
  /** Known answers of the Random123 distribution, file {@code kat_vectors}, threefry2x32 20. */
  @ParameterizedTest
  @CsvSource({
    "00000000, 00000000, 00000000, 00000000, 6b200159, 99ba4efe",
    "ffffffff, ffffffff, ffffffff, ffffffff, 1cb996fc, bb002be7",
    "13198a2e, 03707344, 243f6a88, 85a308d3, c4923a9c, 483df7a0",
  })
  void givesTheKnownAnswersOfRandom123(
      String key0, String key1, String counter0, String counter1, String first, String second) {
    long block = Threefry.block(word(key0), word(key1), word(counter0), word(counter1));

    assertThat((int) block).isEqualTo(word(first));
    assertThat((int) (block >>> 32)).isEqualTo(word(second));
  }

  @Test
  void isABijectionSoDifferentCountersGiveDifferentBlocks() {
    Set<Long> blocks = new HashSet<>();
    int side = 256;
    for (int counter0 = 0; counter0 < side; counter0++) {
      for (int counter1 = 0; counter1 < side; counter1++) {
        blocks.add(Threefry.block(7, -9, counter0, counter1));
      }
    }
    assertThat(blocks).hasSize(side * side);
  }

  private static int word(String hexadecimal) {
    return Integer.parseUnsignedInt(hexadecimal, 16);
  }
}
