package dev.neurite.explorer.testbench;

import dev.neurite.explorer.ui.SlotFace;
import java.util.List;

/** Remembers what it was last told to show of the slots. */
final class RecordedSlots implements SlotsView {
  List<SlotFace> faces = List.of();
  String status = "";
  boolean bad;
  boolean canPredict;
  boolean canClear;

  @Override
  public void showSlots(List<SlotFace> newFaces) {
    faces = newFaces;
  }

  @Override
  public void showStatus(String text, boolean newBad) {
    status = text;
    bad = newBad;
  }

  @Override
  public void showCommands(boolean newCanPredict, boolean newCanClear) {
    canPredict = newCanPredict;
    canClear = newCanClear;
  }
}
