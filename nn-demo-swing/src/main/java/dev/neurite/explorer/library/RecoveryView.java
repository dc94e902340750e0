package dev.neurite.explorer.library;

/** Offers a run back that was interrupted. */
public interface RecoveryView {
  /**
   * Offers a run, or hides.
   *
   * @param text what happened; empty to hide
   * @param canGoOn whether it can go on now
   * @param hint why not, or what that does
   */
  void showOffer(String text, boolean canGoOn, String hint);
}
