package dev.neurite.mnist.sweep;

import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which settings vary in a sweep, and through which combinations. */
public sealed interface Search {
  /** Most combinations of a search. */
  int MAX_COMBINATIONS = 10_000;

  /** The settings that vary, in the order of the file. */
  List<String> names();

  /** All combinations, each with a value for every name; the same ones every time. */
  List<Map<String, String>> combinations();

  /**
   * Every combination of the values, the last setting changing fastest.
   *
   * @param values of each setting
   */
  record Grid(Map<String, List<String>> values) implements Search {
    /** Checks the values and keeps them in their order. */
    public Grid {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      requireNames("grid", values.keySet());
      long combinations = 1;
      for (Map.Entry<String, List<String>> entry : values.entrySet()) {
        List<String> list = entry.getValue();
        if (list.isEmpty() || new LinkedHashSet<>(list).size() < list.size()) {
          throw new IllegalArgumentException(
              "grid: %s needs values that all differ, received %s".formatted(entry.getKey(), list));
        }
        combinations = requireFew(combinations * list.size());
      }
    }

    @Override
    public List<String> names() {
      return List.copyOf(values.keySet());
    }

    @Override
    public List<Map<String, String>> combinations() {
      List<Map<String, String>> all = List.of(Map.of());
      for (Map.Entry<String, List<String>> entry : values.entrySet()) {
        List<Map<String, String>> longer = new ArrayList<>();
        for (Map<String, String> shorter : all) {
          for (String value : entry.getValue()) {
            Map<String, String> one = new LinkedHashMap<>(shorter);
            one.put(entry.getKey(), value);
            longer.add(Collections.unmodifiableMap(one));
          }
        }
        all = longer;
      }
      return all;
    }
  }

  /**
   * Combinations drawn at random, all different. More trials of the same seed begin with the fewer
   * ones, so a search can be made longer.
   *
   * @param trials number of combinations
   * @param seed of the draws
   * @param ranges of each setting
   */
  record Draws(int trials, long seed, Map<String, ValueRange> ranges) implements Search {
    /** Draws without a new combination after which it is believed that there are no more. */
    private static final int PATIENCE = 20 * MAX_COMBINATIONS;

    /** Checks the numbers and keeps the ranges in their order. */
    public Draws {
      ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
      requireNames("random", ranges.keySet());
      if (trials < 1) {
        throw new IllegalArgumentException("random: trials must be at least 1, received " + trials);
      }
      requireFew(trials);
    }

    @Override
    public List<String> names() {
      return List.copyOf(ranges.keySet());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the ranges do not hold so many
     */
    @Override
    public List<Map<String, String>> combinations() {
      Set<Map<String, String>> drawn = new LinkedHashSet<>();
      int without = 0;
      for (int draw = 0; drawn.size() < trials; draw++) {
        without = drawn.add(draw(draw)) ? 0 : without + 1;
        if (without == PATIENCE) {
          throw new IllegalArgumentException(
              "random: %d trials were asked for, the ranges hold %d different ones"
                  .formatted(trials, drawn.size()));
        }
      }
      return List.copyOf(drawn);
    }

    private Map<String, String> draw(int draw) {
      Map<String, String> values = new LinkedHashMap<>();
      int lane = 0;
      for (Map.Entry<String, ValueRange> entry : ranges.entrySet()) {
        double share = RandomStream.of(seed, RandomPurpose.SEARCH, lane++).uniformDouble(draw, 0);
        values.put(entry.getKey(), entry.getValue().at(share));
      }
      return Collections.unmodifiableMap(values);
    }
  }

  private static void requireNames(String kind, Set<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException(kind + " needs at least one setting, received none");
    }
  }

  private static long requireFew(long combinations) {
    if (combinations > MAX_COMBINATIONS) {
      throw new IllegalArgumentException(
          "a sweep has at most %,d settings, received more".formatted(MAX_COMBINATIONS));
    }
    return combinations;
  }
}
