package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.text.ClassWords;
import java.util.List;

/** Shows what networks make of the drawing. */
public interface TestbenchView {
  /** Puts a digit in the place of the drawing. */
  void showSample(DigitSample sample);

  /**
   * Shows the pixels that the network sees.
   *
   * @param pixels 28×28, row after row, 0 background to 1 ink; empty for no ink
   */
  void showSeen(List<Float> pixels);

  /**
   * Shows the probabilities.
   *
   * @param probabilities one for each class; empty for none
   * @param winner the class with the largest, -1 for none
   */
  void showProbabilities(List<Float> probabilities, int winner);

  /** The same of the network it is compared with. */
  void showRivalProbabilities(List<Float> probabilities, int winner);

  /**
   * Says the answer.
   *
   * @param answer large, for example {@code 7} or {@code Trouser}; empty for none
   * @param sentence what it is worth, or what to do
   */
  void showAnswer(String answer, String sentence);

  /** Names the classes that the network and the one it is compared with answer with. */
  void showClasses(ClassWords own, ClassWords rival);

  /** Names the model that answers. */
  void showModel(String text);

  /**
   * Offers the networks to compare with.
   *
   * @param names of the others; the first stands for none
   * @param selected place in the list
   * @param answering name of the one that answers
   */
  void showRivals(List<String> names, int selected, String answering);
}
