package dev.neurite.mnist.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a sweep has come to.
 *
 * @param spec what was to be trained
 * @param firstSeed of each combination of settings
 * @param ranking the combinations that have a finished trial, best first
 * @param trials number of trials of the whole sweep
 */
public record SweepResult(
    SweepSpec spec, long firstSeed, List<SettingFigures> ranking, int trials) {
  /** Keeps the ranking as it is now. */
  public SweepResult {
    ranking = List.copyOf(ranking);
  }

  /**
   * Ranks what is finished.
   *
   * @param finished gives the record of a trial that is
   */
  public static SweepResult of(
      SweepSpec spec, long firstSeed, Function<Trial, Optional<TrialRecord>> finished) {
    List<Trial> trials = spec.trials(firstSeed);
    Map<Integer, List<TrialRecord>> records = new LinkedHashMap<>();
    Map<Integer, Trial> first = new LinkedHashMap<>();
    for (Trial trial : trials) {
      finished
          .apply(trial)
          .ifPresent(
              record -> {
                first.putIfAbsent(trial.setting(), trial);
                records.computeIfAbsent(trial.setting(), key -> new ArrayList<>()).add(record);
              });
    }
    List<SettingFigures> ranking = new ArrayList<>();
    records.forEach(
        (setting, list) -> {
          Trial trial = first.get(setting);
          if (trial != null) {
            ranking.add(new SettingFigures(setting, trial.varied(), trial.settings(), list));
          }
        });
    ranking.sort(SettingFigures.BEST_FIRST);
    return new SweepResult(spec, firstSeed, ranking, trials.size());
  }

  /** The number of finished trials. */
  public int finished() {
    return ranking.stream().mapToInt(figures -> figures.trials().size()).sum();
  }

  /** The number of finished trials that diverged. */
  public int failed() {
    return ranking.stream().mapToInt(SettingFigures::failed).sum();
  }

  /** Whether all of it was done. */
  public boolean isComplete() {
    return finished() == trials;
  }

  /** The best settings, unless all that are finished had a trial that failed. */
  public Optional<SettingFigures> best() {
    return ranking.stream().findFirst().filter(figures -> figures.failed() == 0);
  }

  /** Seconds of training of all finished trials. */
  public double seconds() {
    return ranking.stream()
        .flatMap(figures -> figures.trials().stream())
        .mapToDouble(TrialRecord::seconds)
        .sum();
  }
}
