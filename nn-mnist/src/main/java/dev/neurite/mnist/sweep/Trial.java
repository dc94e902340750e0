package dev.neurite.mnist.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One training of a sweep.
 *
 * @param setting number of its settings, from 1
 * @param varied the settings that differ from those of others
 * @param settings all settings
 * @param seed of the training
 */
public record Trial(
    int setting, Map<String, String> varied, Map<String, String> settings, long seed) {
  /** Keeps the settings in their order. */
  public Trial {
    varied = Collections.unmodifiableMap(new LinkedHashMap<>(varied));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** What differs, for people, for example {@code lr=0.01 dropout=0.2}. */
  public String words() {
    return words(varied);
  }

  /** Settings for people, for example {@code lr=0.01 dropout=0.2}. */
  public static String words(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }
}
