package dev.neurite.mnist.sweep;

import dev.neurite.mnist.experiment.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one combination of settings is worth over its seeds.
 *
 * @param setting its number in the sweep, from 1
 * @param varied the settings that differ from those of others
 * @param settings all settings
 * @param trials those that are finished, by seed; at least one
 */
public record SettingFigures(
    int setting,
    Map<String, String> varied,
    Map<String, String> settings,
    List<TrialRecord> trials) {
  /**
   * The best first: settings of which no trial failed before the others, then by mean validation
   * accuracy, equal ones by mean validation loss, then in the order of the sweep. Nothing looks at
   * test images.
   */
  static final Comparator<SettingFigures> BEST_FIRST =
      // NaN, the mean of nothing, comes last.
      Comparator.comparing((SettingFigures f) -> f.failed() > 0)
          .thenComparingDouble(f -> -f.validation().mean())
          .thenComparingDouble(f -> f.validationLoss().mean())
          .thenComparingInt(SettingFigures::setting);

  /** Keeps the trials as they are now. */
  public SettingFigures {
    trials = List.copyOf(trials);
  }

  /** The number of trials that diverged. */
  public int failed() {
    return (int) trials.stream().filter(TrialRecord::failed).count();
  }

  /** Accuracy on the validation images over the trials that did not fail. */
  public Spread validation() {
    return spread(TrialRecord::validationAccuracy);
  }

  /** Loss on the validation images over the trials that did not fail. */
  public Spread validationLoss() {
    return spread(TrialRecord::validationLoss);
  }

  /** Accuracy on the test images over the trials that did not fail; never ranks. */
  public Spread test() {
    return spread(TrialRecord::testAccuracy);
  }

  /** Mean seconds of a trial. */
  public double seconds() {
    return trials.stream().mapToDouble(TrialRecord::seconds).average().orElse(Double.NaN);
  }

  /** Weights and biases. */
  public int parameters() {
    return trials.get(0).parameters();
  }

  /**
   * The trial that is best on the validation images.
   *
   * @throws java.util.NoSuchElementException if all have failed
   */
  public TrialRecord best() {
    return trials.stream()
        .filter(trial -> !trial.failed())
        .max(Comparator.comparingDouble(TrialRecord::validationAccuracy))
        .orElseThrow();
  }

  private Spread spread(ToDoubleFunction<TrialRecord> figure) {
    return Spread.of(
        trials.stream().filter(trial -> !trial.failed()).mapToDouble(figure).toArray());
  }
}
