package dev.neurite.mnist.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static Map<String, ValueRange> ranges() {
    Map<String, ValueRange> ranges = new LinkedHashMap<>();
    ranges.put("lr", new ValueRange.LogUniform(1e-4, 1e-2));
    ranges.put("dropout", new ValueRange.Uniform(0.1, 0.5));
    ranges.put("batch", new ValueRange.Integers(32, 35));
    ranges.put("optimizer", new ValueRange.Choices(List.of("adam", "sgd")));
    return ranges;
  }

  private static List<Double> numbers(List<Map<String, String>> drawn, String name) {
    List<Double> numbers = new ArrayList<>();
    drawn.forEach(one -> numbers.add(Double.parseDouble(one.get(name))));
    return numbers;
  }

  @Test
  void aGridIsEveryCombinationTheLastSettingFastest() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("lr", List.of("1", "2"));
    values.put("batch", List.of("a", "b", "c"));
    Search grid = new Search.Grid(values);
    assertThat(grid.names()).containsExactly("lr", "batch");
    assertThat(grid.combinations())
        .extracting(Trial::words)
        .containsExactly(
            "lr=1 batch=a",
            "lr=1 batch=b",
            "lr=1 batch=c",
            "lr=2 batch=a",
            "lr=2 batch=b",
            "lr=2 batch=c");
  }

  @Test
  void drawsAreAFunctionOfTheSeedAndALongerSearchBeginsAlike() {
    List<Map<String, String>> four = new Search.Draws(4, 1, ranges()).combinations();
    assertThat(four)
        .extracting(Trial::words)
        .containsExactly(
            "lr=0.0001053 dropout=0.2295 batch=34 optimizer=adam",
            "lr=0.0006741 dropout=0.217 batch=34 optimizer=adam",
            "lr=0.001319 dropout=0.2996 batch=33 optimizer=adam",
            "lr=0.0001256 dropout=0.3076 batch=34 optimizer=sgd");
    List<Map<String, String>> more = new Search.Draws(300, 1, ranges()).combinations();
    assertThat(more.subList(0, 4)).isEqualTo(four);
    assertThat(new Search.Draws(4, 2, ranges()).combinations()).doesNotContainAnyElementsOf(four);
  }

  @Test
  void drawsFillTheirRangesEvenly() {
    List<Map<String, String>> drawn = new Search.Draws(2000, 7, ranges()).combinations();
    assertThat(drawn).doesNotHaveDuplicates().hasSize(2000);
    List<Double> rates = numbers(drawn, "lr");
    assertThat(rates).allMatch(v -> v >= 1e-4 && v <= 1e-2);
    // A uniform draw would leave 9 % below the geometric middle; 5 deviations of a count are 112.
    assertThat(rates.stream().filter(v -> v < 1e-3).count()).isBetween(888L, 1112L);
    List<Double> shares = numbers(drawn, "dropout");
    assertThat(shares).allMatch(v -> v >= 0.1 && v <= 0.5);
    assertThat(shares.stream().filter(v -> v < 0.3).count()).isBetween(888L, 1112L);
    for (double size = 32; size <= 35; size++) {
      double wanted = size;
      long count = numbers(drawn, "batch").stream().filter(v -> v == wanted).count();
      assertThat(count).as("batch %s", size).isBetween(400L, 600L);
    }
    assertThat(drawn.stream().filter(d -> "sgd".equals(d.get("optimizer"))).count())
        .isBetween(888L, 1112L);
    // One lane for each setting: two of the same range do not move together.
    assertThat(drawn)
        .anyMatch(d -> d.get("optimizer").equals("sgd") != (Integer.parseInt(d.get("batch")) > 33));
  }

  @Test
  void valuesAreShortAndStayWithinTheirEnds() {
    assertThat(new ValueRange.Uniform(0, 1).at(1 / 3.0)).isEqualTo("0.3333");
    assertThat(new ValueRange.Uniform(0, 1).at(0)).isEqualTo("0");
    assertThat(new ValueRange.Uniform(0.12344, 0.2).at(0)).isEqualTo("0.12344");
    assertThat(new ValueRange.LogUniform(1e-6, 1e-4).at(0.5)).isEqualTo("0.00001");
    assertThat(new ValueRange.LogUniform(100, 123_456).at(Math.nextDown(1.0))).isEqualTo("123456");
    assertThat(new ValueRange.Integers(-1, 2_000_000_000).at(Math.nextDown(1.0)))
        .isEqualTo("2000000000");
    assertThat(new ValueRange.Integers(-1, 5).at(0)).isEqualTo("-1");
  }

  @Test
  void allOfASmallSpaceCanBeDrawnButNoMore() {
    Map<String, ValueRange> one = Map.of("batch", new ValueRange.Integers(1, 300));
    assertThat(new Search.Draws(300, 3, one).combinations()).hasSize(300);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Search.Draws(301, 3, one).combinations())
        .withMessageContaining("301 trials were asked for, the ranges hold 300 different ones");
  }

  @Test
  void whatIsNoSearchIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Search.Grid(Map.of("lr", List.of("1", "1"))))
        .withMessageContaining("lr needs values that all differ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Search.Grid(Map.of("lr", List.of())))
        .withMessageContaining("lr needs values");
    assertThatIllegalArgumentException().isThrownBy(() -> new Search.Grid(Map.of()));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      many.add("" + i);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Search.Grid(Map.of("a", many, "b", many)))
        .withMessageContaining("at most 10,000 settings");
    assertThatIllegalArgumentException().isThrownBy(() -> new Search.Draws(0, 1, ranges()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Search.Draws(10_001, 1, ranges()));
    assertThatIllegalArgumentException().isThrownBy(() -> new ValueRange.Uniform(1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ValueRange.LogUniform(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ValueRange.Integers(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new ValueRange.Choices(List.of()));
  }
}
