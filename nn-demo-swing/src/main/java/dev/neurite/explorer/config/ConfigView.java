package dev.neurite.explorer.config;

import dev.neurite.mnist.preset.NetworkPreset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the form. */
public interface ConfigView {
  /** Fills in the whole form. */
  void showDraft(Draft draft);

  /** Fills in the learning rate only. */
  void showLearningRate(String text);

  /**
   * Moves the slider of the learning rate.
   *
   * @param share 0 to 1
   */
  void showLearningRateShare(double share);

  /** Marks the preset that the layers are of, if any. */
  void showPreset(Optional<NetworkPreset> preset);

  /** Marks the fields that are wrong and clears all others. */
  void showProblems(Map<Field, String> problems);

  /**
   * Tells the size of the network.
   *
   * @param widths for example {@code 784-128-10}
   * @param parameters in words
   */
  void showSize(String widths, String parameters);

  /** Draws the network: units of the input, the hidden layers and the output; empty for none. */
  void showSketch(List<Integer> widths);

  /** Shows the fields that the schedule has, and no others. */
  void showScheduleFields(List<Field.Kind> kinds);

  /** Shows the learning rate over the run. */
  void showRateCurve(RateCurve curve);

  /** Names the usual learning rate of the optimiser. */
  void showUsualRate(String text);
}
