package dev.neurite.nn.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
  /** Statistics may be this many standard errors away; the seeds are fixed, so a pass stays one. */
  private static final double STANDARD_ERRORS = 5;

  private static final RandomStream STREAM = RandomStream.of(42, RandomPurpose.INITIALIZATION, 0);

  @Test
  void keyOfAStreamIsTheBlockOfSeedPurposeAndLane() {
    long seed = 0x0123456789ABCDEFL;
    long block = Threefry.block(0x89ABCDEF, 0x01234567, 3, 5);

    assertThat(RandomStream.of(seed, RandomPurpose.DROPOUT, 5))
        .isEqualTo(new RandomStream((int) block, (int) (block >>> 32)));
  }

  @Test
  void codesOfPurposesNeverChange() {
    assertThat(RandomPurpose.values())
        .extracting(RandomPurpose::name)
        .containsExactly(
            "INITIALIZATION", "SHUFFLE", "DROPOUT", "AUGMENTATION", "SYNTHESIS", "SEARCH");
    assertThat(RandomPurpose.values())
        .extracting(RandomPurpose::code)
        .containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void wordsAreNumberedInGroupsOf32WithTheSecondHalvesLast() {
    int step = 17;
    int words = 2048;
    for (int group = 0; group < words / 32; group++) {
      for (int j = 0; j < 16; j++) {
        long block = Threefry.block(STREAM.key0(), STREAM.key1(), 16 * group + j, step);
        assertThat(STREAM.bits(step, 32 * group + j)).isEqualTo((int) block);
        assertThat(STREAM.bits(step, 32 * group + 16 + j)).isEqualTo((int) (block >>> 32));
      }
    }
  }

  @Test
  void numbersAreTheTopBitsOfTheirWords() {
    for (int i = 0; i < 1000; i++) {
      long block = Threefry.block(STREAM.key0(), STREAM.key1(), i, 3);
      assertThat((double) STREAM.uniform(3, i)).isEqualTo((STREAM.bits(3, i) >>> 8) / 16_777_216.0);
      assertThat(STREAM.uniformDouble(3, i)).isEqualTo((block >>> 11) / 9_007_199_254_740_992.0);
    }
  }

  @Test
  void everyBitOfTheWordsIsFair() {
    int count = 1 << 16;
    for (int bit = 0; bit < 32; bit++) {
      int ones = 0;
      for (int i = 0; i < count; i++) {
        ones += STREAM.bits(0, i) >>> bit & 1;
      }
      assertThat(ones / (double) count)
          .as("bit %d", bit)
          .isCloseTo(0.5, within(STANDARD_ERRORS * 0.5 / Math.sqrt(count)));
    }
  }

  @Test
  void uniformNumbersFillTheUnitIntervalEvenly() {
    int count = 1 << 17;
    int bins = 256;
    int[] singles = new int[bins];
    int[] doubles = new int[bins];
    for (int i = 0; i < count; i++) {
      float single = STREAM.uniform(1, i);
      double exact = STREAM.uniformDouble(1, i);
      assertThat(single).isGreaterThanOrEqualTo(0f).isLessThan(1f);
      assertThat(exact).isGreaterThanOrEqualTo(0).isLessThan(1);
      singles[(int) (single * bins)]++;
      doubles[(int) (exact * bins)]++;
    }
    assertEven(singles);
    assertEven(doubles);
  }

  @Test
  void neighboursAreUncorrelated() {
    int count = 1 << 17;
    double overIndex = 0;
    double overStep = 0;
    for (int i = 0; i < count; i++) {
      double here = STREAM.uniformDouble(0, i) - 0.5;
      overIndex += here * (STREAM.uniformDouble(0, i + 1) - 0.5);
      overStep += here * (STREAM.uniformDouble(1, i) - 0.5);
    }
    double standardError = 1 / 12.0 / Math.sqrt(count);
    assertThat(overIndex / count).isCloseTo(0, within(STANDARD_ERRORS * standardError));
    assertThat(overStep / count).isCloseTo(0, within(STANDARD_ERRORS * standardError));
  }

  @Test
  void normalNumbersHaveTheMomentsAndQuantilesOfTheNormalDistribution() {
    int count = 200_000;
    double[] moments = new double[5];
    int belowOne = 0;
    int belowMinusTwo = 0;
    for (int i = 0; i < count; i++) {
      double x = STREAM.normal(2, i);
      double power = 1;
      for (int k = 1; k <= 4; k++) {
        power *= x;
        moments[k] += power / count;
      }
      belowOne += x < 1 ? 1 : 0;
      belowMinusTwo += x < -2 ? 1 : 0;
    }
    // Variances of x^k of a standard normal: 1, 2, 15, 96.
    double error = STANDARD_ERRORS / Math.sqrt(count);
    assertThat(moments[1]).isCloseTo(0, within(error));
    assertThat(moments[2]).isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(moments[3]).isCloseTo(0, within(error * Math.sqrt(15)));
    assertThat(moments[4]).isCloseTo(3, within(error * Math.sqrt(96)));
    assertThat(belowOne / (double) count).isCloseTo(0.8413447460685429, within(error * 0.366));
    assertThat(belowMinusTwo / (double) count)
        .isCloseTo(0.022750131948179195, within(error * 0.15));
  }

  @Test
  void normalNumbersAreFiniteAtTheEndsOfTheirInputs() {
    // The largest radius that 32 bits can give: u = 0.5 / 2^32.
    double largest = Math.sqrt(-2 * Math.log(0.5 * 0x1p-32));
    for (int i = 0; i < 100_000; i++) {
      assertThat(Math.abs(STREAM.normal(i, 0))).isLessThanOrEqualTo(largest);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 10, 60})
  void numbersBelowABoundAreEven(int bound) {
    int[] counts = new int[bound];
    for (int i = 0; i < 60_000; i++) {
      counts[STREAM.below(3, i, bound)]++;
    }
    assertEven(counts);
  }

  @Property(tries = 300)
  void numberBelowABoundIsTheScaledBlockRoundedDown(
      @ForAll int step, @ForAll int index, @ForAll @IntRange(min = 1) int bound) {
    long block = Threefry.block(STREAM.key0(), STREAM.key1(), index, step) >>> 1;
    int exact =
        BigInteger.valueOf(block).multiply(BigInteger.valueOf(bound)).shiftRight(63).intValue();

    assertThat(STREAM.below(step, index, bound)).isEqualTo(exact).isBetween(0, bound - 1);
  }

  @Test
  void numberBelowOneIsZero() {
    assertThat(STREAM.below(0, 0, 1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void boundMustBePositive(int bound) {
    assertThatThrownBy(() -> STREAM.below(0, 0, bound))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bound must be positive, received " + bound);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 100, 55_000})
  void shuffleIsAPermutationAndPure(int size) {
    int[] first = IntStream.range(0, size).toArray();
    int[] second = first.clone();
    STREAM.shuffle(5, first);
    STREAM.shuffle(5, second);

    assertThat(second).isEqualTo(first);
    int[] sorted = first.clone();
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(IntStream.range(0, size).toArray());
  }

  @Test
  void shufflesOfDifferentStepsDiffer() {
    int[] first = IntStream.range(0, 100).toArray();
    int[] second = first.clone();
    STREAM.shuffle(0, first);
    STREAM.shuffle(1, second);

    assertThat(second).isNotEqualTo(first);
    assertThat(first).isNotEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void allOrdersAreEquallyLikely() {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (int step = 0; step < 24_000; step++) {
      int[] values = {0, 1, 2, 3};
      STREAM.shuffle(step, values);
      counts.merge(Arrays.toString(values), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    assertEven(counts.values().stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void streamsOfDifferentSeedsPurposesAndLanesDiffer() {
    Set<RandomStream> streams = new HashSet<>();
    Set<Long> firstWords = new HashSet<>();
    long[] seeds = {0, 1, -1, 1L << 32, Long.MIN_VALUE};
    int lanes = 8;
    for (long seed : seeds) {
      for (RandomPurpose purpose : RandomPurpose.values()) {
        for (int lane = 0; lane < lanes; lane++) {
          RandomStream stream = RandomStream.of(seed, purpose, lane);
          streams.add(stream);
          firstWords.add((long) stream.bits(0, 0) << 32 | (stream.bits(0, 16) & 0xFFFFFFFFL));
        }
      }
    }
    int expected = seeds.length * RandomPurpose.values().length * lanes;
    assertThat(streams).hasSize(expected);
    assertThat(firstWords).hasSize(expected);
  }

  /** Pearson's chi-squared test; its value has mean k and standard deviation √(2k). */
  private static void assertEven(int[] counts) {
    double expected = Arrays.stream(counts).sum() / (double) counts.length;
    double chiSquared =
        Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
    int freedoms = counts.length - 1;
    assertThat(chiSquared)
        .as("chi-squared of %d bins", counts.length)
        .isLessThan(freedoms + STANDARD_ERRORS * Math.sqrt(2.0 * freedoms));
  }
}
