package dev.neurite.explorer.testbench;

import java.util.List;

/** Shows what a network makes of the drawing. */
public interface TestbenchView {
  /**
   * Shows the pixels that the network sees.
   *
   * @param pixels 28×28, row after row, 0 background to 1 ink; empty for no ink
   */
  void showSeen(List<Float> pixels);

  /**
   * Shows the probabilities.
   *
   * @param probabilities one for each digit; empty for none
   * @param winner the digit with the largest, -1 for none
   */
  void showProbabilities(List<Float> probabilities, int winner);

  /**
   * Says the answer.
   *
   * @param digit large, for example {@code 7}; empty for none
   * @param sentence what it is worth, or what to do
   */
  void showAnswer(String digit, String sentence);

  /** Names the model that answers. */
  void showModel(String text);
}
