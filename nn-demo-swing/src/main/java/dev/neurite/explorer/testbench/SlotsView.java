package dev.neurite.explorer.testbench;

import dev.neurite.explorer.ui.SlotFace;
import java.util.List;

/** Shows ten digits and what a network takes them for. */
public interface SlotsView {
  /** Shows all slots. */
  void showSlots(List<SlotFace> faces);

  /**
   * Says what has happened, or what to do.
   *
   * @param bad whether it is bad news
   */
  void showStatus(String text, boolean bad);

  /**
   * Offers what can be done.
   *
   * @param canPredict whether a network can be asked
   * @param canClear whether there is a digit
   */
  void showCommands(boolean canPredict, boolean canClear);
}
