package dev.neurite.mnist.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sweep trains.
 *
 * @param fixed settings of all trials
 * @param search the settings that vary
 * @param seeds trainings of each combination, 1...{@value #MAX_SEEDS}
 */
public record SweepSpec(Map<String, String> fixed, Search search, int seeds) {
  /** Most seeds of a sweep. */
  public static final int MAX_SEEDS = 100;

  /** Checks that no setting is both fixed and varied. */
  public SweepSpec {
    fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
    if (seeds < 1 || seeds > MAX_SEEDS) {
      throw new IllegalArgumentException(
          "seeds must be 1...%d, received %d".formatted(MAX_SEEDS, seeds));
    }
    for (String name : search.names()) {
      if (fixed.containsKey(name)) {
        throw new IllegalArgumentException(
            name + " is both among the fixed settings and among those that vary");
      }
    }
  }

  /** All trials: combination after combination, each with all its seeds. */
  public List<Trial> trials(long firstSeed) {
    List<Trial> trials = new ArrayList<>();
    int setting = 0;
    for (Map<String, String> varied : search.combinations()) {
      Map<String, String> settings = new LinkedHashMap<>(varied);
      settings.putAll(fixed);
      setting++;
      for (int i = 0; i < seeds; i++) {
        trials.add(new Trial(setting, varied, settings, firstSeed + i));
      }
    }
    return trials;
  }
}
