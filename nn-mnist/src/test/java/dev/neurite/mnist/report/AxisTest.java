package dev.neurite.mnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void ticksAreRoundAndWithin() {
    Axis axis = new Axis("a", 0.97, 0.991, false, Double::toString);
    assertThat(axis.ticks()).hasSize(5);
    assertThat(axis.ticks().get(0)).isEqualTo(0.97, within(1e-9));
    assertThat(axis.ticks().get(4)).isEqualTo(0.99, within(1e-9));
    assertThat(new Axis("a", 60_000, 600_000, true, Double::toString).ticks())
        .containsExactly(100_000.0, 200_000.0, 500_000.0);
  }

  @Test
  void placesValues() {
    assertThat(new Axis("a", 1, 100, true, Double::toString).share(10)).isEqualTo(0.5);
    assertThat(new Axis("a", -1, 1, false, Double::toString).share(0)).isEqualTo(0.5);
  }

  @Test
  void wordsStandSideBySideEachWithItsMark() {
    Axis axis = Axis.ofWords("a", List.of("adam", "sgd", "adagrad"));
    assertThat(axis.ticks()).containsExactly(0.0, 1.0, 2.0);
    assertThat(axis.ticks())
        .extracting(axis.text()::apply)
        .containsExactly("adam", "sgd", "adagrad");
    assertThat(axis.share(1)).isEqualTo(0.5);
    assertThat(Axis.ofWords("a", List.of("one")).share(0)).isEqualTo(0.5);
  }

  @Test
  void hasRoomEvenForOneValueOrNone() {
    Axis one = Axis.around("a", false, Double::toString, 0.5);
    assertThat(one.from()).isLessThan(0.5);
    assertThat(one.to()).isGreaterThan(0.5);
    assertThat(Axis.around("a", true, Double::toString, Double.NaN).ticks()).isNotEmpty();
  }

  @Test
  void escapesText() {
    assertThat(Markup.escape("<b a=\"1\">&'\u0001"))
        .isEqualTo("&lt;b a=&quot;1&quot;&gt;&amp;&#39;\uFFFD");
  }
}
